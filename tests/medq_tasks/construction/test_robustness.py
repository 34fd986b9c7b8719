from dataclasses import replace
from pathlib import Path

import pytest

from medq_tasks.construction.bank import load_bank
from medq_tasks.construction.original import Original
from medq_tasks.construction.robustness import make_robust_items
from medq_tasks.construction.source import Source, UserQuestion
from medq_tasks.construction.variants import Variant


def variants(body_part: str, *questions: UserQuestion, **known) -> list[Variant]:
    source = Source(path="a", questions=questions, **known)
    original = Original("ct-0", Path("a"), "0", 0, "ct", "s", source, None, 1, body_part)
    levels = ((None, "none", "L0"), ("ring", "mild", "L1"), ("ring", "severe", "L2"))
    return [Variant(original, "dev", key, level, code, key, "a.png", "0", None) for key, level, code in levels]


def test_metadata_and_the_users_own_questions_are_asked_of_every_version():
    own = UserQuestion(question="Which side?", options=("Left", "Right"), answer="Left", capability="Counting")
    made = make_robust_items(variants("CHEST", own), load_bank())
    assert [item.question for item in made[::3]] == [
        "Which side?",
        "Which imaging modality was this image acquired with?",
        "Which part of the body is shown in this image?",
    ]
    assert {item.source_item for item in made[:3]} == {made[0].id}
    assert len({item.id for item in made}) == 9
    for item in made[6:]:
        assert item.options["ABCDE".index(item.answer)] == "the chest" and len(set(item.options)) == 5


def test_a_body_part_that_the_question_does_not_offer_and_none_at_all_are_not_asked_about():
    assert len(make_robust_items(variants(""), load_bank())) == 3
    assert len(make_robust_items(variants("TRUNK"), load_bank())) == 3


def test_facts_answer_the_questions_of_the_bank_and_may_bring_options_and_capability_of_their_own():
    facts = {
        "plane": "axial",
        "region": {"answer": "the spine", "capability": "Skeletal System"},
        "artefact": {"answer": "none of these", "options": ["blur", "none of these"]},
    }
    made = {item.question: item for item in make_robust_items(variants("CHEST", facts=facts), load_bank())}
    plane, region, artefact = (made[load_bank().content[name].question] for name in ("plane", "region", "artefact"))
    assert sorted(plane.options) == ["axial", "coronal", "sagittal"]
    assert region.capability == "Skeletal System" and region.options["ABCDE".index(region.answer)] == "the spine"
    assert sorted(artefact.options) == ["blur", "none of these"]


@pytest.mark.parametrize("answer", load_bank().content["region"].options)
def test_no_region_is_offered_beside_one_that_an_image_of_it_could_show_too(answer):
    near = {one for group in load_bank().content["region"].together if answer in group for one in group}
    for item in make_robust_items(variants("", facts={"region": answer}), load_bank()):
        if answer in item.options:
            assert not {*item.options} & near - {answer} and len(item.options) == 5


def test_questions_come_in_turn_through_all_images():
    other = [replace(one, original=replace(one.original, id="ct-1")) for one in variants("")]
    items = make_robust_items([*variants("", facts={"plane": "axial"}), *other], load_bank())
    assert [item.source_item for item in items[::3]] == ["ct-0-q1", "ct-1-q1", "ct-0-q2"]
