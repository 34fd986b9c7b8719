"""A question held on its way through a class."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from medq.models.interface import Request
from medq.models.local.turn import Turn, current
from medq_tasks.item import Item


def turn() -> Turn:
    return Turn(Request(Item("1", "perception", "q", ()), "prompt", ()))


def test_a_question_waits_at_generate_until_its_tokens_are_there() -> None:
    with ThreadPoolExecutor(1) as pool:
        one = turn()
        one.start(pool, lambda own: f"{own.request.prompt} {current().hold({'input_ids': 3})}")
        assert one.inputs() == {"input_ids": 3}
        assert not one.ended.done()
        one.generated.set_result("tokens")
        assert one.ended.result(5) == "prompt tokens"


def test_a_question_that_fails_before_has_no_inputs() -> None:
    def fail(own: Turn) -> str:
        raise ValueError(own.request.prompt)

    with ThreadPoolExecutor(1) as pool:
        one = turn()
        one.start(pool, fail)
        assert one.inputs() is None
        assert isinstance(one.ended.exception(), ValueError)


def test_a_question_that_is_let_go_gets_the_exception() -> None:
    with ThreadPoolExecutor(1) as pool:
        one = turn()
        one.start(pool, lambda own: str(current().hold({})))
        one.inputs()
        one.release(KeyError("stopped"))
        one.release(KeyError("a second time is nothing"))
        with pytest.raises(KeyError, match="stopped"):
            one.ended.result(5)


def test_questions_in_two_threads_do_not_see_each_other() -> None:
    with ThreadPoolExecutor(2) as pool:
        both = [turn(), turn()]
        for one in both:
            one.start(pool, lambda own: str(current().hold({"turn": current() is own})))
        assert [one.inputs() for one in both] == [{"turn": True}, {"turn": True}]
        for one in both:
            one.generated.set_result("")
