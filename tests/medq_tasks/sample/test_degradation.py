"""The MedQ-Deg-shaped sample: its questions, their truth, and the files as the loader reads them."""

import io
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from medq_tasks.data import load_items
from medq_tasks.degradation.categories import MEMBERS
from medq_tasks.item import Item
from medq_tasks.sample import sample_files

SPLITS = ("dev", "test")


def _items(split: str) -> list[Item]:
    files = sample_files("degradation", split)
    return [item for file in files for item in load_items(file, task="degradation", split=split)]


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return [item for split in SPLITS for item in _items(split)]


def test_there_are_at_least_60_clean_questions_over_seven_modalities_and_many_capabilities(items: list[Item]) -> None:
    clean = [item for item in items if item.severity == "L0"]
    assert len(clean) == 85
    assert len({item.modality for item in clean}) == 7
    assert len({item.capability for item in clean}) >= 8


def test_every_clean_question_has_its_copies_at_both_severities(items: list[Item]) -> None:
    for item in items:
        if item.severity == "L0":
            mine = [one for one in items if one.source_item == item.id and one.severity != "L0"]
            assert Counter(one.severity for one in mine) == {"L1": 2, "L2": 2}
            assert {one.answer for one in mine} == {item.answer}
            assert {one.question for one in mine} == {item.question}
    assert len({item.id for item in items}) == len(items) == 425


def test_all_19_degradations_of_medq_deg_occur(items: list[Item]) -> None:
    named = {name for names in MEMBERS.values() for name in names}
    assert {item.degradation for item in items} - {None} == named
    assert len(named) == 19


@pytest.mark.parametrize("split", SPLITS)
def test_letters_are_balanced_and_no_image_is_in_both_splits(split: str) -> None:
    mine, other = _items(split), _items("test" if split == "dev" else "dev")
    clean = [item for item in mine if item.severity == "L0" and len(item.options) == 5]
    counts = Counter(item.answer for item in clean)
    assert max(counts.values()) - min(counts.values()) <= 1
    images = {item.images[0].read() for item in mine}
    assert not images & {item.images[0].read() for item in other}


def test_images_are_small_and_files_modest(items: list[Item]) -> None:
    sizes = [Image.open(io.BytesIO(item.images[0].read())).size for item in items]
    assert max(max(size) for size in sizes) <= 320
    assert sum(file.stat().st_size for split in SPLITS for file in sample_files("degradation", split)) < 25e6


def test_the_markers_that_are_counted_are_there(items: list[Item]) -> None:
    """Counted on the clean image by an outside labelling: pure white blobs ringed by pure black."""
    from scipy.ndimage import binary_dilation, label

    counted = 0
    for item in items:
        if item.severity != "L0" or item.capability != "Counting":
            continue
        picture = np.asarray(Image.open(io.BytesIO(item.images[0].read())).convert("L"))
        blobs, count = label(picture == 255)
        ringed = 0
        for number in range(1, count + 1):
            blob = blobs == number
            rim = binary_dilation(blob) & ~blob
            ringed += bool(blob.sum() > 20 and (picture[rim] == 0).mean() > 0.95)
        chosen = next(option.text for option in item.options if option.letter == item.answer)
        assert ringed == int(chosen), item.id
        counted += 1
    assert counted == 18


def test_it_is_built_apart_from_the_other_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from medq_tasks.sample import build, sample_files

    monkeypatch.setenv("MEDQ_CACHE", str(tmp_path))
    monkeypatch.setattr(build, "build_sample", lambda folder: pytest.fail("built the perception files"))
    monkeypatch.setattr(build, "build_degradation_sample", lambda folder: None)
    assert [path.name for path in sample_files("degradation", "dev")] == [
        "MedQ-Robust-good-dev.tsv",
        "MedQ-Robust-simulate-dev.tsv",
    ]
