from collections import Counter
from pathlib import Path

from medq_tasks.construction.bank import load_bank
from medq_tasks.construction.original import Original
from medq_tasks.construction.seeds import make_seeds
from medq_tasks.construction.source import Source
from medq_tasks.construction.spec import PerceptionPlan
from medq_tasks.construction.variants import Variant

BANK = load_bank()


def variant(key: str | None, level: str, shows: tuple[str, ...] = ()) -> Variant:
    source = Source(path="a", shows=shows)
    original = Original("mri-0", Path("a"), "0", 0, "mri", "s", source, None, 1)
    return Variant(original, "dev", key, level, "L1", key, f"images/{key}{level}.png", "0", None)


def seeds(*variants: Variant):
    return make_seeds(variants, BANK, PerceptionPlan())


def test_what_was_applied_is_never_denied_and_nothing_alike_is():
    for key in BANK.vocabulary["mri"]:
        for seed in seeds(*(variant(key, level) for level in ("mild", "severe") for _ in range(6))):
            asked = BANK.attributes.get(seed.attribute or "")
            if seed.question_type == "yes_or_no" and asked is not None and seed.answer == "No":
                assert asked.family != BANK.attributes[key].family
                assert seed.attribute not in BANK.attributes[key].unlike


def test_a_source_that_shows_noise_is_neither_called_good_nor_asked_about_noise():
    made = seeds(*(variant(None, "none", ("noise",)) for _ in range(6)))
    assert made
    assert all(seed.attribute not in {None, "noise"} for seed in made)
    assert not [seed for seed in made if seed.answer == "Good"]


def test_every_question_type_is_asked_and_every_level_has_its_own_answer():
    made = seeds(*(variant("motion", level) for level in ("mild", "severe") for _ in range(3)))
    assert set(Counter(seed.question_type for seed in made)) == {"yes_or_no", "what", "how"}
    answers = {seed.variant.level: seed.answer for seed in made if "ghosting" in seed.text and "How" in seed.text}
    assert len(set(answers.values())) == len(answers)
