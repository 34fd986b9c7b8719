"""The report of one or several runs: a self-contained HTML page."""

from analysis.report.page import render_report, write_report

__all__ = ["render_report", "write_report"]
