"""The MedQ-Deg-shaped sample: its questions, their truth, and the files as the loader reads them."""

import io
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from medq_tasks.data import load_items
from medq_tasks.degradation.categories import MEMBERS
from medq_tasks.degradations.registry import get
from medq_tasks.item import Item
from medq_tasks.sample import DEGRADATION_FILES
from medq_tasks.sample.build import build_degradation_sample
from medq_tasks.sample.catalogue import attributes, originals
from medq_tasks.sample.degradation_catalogue import degradation_plan

SPLITS = ("dev", "test")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("degradation")
    build_degradation_sample(folder)
    return folder


def _items(folder: Path, split: str) -> list[Item]:
    files = [folder / name.format(split=split) for name in DEGRADATION_FILES]
    return [item for file in files for item in load_items(file, task="degradation", split=split)]


@pytest.fixture(scope="module")
def items(folder: Path) -> list[Item]:
    return [item for split in SPLITS for item in _items(folder, split)]


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
def test_letters_are_balanced_and_no_image_is_in_both_splits(folder: Path, split: str) -> None:
    mine, other = _items(folder, split), _items(folder, "test" if split == "dev" else "dev")
    clean = [item for item in mine if item.severity == "L0" and len(item.options) == 5]
    counts = Counter(item.answer for item in clean)
    assert max(counts.values()) - min(counts.values()) <= 1
    images = {item.images[0].read() for item in mine}
    assert not images & {item.images[0].read() for item in other}


def test_images_are_small_and_files_modest(folder: Path, items: list[Item]) -> None:
    sizes = [Image.open(io.BytesIO(item.images[0].read())).size for item in items]
    assert max(max(size) for size in sizes) <= 384
    assert sum(file.stat().st_size for file in folder.glob("*.tsv")) < 25e6


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


def test_artefacts_said_to_be_absent_are_not_made_nor_mimicked_by_a_copys_degradation() -> None:
    wrong = []
    bank, modality = attributes(), {original.id: original.modality for original in originals()}
    for name, subject in degradation_plan().originals.items():
        if subject.artefact is None:
            continue
        offered = {*subject.artefact.absent}
        made = {get(degradation, modality[name]).id for degradation in subject.degradations}
        for entry in bank.values():
            names = {entry.degradation} if isinstance(entry.degradation, str) else {*entry.degradation.values()}
            if names & made:
                resembling = {key for key in offered if bank[key].family == entry.family or key in entry.unlike}
                wrong += [(name, entry.label, key) for key in resembling]
    assert not wrong


def test_what_an_original_shows_agrees_with_its_record() -> None:
    shows = {original.id: original.shows for original in originals()}
    for name, subject in degradation_plan().originals.items():
        if subject.artefact is not None:
            assert subject.artefact.shown is None or subject.artefact.shown in shows[name]
            assert not {*subject.artefact.absent} & {*shows[name]}


def test_it_is_built_apart_from_the_other_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from medq_tasks.sample import build, sample_files

    monkeypatch.setenv("MEDQ_CACHE", str(tmp_path))
    monkeypatch.setattr(build, "build_sample", lambda folder: pytest.fail("built the perception files"))
    monkeypatch.setattr(build, "build_degradation_sample", lambda folder: None)
    assert [path.name for path in sample_files("degradation", "dev")] == [
        "MedQ-Robust-good-dev.tsv",
        "MedQ-Robust-simulate-dev.tsv",
    ]
