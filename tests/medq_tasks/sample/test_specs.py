"""The specs: every image's licence, and facts that hold for its degraded copies too."""

import pytest

from medq_tasks.construction import load_spec
from medq_tasks.construction.bank import load_bank
from medq_tasks.degradations import get
from medq_tasks.sample import DEGRADATION_SPEC, SPEC, sample_folder

BANK = load_bank()
SPECS = load_spec(SPEC), load_spec(DEGRADATION_SPEC)
LABELS = {attribute.label.lower(): key for key, attribute in BANK.attributes.items()}


@pytest.mark.parametrize("source", SPECS[0].sources, ids=lambda source: source.id)
def test_an_image_is_degraded_with_what_may_be_asked_about_and_not_with_what_it_shows(source):
    assert {*source.attributes} <= {*SPECS[0].vocabulary[source.modality]}
    assert not {*source.attributes} & {*source.shows}
    for key in source.attributes:
        assert {"L1", "L2"} <= {*get(BANK.attributes[key].degradation_for(source.modality), source.modality).levels}


def test_both_specs_are_about_the_same_images_in_the_same_splits():
    assert SPECS[0].sources == SPECS[1].sources
    assert {*SPECS[1].degradations.images} == {source.id for source in SPECS[0].sources}


def test_every_image_has_a_licence_and_an_origin_in_the_card():
    card = (sample_folder() / "README.md").read_text(encoding="utf-8")
    for source in SPECS[0].sources:
        rendered = "yes" if source.render else "no"
        assert f"| {source.id} | {source.dataset} | {rendered} | {source.licence} | {source.origin} |" in card
        assert source.licence != "not declared" and source.origin


def test_images_in_the_repository_are_cc0():
    committed = {source.path: source.licence for source in SPECS[0].sources if source.path.startswith("assets/")}
    assert {*committed.values()} == {"CC0 1.0"}
    assert {f"assets/{path.name}" for path in (SPEC.parent / "assets").iterdir()} == {*committed}


@pytest.mark.parametrize("source", SPECS[1].sources, ids=lambda source: source.id)
def test_artefacts_said_to_be_absent_are_not_made_nor_mimicked_by_a_copys_degradation(source):
    if "artefact" not in source.facts:
        return
    fact = source.facts["artefact"]
    offered = {LABELS[option] for option in fact.options if option in LABELS} - {LABELS.get(fact.answer)}
    assert offered and not offered & {*source.shows}
    assert fact.answer == "none of these" or LABELS[fact.answer] in source.shows
    made = {get(name, source.modality).id for name in SPECS[1].degradations.images[source.id]}
    for attribute in BANK.attributes.values():
        ids = attribute.degradation
        if made & ({ids} if isinstance(ids, str) else {*ids.values()}):
            assert not [key for key in offered if BANK.attributes[key].family == attribute.family]
            assert not offered & {*attribute.unlike}
