"""The papers' tables, as published: figures of others, never of a run of this code."""

from analysis.published.cells import cell_of
from analysis.published.tables import TABLES, Column, PublishedRow, PublishedTable, read_rows

__all__ = ["TABLES", "Column", "PublishedRow", "PublishedTable", "cell_of", "read_rows"]
