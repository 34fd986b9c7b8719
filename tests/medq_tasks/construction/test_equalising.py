from collections import Counter
from pathlib import Path

from medq_tasks.construction.equalising import equalised
from medq_tasks.construction.original import Original
from medq_tasks.construction.source import Source
from medq_tasks.construction.splitting import split_by_study


def images(study: str, count: int, modality: str = "ct", split: str | None = None) -> list[Original]:
    source = Source(path="a", split=split)
    return [Original(f"{study}-{n}", Path("a"), study, n, modality, study, source, None, 1) for n in range(count)]


def test_slices_of_the_largest_study_go_until_both_sides_are_equal():
    originals = images("a", 5) + images("b", 2)
    kept, out = equalised(originals, split_by_study(originals, seed=1))
    assert Counter(one.study for one in kept) == {"a": 2, "b": 2}
    assert [one.frame for one in out] == [4, 3, 2]


def test_no_study_loses_its_last_image():
    originals = images("a", 1, split="dev") + images("b", 1, split="dev") + images("c", 1, split="test")
    kept, out = equalised(originals, split_by_study(originals, seed=1))
    assert kept == originals and not out
