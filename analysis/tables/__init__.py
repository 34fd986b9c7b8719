"""The papers' tables with the user's runs appended, every published row marked as such."""

from analysis.tables.build import Table, TableRow, build_table
from analysis.tables.write import FORMATS, write_table

__all__ = ["FORMATS", "Table", "TableRow", "build_table", "write_table"]
