"""The catalogue as a table for the terminal, and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from medq.catalogue.entry import Entry
from medq.models.misfit import CARDS_GIB

if TYPE_CHECKING:
    from rich.table import Table

REVISION_LETTERS = 7
NOTHING = "–"
SECTIONS = ("open weights", "APIs", "named by the command", "embedded")
LEGEND = (
    "GiB: memory at bfloat16 for the weights and one long question.\n"
    "24 GB, 80 GB: GPUs of that size for a copy: 1 runs with hardware=gpu1, more with gpu8 or vllm; –: more than 8.\n"
    "B, D: has a row in MedQ-Bench's, MedQ-Deg's tables.  One model in full: python -m medq models OPTION"
)


def catalogue_table(found: Sequence[Entry]) -> Table:
    """A line a model: option, id, how it runs, commit, licence, size, memory, GPUs, and which paper has it."""
    from rich.table import Table

    table = Table(title="models: python -m medq +task=perception model=OPTION", title_justify="left")
    for column in ("option", "id", "runs as", "commit", "licence"):
        table.add_column(column, overflow="fold", no_wrap=column == "option")
    for column in ("10⁹", "GiB", "24 GB", "80 GB"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("paper", no_wrap=True)
    for section in SECTIONS:
        for one in found:
            if one.section == section:
                table.add_row(*_cells(one))
        table.add_section()
    return table


def as_data(one: Entry) -> dict[str, Any]:
    """What the table shows of a model, and all that is known of it, for programs."""
    settings, taken = one.settings, one.need()
    return {
        "option": one.option,
        "title": one.title,
        "section": one.section,
        "id": None if one.open_ended else settings.id,
        "revision": settings.revision,
        "runnable": one.runnable,
        "in_process": one.in_process,
        "served": one.served,
        "refused": {"in_process": _refused(one, "local"), "served": _refused(one, "served")},
        "licence": settings.licence,
        "parameters_b": settings.parameters_b,
        "active_b": settings.active_b,
        "memory_gib_bfloat16": None if taken is None else round(taken.of(1, 1), 1),
        "gpus": {card: one.gpus(card) for card in CARDS_GIB},
        "price": None if settings.price is None else settings.price.model_dump(mode="json"),
        "shutdown": None if settings.shutdown is None else settings.shutdown.isoformat(),
        "images": settings.images.model_dump(mode="json"),
        "published": settings.published.model_dump(mode="json"),
        "note": settings.note,
    }


def size(one: Entry) -> str:
    """Parameters in 10^9, with those that work on a token: "30 (3)"; empty where not known."""
    settings = one.settings
    if settings.parameters_b is None:
        return ""
    active = "" if settings.active_b is None else f" ({settings.active_b:g})"
    return f"{settings.parameters_b:g}{active}"


def gpus(one: Entry, card: str) -> str:
    """The number of GPUs of that size, a dash where 8 do not hold it, empty where nothing is loaded here."""
    if one.need() is None or not one.runnable:
        return ""
    return str(one.gpus(card) or NOTHING)


def _cells(one: Entry) -> tuple[str, ...]:
    settings, taken = one.settings, one.need()
    papers = ("B" if settings.published.medq_bench else "") + ("D" if settings.published.medq_deg else "")
    return (
        one.option,
        "" if one.open_ended else str(settings.id or ""),
        one.how,
        (settings.revision or "")[:REVISION_LETTERS],
        settings.licence or "",
        size(one),
        "" if taken is None else f"{taken.of(1, 1):.0f}",
        gpus(one, "24 GB"),
        gpus(one, "80 GB"),
        papers,
    )


def _refused(one: Entry, way: str) -> str | None:
    settings = getattr(one.settings, way)
    return None if settings is None else settings.refused
