"""The perception prompts, word for word; that their files stay as they are: `tests/medq_tasks/test_prompts.py`."""

from medq_tasks.item import Item, Option
from medq_tasks.perception import render

ITEM = Item(
    "1", "perception", "Does this image show motion?", (), (Option("A", "Yes"), Option("B", "None")), answer="A"
)


def test_paper_prompt_is_the_published_one() -> None:
    assert render(ITEM) == (
        "You are an expert in medical image quality assessment. Please carefully observe this medical image and answer "
        "the following question:\n"
        "Does this image show motion?\n"
        "A. Yes\n"
        "B. None"
    )


def test_released_prompt_is_that_of_the_released_code() -> None:
    assert render(ITEM, "released") == (
        "Please carefully observe this medical image and answer the following question:\n"
        "\n"
        "Does this image show motion?\n"
        "\n"
        "Options:\n"
        "A. Yes\n"
        "B. None\n"
        "\n"
        "Answer directly only with the option **letter** from the given choices."
    )
