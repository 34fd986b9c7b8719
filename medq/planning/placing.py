"""What a plan says of open weights: whether they fit where they are to run, before anything is downloaded."""

from __future__ import annotations

from collections.abc import Iterator

from medq.errors import ConfigError
from medq.models.fit import fit
from medq.schema import RunConfig


def fit_notes(config: RunConfig) -> Iterator[str]:
    """One line on memory, GPUs and copies, or on what is wrong; none for a model without weights here."""
    try:
        found = fit(config.model, config.hardware)
    except ConfigError as error:
        yield f"before the run itself: {error}"
        return
    if found.note is not None:
        yield found.note
        yield f"copies of the weights side by side: {config.hardware.shards or found.copies}"
