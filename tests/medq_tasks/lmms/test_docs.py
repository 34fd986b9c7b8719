"""Documents hold everything of an item but its images."""

from dataclasses import replace
from pathlib import Path

from medq_tasks.lmms.docs import doc_of, item_of, whole_item
from medq_tasks.lmms.items import items_of


def test_item_comes_back_from_its_document(items_file: Path) -> None:
    for position, item in enumerate(items_of("perception", "test")):
        assert item_of(doc_of(item, position)) == replace(item, images=())


def test_document_leads_to_its_images(items_file: Path) -> None:
    items = items_of("perception", "test")
    assert whole_item(doc_of(items[2], 2)) is items[2]
