"""What differs in how two runs were made: read from the rows themselves first, then from what the runs recorded."""

from __future__ import annotations

from analysis.compare.difference import Difference
from analysis.compare.pairs import Pairing
from analysis.compare.records_differ import differences_of_records
from analysis.compare.rows_differ import differences_of_rows
from analysis.run import Run


def find_differences(first: Run, second: Run, pairing: Pairing) -> tuple[Difference, ...]:
    """Everything that differs and may move scores; empty only where rows and records agree on all of it."""
    return (*differences_of_rows(pairing), *differences_of_records(first, second))
