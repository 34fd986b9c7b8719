"""The report: one HTML file that needs neither network nor neighbours."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from analysis.labels import metric_label, show
from analysis.report.answers import rule_histogram
from analysis.report.beside import published_beside
from analysis.report.curves import curve_panels
from analysis.report.drops import drop_groups, effects
from analysis.report.embed import browser_data, safe_json
from analysis.report.headline import is_headline, metric_tables
from analysis.report.judged import judge_spread
from analysis.report.overview import overviews
from analysis.report.ran import extra_facts, facts
from analysis.report.reliability import reliability_diagrams
from analysis.run import Run
from medq.records import REPORT


def write_report(runs: Sequence[Run], *, path: Path | None = None) -> Path:
    """Writes the report of the runs to `path`, `report.html` of the first run where none is given, and returns it.

    The file appears whole or not at all.
    """
    target = path or runs[0].path / REPORT
    text = render_report(runs, beside=target.resolve().parent)
    partial = target.with_name(f".{target.name}.partial")
    partial.write_text(text, encoding="utf-8", errors="backslashreplace")
    partial.replace(target)
    return target


def render_report(runs: Sequence[Run], *, beside: Path) -> str:
    """The page as text: what comes from a run is escaped, and the page's policy runs no script but its own."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_file), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template("report.html")
    script = _file("browser.js")
    return template.render(
        runs=runs,
        show=show,
        metric_label=metric_label,
        is_headline=is_headline,
        extras=[extra_facts(run) for run in runs],
        lossy=[_lossy(run) for run in runs],
        tables=metric_tables(runs),
        curves=curve_panels(runs),
        overviews=overviews(runs),
        drops=drop_groups(runs),
        effects=effects(runs),
        reliability=reliability_diagrams(runs),
        **_compared(runs),
        published=[beside_run for run in runs for beside_run in published_beside(run)],
        histograms=[rule_histogram(run.samples) for run in runs],
        judged=[judge_spread(run.samples) for run in runs],
        facts=[facts(run) for run in runs],
        manifests=[json.dumps(run.manifest, indent=2, ensure_ascii=False) for run in runs],
        data=safe_json(browser_data(runs, beside=beside)),
        style=_file("style.css") + _file("charts.css"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _compared(runs: Sequence[Run]) -> dict[str, object]:
    """For two runs that share items: what differs between them, and their paired results."""
    from analysis.compare import compare
    from analysis.compare.pairs import pair_items
    from analysis.compare.show import paired_line

    if len(runs) != 2 or not pair_items(*runs).pairs:
        return {}
    found = compare(*runs)
    several = len({result.task for result in found.results}) > 1
    return {
        "differences": found.differences,
        "paired": [paired_line(result, with_task=several) for result in found.results],
    }


def _lossy(run: Run) -> int:
    """How many images were sent with loss, which a run does only when it was told to."""
    return sum(not image.lossless for sample in run.samples for image in sample.images)


def _file(name: str) -> str:
    return resources.files("analysis.report").joinpath(name).read_text(encoding="utf-8")
