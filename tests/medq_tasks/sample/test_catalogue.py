"""The YAML files fit together."""

import pytest
from pydantic import ValidationError

from medq_tasks.degradations import get
from medq_tasks.item import MODALITIES
from medq_tasks.sample.catalogue import Original, attributes, originals, plan, prose, questions


def test_every_degradation_exists_for_its_modality_and_has_both_levels() -> None:
    for original in originals():
        for key in original.attributes:
            spec = get(attributes()[key].degradation_for(original.modality), original.modality)
            assert set(plan().levels.values()) <= set(spec.levels)


def test_every_attribute_that_is_named_is_described() -> None:
    known = set(attributes())
    named = {key for keys in plan().vocabulary.values() for key in keys}
    for original in originals():
        named |= {*original.attributes, *original.shows}
        assert set(original.attributes) <= set(plan().vocabulary[original.modality])
    for attribute in attributes().values():
        named |= set(attribute.unlike)
    assert named <= known
    assert set(questions().yes_or_no) | set(questions().how) <= known | {"any"}


def test_no_image_is_degraded_with_what_it_shows_by_itself() -> None:
    for original in originals():
        assert not set(original.attributes) & set(original.shows)


def test_modalities_are_the_benchmarks_and_ids_are_short_enough_to_share_images() -> None:
    assert {original.modality for original in originals()} <= set(MODALITIES)
    assert all(len(original.id) + 3 <= 64 for original in originals())
    assert len({original.id for original in originals()}) == len(originals())


def test_every_scale_has_three_distinct_steps_and_is_used_by_a_question() -> None:
    bank = questions()
    used = {how.scale for hows in bank.how.values() for how in hows} | {how.scale for how in bank.overall}
    assert used == set(bank.scales)
    assert all(len(set(scale.values())) == 3 for scale in bank.scales.values())


def test_a_reference_names_its_level_in_words() -> None:
    for attribute in attributes().values():
        assert "mild" in attribute.seen["mild"].lower()
        assert "severe" in attribute.seen["severe"].lower()
    assert prose().labels == {"none": "good", "mild": "usable", "severe": "reject"}


def test_an_unknown_key_is_an_error_not_a_silent_loss() -> None:
    entry = originals()[0].model_dump() | {"licens": "MIT"}
    with pytest.raises(ValidationError, match="licens"):
        Original.model_validate(entry)
