"""Human–AI alignment on a known answer, the paper's figures beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from judges.align import align, read_published, read_scores
from judges.alignment_text import alignment_text
from judges.axes import AXES
from judges.errors import JudgeInputError
from judges.ratings import Rating


def ratings(axis: str, **scores: tuple[int, ...]) -> list[Rating]:
    return [
        Rating(case, axis, f"expert {number}", score)
        for case, given in scores.items()
        for number, score in enumerate(given)
    ]


def test_the_alignment_of_a_known_table() -> None:
    human = ratings("completeness", a=(2, 2, 2), b=(2, 2, 1), c=(0, 0, 0), d=(1, 1, 1), e=(0, 1, 2), f=(1, 1, 1))
    scores = {(case, "completeness"): score for case, score in zip("abcdef", (2.0, 1, 0, 1, 2, None), strict=True)}
    (found,) = align(scores, human)
    assert (found.n, found.n_no_consensus, found.n_unjudged) == (4, 1, 1)
    assert found.counts == ((1, 0, 0), (0, 1, 0), (0, 1, 1))
    assert found.accuracy == 3 / 4
    assert found.recall == (1, 1, 0.5)
    # Weighted: observed 1/4; expected (3/4 + 5/4 + 3)/4 from the margins 1, 1, 2 and 1, 2, 1.
    assert found.kappa.value == pytest.approx(1 - (1 / 4) / (5 / 4))
    assert (found.published.kappa, found.published.accuracy_percent) == (0.774, 83.3)


def test_the_published_table_has_all_four_axes() -> None:
    published = read_published()
    assert {axis: published[axis].kappa for axis in AXES} == {
        "completeness": 0.774, "preciseness": 0.876, "consistency": 0.84, "quality_accuracy": 0.985,
    }  # fmt: skip
    assert published["quality_accuracy"].accuracy_percent is None


def test_a_rating_of_a_row_that_is_not_in_the_run_is_named() -> None:
    with pytest.raises(JudgeInputError, match="'z'"):
        align({("a", "completeness"): 2.0}, ratings("completeness", z=(1,)))


def test_the_text_marks_published_figures_as_published() -> None:
    text = alignment_text(align({("a", "consistency"): 2.0}, ratings("consistency", a=(2, 2))))
    assert "0.840" in text
    assert "published: GPT-4o against the consensus of three experts" in text
    assert "both raters gave every item the same score" in text


def run_with(folder: Path, *rows: dict[str, Any]) -> Path:
    (folder / "samples.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def test_scores_are_read_from_the_rows_of_a_run(tmp_path: Path) -> None:
    run = run_with(
        tmp_path,
        {"id": "a", "judge": {"completeness": {"score": 1.5}}},
        {"id": "b", "judge": {"completeness": {"score": None}}},
        {"id": "a", "sample": 1, "judge": {"completeness": {"score": 0}}},
        {"id": "perception", "judge": None},
    )
    scores = read_scores(run)
    assert (scores["a", "completeness"], scores["b", "completeness"], scores["a", "consistency"]) == (1.5, None, None)
    assert {row for row, _ in scores} == {"a", "b"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "no row was judged"),
        ([{"id": "a"}], "no row was judged"),
        ([{"id": "a", "judge": {"completeness": {}}}] * 2, "once"),
    ],
)
def test_a_run_that_cannot_be_aligned_is_named(tmp_path: Path, rows: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(JudgeInputError, match=message):
        read_scores(run_with(tmp_path, *rows))


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(JudgeInputError, match=r"samples\.jsonl"):
        read_scores(tmp_path)
