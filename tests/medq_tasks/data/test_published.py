from __future__ import annotations

import pytest

from medq_tasks import item
from medq_tasks.data.axes import degradation_id
from medq_tasks.data.datasets import FILES
from medq_tasks.data.published import _figures, published, published_values


@pytest.mark.parametrize(("split", "total"), [("dev", 1298), ("test", 1305)])
def test_question_types_add_up_to_the_published_total(split: str, total: int) -> None:
    figures = [published("perception", split, "question_type", value) for value in item.QUESTION_TYPES]
    assert sum(figure.count or 0 for figure in figures if figure) == total
    whole = published("perception", split, "total", "")
    assert whole is not None
    assert whole.count == total


def test_modalities_of_the_test_split_add_up() -> None:
    values = published_values("perception", "test", "modality")
    assert (
        sum(figure.count or 0 for value in values if (figure := published("perception", "test", "modality", value)))
        == 1305
    )


def test_medq_deg_severities_add_up_and_copies_come_in_pairs() -> None:
    counts = {}
    for severity in item.SEVERITIES:
        figure = published("degradation", "test", "severity", severity)
        assert figure is not None
        counts[severity] = figure.count or 0
    assert sum(counts.values()) == 24_894
    assert counts["L1"] == counts["L2"]


def test_figures_use_the_spellings_of_the_item_model() -> None:
    known = {
        "question_type": item.QUESTION_TYPES, "modality": item.MODALITIES, "concern": item.CONCERNS,
        "degradation_level": item.DEGRADATION_LEVELS, "source": item.SOURCES, "difficulty": item.DIFFICULTIES,
        "severity": item.SEVERITIES,
    }  # fmt: skip
    for task, _, axis, value in _figures():
        assert task in FILES
        assert axis in {"total", "degradation"} or value in known[axis]
        assert axis != "degradation" or degradation_id(value) == value


def test_a_figure_says_where_it_was_published_and_what_it_covers() -> None:
    figure = published("perception", "dev", "concern", "general")
    assert figure is not None
    assert (str(figure), "2510.01691" in figure.origin) == ("42.8 % of both", True)
    assert published("perception", "dev", "modality", "ct") is None
