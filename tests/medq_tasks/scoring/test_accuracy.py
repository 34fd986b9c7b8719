"""The policy on answers that cannot be read and calls that failed."""

import pytest

from medq_tasks.scoring import Scored, accuracy, wilson


def rows(right: int, wrong: int, unscored: int = 0, errors: int = 0) -> list[Scored]:
    outcomes = [("scored", True)] * right + [("scored", False)] * wrong + [("unscored", None)] * unscored
    outcomes += [("error", None)] * errors
    return [Scored(state, correct, str(place)) for place, (state, correct) in enumerate(outcomes)]  # type: ignore[arg-type]


def test_unread_answer_is_wrong_and_counts_in_n() -> None:
    mean = accuracy(rows(3, 1, unscored=2))
    assert (mean.value, mean.n, mean.n_unscored, mean.n_error) == (0.5, 6, 2, 0)


def test_failed_row_is_left_out_of_n_and_counted() -> None:
    mean = accuracy(rows(3, 1, errors=4))
    assert (mean.value, mean.n, mean.n_error) == (0.75, 4, 4)


def test_bounds_count_unread_and_failed_rows_as_wrong_and_as_right() -> None:
    mean = accuracy(rows(4, 2, unscored=2, errors=2))
    assert (mean.lower, mean.upper) == (0.4, 0.8)
    assert mean.lower <= (mean.value or 0) <= mean.upper


def test_interval_is_wilsons_where_every_image_has_one_question() -> None:
    assert accuracy(rows(8, 2)).ci95 == wilson(0.8, 10)


def test_questions_on_one_image_widen_the_interval() -> None:
    independent = accuracy(rows(10, 10)).ci95
    clustered = accuracy([Scored("scored", place < 10, str(place // 5)) for place in range(20)]).ci95
    assert independent and clustered
    assert clustered[1] - clustered[0] > independent[1] - independent[0]


def test_nothing_but_failures_has_no_value() -> None:
    mean = accuracy(rows(0, 0, errors=3))
    assert (mean.value, mean.n, mean.n_error, mean.ci95, mean.lower, mean.upper) == (None, 0, 3, None, 0.0, 1.0)


def test_no_rows_have_counts_only() -> None:
    mean = accuracy([])
    assert (mean.value, mean.n, mean.ci95, mean.lower, mean.upper) == (None, 0, None, None, None)


def test_scored_row_without_a_score_is_refused() -> None:
    with pytest.raises(ValueError, match="needs `correct`"):
        Scored("scored", None, "image")


@pytest.mark.parametrize(
    ("right", "n", "printed"), [(459, 558, "82.26"), (156, 258, "60.47"), (285, 489, "58.28"), (900, 1305, "68.97")]
)
def test_published_percentages_come_out_for_their_counts(right: int, n: int, printed: str) -> None:
    # GPT-5, test split, Table 1 of arXiv 2510.01691 (published).
    assert f"{100 * (accuracy(rows(right, n - right)).value or 0):.2f}" == printed
