from dataclasses import replace
from pathlib import Path

import pytest

from medq_tasks.construction.bank import load_bank
from medq_tasks.construction.expansion import Proposal, problems_of
from medq_tasks.construction.original import Original
from medq_tasks.construction.seeds import Seed, make_seeds
from medq_tasks.construction.source import Source
from medq_tasks.construction.spec import PerceptionPlan
from medq_tasks.construction.variants import Variant
from medq_tasks.item import MODALITIES

BANK = load_bank()
EVERY = PerceptionPlan(
    none=(("absent", "how_none", "overall", "what", "repeat"),),
    mild=(("how", "present", "what", "absent", "overall"),),
    severe=(("how", "present", "what", "absent", "repeat"),),
)


def variant(modality: str, key: str | None, level: str, place: int) -> Variant:
    original = Original(f"{modality}-{place}", Path("a"), "0", 0, modality, "s", Source(path="a"), None, 1)
    return Variant(original, "dev", key, level, "L1", key, f"images/{modality}{key}{level}{place}.png", "0", None)


def every_seed(modality: str) -> list[Seed]:
    variants = [
        variant(modality, key, level, place)
        for place in range(4)
        for key in BANK.vocabulary[modality]
        for level in ("mild", "severe")
    ]
    clean = [variant(modality, None, "none", place) for place in range(12)]
    return make_seeds([*clean, *variants], BANK, EVERY)


def severity_seed() -> Seed:
    return next(one for one in every_seed("ct") if one.question_type == "how" and one.attribute == "ring")


def proposal(seed: Seed, **changed: object) -> Proposal:
    return replace(
        Proposal("How severe are the ring artifacts here in this CT image?", seed.options, seed.answer), **changed
    )


@pytest.mark.parametrize("modality", MODALITIES)
def test_every_seed_of_the_bank_passes_its_own_checks(modality):
    seeds = every_seed(modality)
    assert {seed.question_type for seed in seeds} == {"yes_or_no", "how", "what"}
    for seed in seeds:
        assert not problems_of(Proposal(seed.text, seed.options, seed.answer), seed, BANK), seed.text


def test_a_rewording_that_keeps_the_attribute_passes():
    seed = severity_seed()
    assert not problems_of(proposal(seed), seed, BANK)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": "How malignant are the rings in this CT image?"}, "diagnosis"),
        ({"text": "How severe is the disease behind the rings in this CT image?"}, "diagnosis"),
        ({"text": "How severe is the noise in this CT image?"}, "attribute"),
        ({"text": "How severe are ring artifacts and beam hardening in this CT image?"}, "attribute"),
        ({"text": "Are ring artifacts visible in this CT image?"}, "type"),
        ({"text": "Rate the ring artifacts in this CT image"}, "no question"),
        ({"text": "How severe are the ring artifacts?"}, "refer to the image"),
        ({"text": "How are the rings in this image, " + "really " * 50 + "?"}, "longer"),
        ({"options": ("None", "none", "Mild")}, "the same"),
        ({"options": ("None", "Mild", "Awful")}, "template allows"),
        ({"options": ("None",)}, "2 to 4 options"),
        ({"answer": "Awful"}, "exactly one"),
    ],
)
def test_what_leaves_the_template_is_named(changed, said):
    seed = severity_seed()
    assert any(said in problem for problem in problems_of(proposal(seed, **changed), seed, BANK))


def test_another_answer_than_the_known_one_is_refused_though_it_is_an_option():
    seed = severity_seed()
    other = next(option for option in seed.options if option != seed.answer)
    assert "the answer is not the one that is known to be right" in problems_of(
        proposal(seed, answer=other), seed, BANK
    )
