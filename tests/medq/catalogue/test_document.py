"""docs/models.md is what the option files say."""

from __future__ import annotations

from medq.catalogue import entries
from medq.catalogue.document import models_document
from medq.paths import PROJECT


def test_the_page_is_current() -> None:
    page = (PROJECT / "docs" / "models.md").read_text(encoding="utf-8")
    assert page == models_document(list(entries())), "run: python -m medq models --markdown > docs/models.md"


def test_every_model_of_both_papers_is_on_the_page() -> None:
    page = models_document(list(entries()))
    for one in entries():
        assert one.embedded or one.open_ended or f"| `{one.option}` |" in page
        for name in one.settings.published.model_dump().values():
            assert name is None or f"| {name} |" in page
