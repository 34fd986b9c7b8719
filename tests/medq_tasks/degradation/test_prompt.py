"""The MedQ-Deg prompts, word for word; that their files stay as they are: `tests/medq_tasks/test_prompts.py`."""

from medq_tasks.degradation import render
from medq_tasks.item import Item, Option

ITEM = Item("1", "degradation", "Which organ is shown?", (), (Option("A", "Liver"), Option("B", "Lung")), answer="A")


def test_the_prompt_is_that_of_the_released_loader() -> None:
    assert render(ITEM) == (
        "Which organ is shown?\n\nA. Liver\nB. Lung\n\nAnswer with the option letter from the given choices directly."
    )


def test_the_percent_prompt_begins_with_it_and_asks_for_the_line_that_is_read() -> None:
    assert render(ITEM, "percent").startswith(render(ITEM))
    assert render(ITEM, "percent").endswith("\nConfidence: N%")
