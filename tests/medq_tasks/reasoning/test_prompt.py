"""The reasoning prompt, word for word; that its file stays as it is: `tests/medq_tasks/test_prompts.py`."""

from medq_tasks.item import Item
from medq_tasks.reasoning import render

ITEM = Item("1", "reasoning", "", (), reference="Overall, good.")


def test_paper_prompt_is_the_published_one() -> None:
    assert render(ITEM) == (
        "As a medical image quality assessment expert, provide a concise description focusing on low-level "
        'appearance of the image in details. Conclude with "Overall, the quality of this image is '
        '[good/usable/reject]". Please provide a comprehensive but concise assessment in 3-5 sentences.'
    )
