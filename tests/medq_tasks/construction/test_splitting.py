from collections import Counter
from pathlib import Path

import pytest

from medq_tasks.construction.original import Original
from medq_tasks.construction.source import Source
from medq_tasks.construction.splitting import split_by_study
from medq_tasks.errors import DataError


def images(study: str, count: int, modality: str = "ct", split: str | None = None) -> list[Original]:
    source = Source(path="a", split=split)
    return [Original(f"{study}-{n}", Path("a"), study, n, modality, study, source, None, 1) for n in range(count)]


def sides(originals: list[Original], seed: int = 1) -> dict[str, str]:
    return dict(split_by_study(originals, seed=seed))


def test_no_study_lies_on_both_sides_and_modalities_are_balanced():
    originals = [one for n in range(10) for one in images(f"s{n}", 1 + n % 3, "ct" if n % 2 else "mri")]
    split = sides(originals)
    by_study = {(one.study, split[one.id]) for one in originals}
    assert len(by_study) == 10
    for modality in ("ct", "mri"):
        counts = Counter(split[one.id] for one in originals if one.modality == modality)
        assert abs(counts["dev"] - counts["test"]) <= 2


def test_the_order_of_the_sources_does_not_move_a_study():
    originals = [one for n in range(6) for one in images(f"s{n}", 2)]
    assert sides(originals) == sides(originals[::-1])
    assert any(sides(originals, seed) != sides(originals, 1) for seed in range(2, 8))


def test_a_declared_side_is_kept():
    originals = images("a", 1, split="test") + images("b", 5) + images("c", 1)
    assert sides(originals)["a-0"] == "test"


def test_one_study_alone_is_refused_and_a_study_on_two_sides_too():
    with pytest.raises(DataError, match="at least 2 studies"):
        sides(images("a", 4))
    with pytest.raises(DataError, match="one side"):
        sides(images("a", 1, split="dev") + images("a", 1, split="test") + images("b", 1))
    with pytest.raises(DataError, match="none in test"):
        sides(images("a", 1, split="dev") + images("b", 1, split="dev"))
