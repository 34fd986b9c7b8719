"""The comparison prompt, word for word; that its file stays as it is: `tests/medq_tasks/test_prompts.py`."""

from medq_tasks.comparison import render
from medq_tasks.item import Item

ITEM = Item("1", "comparison", "", (), reference="Overall, good.")


def test_paper_prompt_is_the_published_one() -> None:
    assert render(ITEM) == (
        "As a medical image quality assessment expert, provide a concise description comparing two images "
        "focusing on low-level appearance. Conclude with which image has higher quality. Please provide a "
        "comprehensive but concise assessment in 3-5 sentences."
    )
