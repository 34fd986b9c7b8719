from pathlib import Path

from medq_tasks.construction.bank import load_bank
from medq_tasks.construction.original import Original
from medq_tasks.construction.source import Source
from medq_tasks.construction.variants import Variant
from medq_tasks.construction.writing import Writing

WRITING = Writing(load_bank())


def variant(modality: str, attribute: str | None, degradation: str | None, **known) -> Variant:
    original = Original("a", Path("a"), "0", 0, modality, "s", Source(path="a", **known), None, 1)
    return Variant(original, "dev", attribute, "severe", "L2", degradation, "a.png", "0", None)


def test_what_an_original_shows_by_itself_is_never_called_absent():
    assert "noise" not in WRITING.absent(variant("mri", None, None, shows=("noise",)))
    assert "noise" in WRITING.absent(variant("mri", None, None))


def test_noise_is_not_denied_where_streaks_were_applied():
    assert "low_dose_noise" not in WRITING.absent(variant("ct", "sparse_view_streaks", "ct.sparse_view"))
    assert "ring" in WRITING.absent(variant("ct", "low_dose_noise", "ct.low_dose"))


def test_nothing_is_certain_beside_a_degradation_that_is_no_attribute_s():
    assert WRITING.absent(variant("ct", None, "rotation_artifact")) == ()


def test_the_source_s_own_attributes_come_first():
    assert WRITING.absent(variant("mri", None, None, attributes=("blur", "noise")))[:2] == ("noise", "blur")


def test_what_looks_alike_is_no_wrong_option_beside_the_right_one():
    wrong = WRITING.distractors(variant("mri", "motion", "mri.motion"))
    assert "aliasing" not in wrong and "bias_field" in wrong


def test_names_take_turns_within_a_source():
    writing = Writing(load_bank())
    first, second = (variant("ct", None, None, id=name, nouns=("slice", "scan")).original for name in ("a", "b"))
    assert [writing.noun(one) for one in (first, second, first, second)] == ["slice", "slice", "scan", "scan"]
