"""Human ratings: strict reading, consensus by majority."""

from __future__ import annotations

from pathlib import Path

import pytest

from judges.errors import JudgeInputError
from judges.ratings import consensus, rater_table, read_ratings

HEAD = "id,axis,rater,score\n"


def written(folder: Path, lines: str, *, head: str = HEAD) -> Path:
    path = folder / "ratings.csv"
    path.write_text(head + lines, encoding="utf-8")
    return path


def test_the_majority_is_the_consensus_and_a_split_has_none(tmp_path: Path) -> None:
    lines = "".join(
        f"{case},completeness,{rater},{score}\n"
        for case, scores in {"a": (2, 2, 1), "b": (0, 1, 2)}.items()
        for rater, score in zip("xyz", scores, strict=True)
    )
    assert consensus(read_ratings(written(tmp_path, lines))) == {("a", "completeness"): 2}


def test_a_consensus_that_the_raters_agreed_on_counts_before_their_first_scores(tmp_path: Path) -> None:
    lines = "a,completeness,x,2\na,completeness,y,2\na,completeness,consensus,1\n"
    ratings = read_ratings(written(tmp_path, lines))
    assert consensus(ratings) == {("a", "completeness"): 1}
    assert rater_table(ratings, "completeness") == [[2], [2]]


def test_a_rater_who_left_a_case_out_is_a_gap(tmp_path: Path) -> None:
    ratings = read_ratings(written(tmp_path, "a,completeness,x,2\nb,completeness,y,1\n"))
    assert rater_table(ratings, "completeness") == [[2, None], [None, 1]]


@pytest.mark.parametrize(
    ("lines", "head", "message"),
    [
        ("a,completeness,x,3\n", HEAD, "line 2: expected a score of 0, 1 or 2, got '3'"),
        ("a,completeness,x,\n", HEAD, "got ''"),
        ("a,relevance,x,1\n", HEAD, "got 'relevance'"),
        ("a,completeness,x,1\na,completeness,x,2\n", HEAD, "more than once"),
        ("a,1\n", "id,score\n", "missing axis, rater"),
        ("", HEAD, "at least one rating"),
        ("a,completeness\n", HEAD, "got ''"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, lines: str, head: str, message: str) -> None:
    with pytest.raises(JudgeInputError, match=message):
        read_ratings(written(tmp_path, lines, head=head))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(JudgeInputError, match=r"nowhere\.csv"):
        read_ratings(tmp_path / "nowhere.csv")
