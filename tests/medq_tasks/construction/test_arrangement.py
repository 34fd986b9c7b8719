"""The order of options."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from medq_tasks.construction.arrangement import Arrangement


@given(st.lists(st.integers(0, 3), min_size=1, max_size=60))
def test_letters_stay_balanced_whatever_is_right(answers: list[int]) -> None:
    place = Arrangement()
    options = ("None", "Mild", "Severe", "Extreme")
    letters = Counter(place(options, options[answer])[1] for answer in answers)
    assert max(letters.values()) - min(letters[letter] for letter in "ABCD") <= 1


@given(st.permutations(("None", "Mild", "Severe")), st.integers(1, 10))
def test_the_letter_points_at_the_answer_and_no_option_is_lost(options: list[str], times: int) -> None:
    place = Arrangement()
    for _ in range(times):
        shown, letter = place(options, "Mild")
        assert shown["ABC".index(letter)] == "Mild"
        assert sorted(shown) == sorted(options)


def test_the_wrong_options_do_not_always_stand_in_the_same_order() -> None:
    place = Arrangement()
    orders = {
        tuple(option for option in place(("None", "Mild", "Severe"), "Mild")[0] if option != "Mild") for _ in range(6)
    }
    assert orders == {("None", "Severe"), ("Severe", "None")}
