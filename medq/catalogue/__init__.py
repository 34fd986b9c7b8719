"""The models that can be chosen, as `python -m medq models` and docs/models.md tell of them."""

from medq.catalogue.entry import Entry, entries, entry

__all__ = ["Entry", "entries", "entry"]
