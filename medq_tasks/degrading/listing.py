"""The table of `degrade --list`: every degradation with what it applies to and its physical parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medq_tasks.degradations import Spec, applicable, load_all
from medq_tasks.item import MODALITIES

if TYPE_CHECKING:
    from rich.table import Table


def listing(modality: str | None = None) -> Table:
    """A table of all degradations, or of those that apply to a modality."""
    from rich.table import Table

    table = Table("degradation", "modality", "category", "parameter at L1, L2 (unit)", "also called")
    for spec in applicable(modality) if modality else load_all().values():
        modalities = "all" if len(spec.modalities) == len(MODALITIES) else ", ".join(sorted(spec.modalities))
        table.add_row(spec.id, modalities, spec.category, parameters(spec), ", ".join(spec.aliases))
    return table


def parameters(spec: Spec) -> str:
    """The curves of a degradation at its mild and severe levels: `photons 80000, 10000 (photons a detector bin)`."""
    mild, severe = (spec.levels[level] for level in ("L1", "L2"))
    return "\n".join(f"{name} {curve(mild):g}, {curve(severe):g} ({curve.unit})" for name, curve in spec.curves.items())
