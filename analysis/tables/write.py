"""A table as Markdown, LaTeX or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from analysis.tables.build import Table

_LATEX = {"\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{",
          "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "–": "--"}  # fmt: skip


def write_table(table: Table, *, form: str) -> str:
    """The table as text in one of `FORMATS`, its notes included."""
    return FORMATS[form](table)


def _markdown(table: Table) -> str:
    headings, rows = _grid(table)
    texts = (len(headings) - len(table.headings) - 1, len(table.headings))
    rule = ["---"] * texts[0] + ["---:"] * texts[1] + ["---"]
    lines = [f"**{table.title}**", "", _pipes(headings), _pipes(rule), *(_pipes(row) for row in rows), ""]
    return "\n".join([*lines, *table.notes]) + "\n"


def _pipes(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _latex(table: Table) -> str:
    """A `booktabs` table."""
    headings, rows = _grid(table)
    columns = "l" * (len(headings) - len(table.headings) - 1) + "r" * len(table.headings) + "l"
    body = [" & ".join(_tex(cell) for cell in row) + r" \\" for row in rows]
    head = " & ".join(_tex(heading) for heading in headings) + r" \\"
    return "\n".join([
        r"\begin{table}", r"\centering", rf"\caption{{{_tex(table.title)}. {_tex(' '.join(table.notes))}}}",
        rf"\begin{{tabular}}{{{columns}}}", r"\toprule", head, r"\midrule", *body, r"\bottomrule", r"\end{tabular}",
        r"\end{table}",
    ]) + "\n"  # fmt: skip


def _tex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)


def _csv(table: Table) -> str:
    """A column `table`, then the headings; notes do not fit in a CSV, so that `origin` and `data` carry them."""
    headings, rows = _grid(table)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["table", *(heading.lower() for heading in headings)])
    writer.writerows([table.title, *("" if cell == "–" else cell for cell in row)] for row in rows)
    return text.getvalue()


def _grid(table: Table) -> tuple[list[str], list[list[str]]]:
    headings = ["Model", *(["Group"] if table.has_groups else []), "Origin", "Data", *table.headings, "Counts"]
    rows = [
        [row.model, *([row.group] if table.has_groups else []), row.origin, row.data, *row.cells, row.counts]
        for row in table.rows
    ]
    return headings, rows


FORMATS: dict[str, Callable[[Table], str]] = {"md": _markdown, "latex": _latex, "csv": _csv}
