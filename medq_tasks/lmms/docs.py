"""Items as the flat documents that lmms-eval passes around, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from medq_tasks.item import Item, Option
from medq_tasks.lmms.items import items_of

if TYPE_CHECKING:
    from datasets import Dataset

Doc = Mapping[str, Any]
_TEXTS = (
    "id", "task", "question", "answer", "reference", "split", "modality", "question_type", "degradation_level",
    "concern", "source", "difficulty", "degradation", "severity", "capability", "source_item",
)  # fmt: skip


def doc_of(item: Item, position: int = 0) -> dict[str, Any]:
    """`item` without its images; `position` is its place among the items of its task and split."""
    fields: dict[str, Any] = {name: getattr(item, name) for name in _TEXTS}
    letters, texts = [option.letter for option in item.options], [option.text for option in item.options]
    return fields | {"position": position, "letters": letters, "texts": texts}


def item_of(doc: Doc) -> Item:
    """The item that `doc` was made from, without its images."""
    options = tuple(Option(letter, text) for letter, text in zip(doc["letters"], doc["texts"], strict=True))
    return Item(images=(), options=options, **{name: doc[name] for name in _TEXTS})


def whole_item(doc: Doc) -> Item:
    """The item that `doc` was made from, with its images."""
    return items_of(doc["task"], doc["split"])[doc["position"]]


def documents(task: str, split: str) -> Dataset:
    """The dataset that lmms-eval evaluates, one document an item, in the order of the file."""
    from datasets import Dataset

    return Dataset.from_list([doc_of(item, position) for position, item in enumerate(items_of(task, split))])
