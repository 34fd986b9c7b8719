"""What is certainly absent."""

from medq_tasks.sample.catalogue import originals
from medq_tasks.sample.truth import absent, distractors
from medq_tasks.sample.variants import Variant


def variant_of(name: str, attribute: str | None, level: str = "severe") -> Variant:
    original = next(original for original in originals() if original.id == name)
    return Variant(original, attribute, "none" if attribute is None else level, "", None, b"")  # type: ignore[arg-type]


def test_what_an_original_shows_by_itself_is_never_called_absent() -> None:
    assert "low_dose_noise" not in absent(variant_of("ct-spine", None))
    assert "low_dose_noise" in absent(variant_of("ct-abdomen", None))


def test_noise_is_not_denied_where_streaks_were_applied() -> None:
    assert "low_dose_noise" not in absent(variant_of("ct-abdomen", "sparse_view_streaks"))
    assert "ring" in absent(variant_of("ct-abdomen", "low_dose_noise"))


def test_what_looks_alike_is_no_wrong_option_beside_the_right_one() -> None:
    assert "aliasing" not in distractors(variant_of("mri-liver", "motion"))
    assert "bias_field" in distractors(variant_of("mri-liver", "motion"))
