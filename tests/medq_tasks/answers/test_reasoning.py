"""Reasoning blocks and answer blocks."""

from medq_tasks.answers.reasoning import answer_block, set_aside


def test_closed_block_is_blanked_at_its_place() -> None:
    assert set_aside("<think>B</think>C") == (" " * 16 + "C", False)


def test_closing_mark_alone_ends_a_block_from_the_start() -> None:
    assert set_aside("B it is</think>C") == (" " * 15 + "C", False)


def test_unclosed_block_reaches_to_the_end() -> None:
    text, unclosed = set_aside("C <think>B")
    assert (text.strip(), unclosed) == ("C", True)


def test_last_answer_block_counts() -> None:
    text = "<answer>A</answer> or <answer>B</answer>"
    block = answer_block(text)
    assert block is not None
    assert text[slice(*block)] == "B"
    assert answer_block("no block") is None
