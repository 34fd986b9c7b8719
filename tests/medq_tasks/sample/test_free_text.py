"""The no-reference and comparison items."""

import re
from collections import Counter

import pytest

from medq_tasks.sample.free_text import Description, Pair, make_descriptions, make_pairs
from medq_tasks.sample.variants import Variant

RANK = {"none": 0, "mild": 1, "severe": 2}


@pytest.fixture(scope="module")
def described(variants: list[Variant]) -> list[Description]:
    return make_descriptions(variants)


@pytest.fixture(scope="module")
def paired(variants: list[Variant]) -> list[Pair]:
    return [
        pair
        for split in ("dev", "test")
        for pair in make_pairs(variant for variant in variants if variant.original.split == split)
    ]


def test_there_are_at_least_24_items_of_each_kind(described: list[Description], paired: list[Pair]) -> None:
    assert len(described) >= 24
    assert len(paired) >= 24
    assert {pair.difficulty for pair in paired} == {"coarse", "fine"}


def test_a_reference_has_three_to_five_sentences_and_ends_in_its_label(described: list[Description]) -> None:
    labels = {"none": "good", "mild": "usable", "severe": "reject"}
    for made in described:
        assert 3 <= len(re.findall(r"\.(?: |$)", made.reference)) <= 5
        label = labels[made.variant.level]
        assert made.reference.endswith(f" Overall, the quality of this image is {label}.")
    assert {made.variant.level for made in described} == set(labels)


def test_an_image_with_a_flaw_of_its_own_is_never_called_good(described: list[Description]) -> None:
    assert not any(made.variant.level == "none" and made.variant.original.shows for made in described)


def test_the_reference_of_a_pair_names_the_less_degraded_image(paired: list[Pair]) -> None:
    for pair in paired:
        first, second = RANK[pair.first.level], RANK[pair.second.level]
        better = "first" if first < second else "second"
        assert first != second
        assert pair.first.original.id == pair.second.original.id
        assert re.search(rf"Overall, the {better} image (has|is of) higher quality\.$", pair.reference)


def test_the_better_image_stands_first_as_often_as_second(paired: list[Pair]) -> None:
    for split in ("dev", "test"):
        for difficulty in ("coarse", "fine"):
            order = Counter(
                RANK[pair.first.level] < RANK[pair.second.level] for pair in paired
                if pair.difficulty == difficulty and pair.first.original.split == split
            )  # fmt: skip
            assert abs(order[True] - order[False]) <= 1


def test_a_coarse_pair_holds_the_original_and_a_fine_one_two_degraded_images(paired: list[Pair]) -> None:
    for pair in paired:
        assert (pair.difficulty == "coarse") == (None in {pair.first.attribute, pair.second.attribute})


def test_references_vary_in_wording(described: list[Description]) -> None:
    openings = {made.reference.split(" a")[0] for made in described}
    assert len(openings) >= 3
