"""Which column of a file holds which field of an item."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from medq_tasks.errors import DataError

# The first name found wins. Names of the official files come first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("index", "id"),
    "question": ("question",),
    "answer": ("answer", "gold"),
    "reference": ("description", "reference"),
    "split": ("split",),
    "modality": ("modality",),
    "question_type": ("question_type", "qtype", "type"),
    "degradation_level": ("degradation_level", "degradation_severity", "severity", "level"),
    "concern": ("concern",),
    "source": ("source", "image_source"),
    "difficulty": ("difficulty", "granularity"),
    "degradation": ("degradation_type", "degradation"),
    "severity": ("degradation_severity", "severity"),
    "capability": ("capability", "skill"),
    "source_item": ("source_item", "source_index", "clean_index", "original_index"),
    "options": ("options", "choices"),
    "images": ("image", "images"),
    "image_a": ("image_a",),
    "image_b": ("image_b",),
    "image_path": ("image_path", "image_paths"),
}
IMAGE_FIELDS = ("images", "image_a", "image_b")
_OPTION = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file: places by field, option columns by letter, and the names that nothing uses."""

    found: tuple[str, ...]
    places: Mapping[str, int]
    options: Mapping[str, int]
    unused: tuple[str, ...]

    def name(self, field: str) -> str:
        """The column of a field as the file spells it; the field's first official name where it has none."""
        return self.found[self.places[field]] if field in self.places else NAMES[field][0]

    def mapped(self) -> dict[str, str]:
        """Field to column name, option letters included."""
        named = {field: self.found[place] for field, place in self.places.items()}
        return named | {f"option {letter}": self.found[place] for letter, place in self.options.items()}


def match_columns(found: tuple[str, ...], *, chosen: Mapping[str, str] | None = None, where: str) -> Columns:
    """The columns of a file whose header is `found`.

    `chosen` names the column of a field; an empty name leaves the field out. Raises `DataError` for a field that
    items do not have, a chosen column that the file does not have, and a header with a name twice.
    """
    chosen = chosen or {}
    _check(found, chosen, where)
    normal = {_normal(name): place for place, name in enumerate(found)}
    places: dict[str, int] = {}
    for field, names in NAMES.items():
        if field in chosen:
            if chosen[field]:
                places[field] = found.index(chosen[field])
        elif place := next((normal[name] + 1 for name in names if name in normal), 0):
            places[field] = place - 1
    options = {name: place for place, name in enumerate(found) if _OPTION.fullmatch(name)}
    used = set(places.values()) | set(options.values())
    unused = tuple(name for place, name in enumerate(found) if place not in used)
    return Columns(found, places, dict(sorted(options.items())), unused)


def _check(found: tuple[str, ...], chosen: Mapping[str, str], where: str) -> None:
    listed = ", ".join(found)
    for name in {name for name in found if name and found.count(name) > 1}:
        raise DataError(f"{where}: expected each column once, got {name!r} twice in: {listed}; rename one")
    for field, name in chosen.items():
        if field not in NAMES:
            raise DataError(f"columns.{field}: no such field of an item; expected one of {', '.join(NAMES)}")
        if name and name not in found:
            raise DataError(f"{where}: columns.{field} names the column {name!r}, found only: {listed}; correct it")


def _normal(name: str) -> str:
    return re.sub(r"[\s\-]+", "_", name.strip().lower())
