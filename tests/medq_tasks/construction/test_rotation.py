"""Taking turns."""

import pytest

from medq_tasks.construction.rotation import Rotation


def test_every_choice_has_its_turn_and_names_do_not_disturb_each_other() -> None:
    turn = Rotation()
    taken = [(turn.next("a", "xy"), turn.next("b", "123")) for _ in range(6)]
    assert [a for a, _ in taken] == list("xyxyxy")
    assert [b for _, b in taken] == list("123123")


def test_nothing_to_choose_from_is_an_error_that_names_the_list() -> None:
    with pytest.raises(ValueError, match="nouns: nothing"):
        Rotation().next("nouns", [])
