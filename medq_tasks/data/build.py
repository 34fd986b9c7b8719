"""One row of a table to one item."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from medq_tasks.data.axes import axis_value, degradation_id
from medq_tasks.data.columns import IMAGE_FIELDS, Columns
from medq_tasks.data.file_image import image_inside
from medq_tasks.data.gold import gold_letter
from medq_tasks.data.literal import strings
from medq_tasks.data.problem import CellError
from medq_tasks.data.question_type import derive_question_type
from medq_tasks.data.source_item import source_of, unique_id
from medq_tasks.data.table import ImagePart, Row
from medq_tasks.item import Item, Option

_AXES = ("modality", "question_type", "degradation_level", "concern", "source", "difficulty", "severity", "split")
_CHOICE_TASKS = frozenset({"perception", "degradation"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An item. Where one of its `parts` is the name of another row, its images are still to be found."""

    row: int
    index: str
    item: Item
    parts: tuple[ImagePart, ...]


@dataclass(slots=True)
class Builder:
    """Rows of one file to drafts of items of one task.

    `split` and `severity` hold where no column gives them. Texts that repeat from row to row are kept once.
    """

    path: Path
    task: str
    columns: Columns
    split: str | None = None
    severity: str | None = None
    _folder: str = field(init=False)
    _places: tuple[tuple[str, int], ...] = field(init=False)
    _texts: dict[str, str] = field(default_factory=dict)
    _options: dict[tuple[str, ...], tuple[Option, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._folder = os.path.realpath(self.path.parent)
        places = self.columns.places
        self._places = tuple((axis, places[axis]) for axis in _AXES if axis in places)

    def index(self, row: Row) -> str:
        """The row's own id, "" where it has none."""
        return self._text(row, "id")

    def draft(self, row: Row) -> Draft:
        """The item of a row. Raises `CellError` for the first cell that cannot be used."""
        index = self.index(row)
        if not index:
            raise CellError(self.columns.name("id"), "expected an id, got an empty cell; give every row its own")
        question = self._question(row)
        options = self._options_of(row)
        axes = self._axes(row)
        degradation = degradation_id(self._text(row, "degradation"))
        values = {
            **axes,
            "split": axes.get("split") or self.split,
            "degradation": self._once(degradation) if degradation else None,
            "capability": self._once(self._text(row, "capability")) or None,
        }
        if self.task == "perception" and values.get("question_type") is None:
            values["question_type"] = derive_question_type(question, options)
        if self.task == "degradation":
            values |= self._pairing(row, index, values)
        parts = self._parts(row)
        item = Item(
            **{"id": index, **values},  # type: ignore[arg-type]
            task=self.task,
            question=question,
            images=() if any(isinstance(part, str) for part in parts) else parts,  # type: ignore[arg-type]
            options=options,
            answer=self._answer(row, options),
            reference=self._reference(row),
        )
        return Draft(row.number, index, item, parts)

    def _text(self, row: Row, name: str) -> str:
        place = self.columns.places.get(name)
        return "" if place is None else row.cells[place].strip()

    def _once(self, text: str) -> str:
        return self._texts.setdefault(text, text)

    def _question(self, row: Row) -> str:
        question = self._text(row, "question")
        if not question and self.task in _CHOICE_TASKS:
            raise CellError(self.columns.name("question"), "expected a question, got an empty cell; fill it in")
        return self._once(question)

    def _options_of(self, row: Row) -> tuple[Option, ...]:
        if self.task not in _CHOICE_TASKS:
            return ()
        texts = tuple(row.cells[place].strip() for place in self.columns.options.values())
        letters: tuple[str, ...] = tuple(self.columns.options)
        if not any(texts):
            texts, letters = self._listed_options(row)
        known = self._options.get(key := (*letters, *texts))
        if known is None:
            pairs = zip(letters, texts, strict=True)
            known = tuple(Option(letter, text) for letter, text in pairs if text)
            self._options[key] = known
        return known

    def _listed_options(self, row: Row) -> tuple[tuple[str, ...], tuple[str, ...]]:
        cell = self._text(row, "options")
        name = self.columns.name("options") if "options" in self.columns.places else "A"
        if not cell:
            raise CellError(name, "expected the texts of the options in columns A, B, …, got none; fill them in")
        try:
            texts = tuple(text.strip() for text in strings(cell))
        except ValueError as error:
            raise CellError(name, f"expected a list of texts; {error}") from error
        if not 1 <= len(texts) <= 26:
            raise CellError(name, f"expected 1 to 26 options, got {len(texts)}")
        return texts, tuple(chr(ord("A") + place) for place in range(len(texts)))

    def _answer(self, row: Row, options: tuple[Option, ...]) -> str | None:
        if self.task not in _CHOICE_TASKS:
            return None
        try:
            return self._once(gold_letter(self._text(row, "answer"), options))
        except ValueError as error:
            raise CellError(self.columns.name("answer"), str(error)) from error

    def _reference(self, row: Row) -> str | None:
        if self.task in _CHOICE_TASKS:
            return None
        if reference := self._text(row, "reference"):
            return reference
        raise CellError(self.columns.name("reference"), "expected an expert's description, got an empty cell")

    def _axes(self, row: Row) -> dict[str, str | None]:
        values: dict[str, str | None] = {}
        for axis, place in self._places:
            text = row.cells[place]
            try:
                values[axis] = self._axis(axis, text) if text else None
            except ValueError as error:
                reason = f"{error}; correct it, or leave the column out with data.columns.{axis}=''"
                raise CellError(self.columns.name(axis), reason) from error
        return values

    def _axis(self, axis: str, text: str) -> str | None:
        if self.task == "degradation" and axis in {"source", "degradation_level", "question_type"}:
            # MedQ-Deg's sources are data sets, and its severity stands in the column that would be the level here.
            return self._once(text) if axis == "source" else None
        if axis == "severity" and self.task != "degradation":
            return None
        return axis_value(axis, text)

    def _pairing(self, row: Row, index: str, values: dict[str, str | None]) -> dict[str, str | None]:
        severity, degradation = values.get("severity") or self.severity, values["degradation"]
        if severity is None and degradation is None:
            severity = "L0"
        source = self._text(row, "source_item") or source_of(index, degradation)
        own = unique_id(index, source_item=source, degradation=degradation, severity=severity)
        return {"id": own, "severity": severity, "source_item": self._once(source)}

    def _parts(self, row: Row) -> tuple[ImagePart, ...]:
        named = [name for name in IMAGE_FIELDS if name in self.columns.places]
        parts: tuple[ImagePart, ...] = ()
        for name in named:
            cell = row.images[self.columns.places[name]]
            if not cell and name != "images":
                raise CellError(self.columns.name(name), "expected an image of the pair, got an empty cell; add it")
            parts += cell
        if not parts:
            parts = self._files(row)
        wanted = 2 if self.task == "comparison" else 1
        if len(parts) != wanted and not (len(parts) == 1 and isinstance(parts[0], str)):
            column = ", ".join(self.columns.name(name) for name in named) or self.columns.name("image_path")
            raise CellError(column, f"expected {wanted} image(s) for {self.task}, got {len(parts)}; correct the cell")
        return parts

    def _files(self, row: Row) -> tuple[ImagePart, ...]:
        cell = self._text(row, "image_path")
        if not cell:
            return ()
        try:
            texts = strings(cell) if cell.startswith("[") else (cell,)
            return tuple(image_inside(self._folder, text) for text in texts)
        except ValueError as error:
            raise CellError(self.columns.name("image_path"), str(error)) from error
