"""The order of asking."""

from medq_tasks.degradation import by_source_item
from medq_tasks.item import Item


def _item(name: str, source: str | None) -> Item:
    return Item(name, "degradation", "?", (), source_item=source)


def test_copies_follow_their_clean_item() -> None:
    items = [_item("1", "1"), _item("2", "2"), _item("1b", "1"), _item("2b", "2"), _item("1c", "1"), _item("3", None)]
    assert [item.id for item in by_source_item(items)] == ["1", "1b", "1c", "2", "2b", "3"]
