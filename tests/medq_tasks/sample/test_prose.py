"""Reference descriptions."""

import re

from medq_tasks.sample.catalogue import originals
from medq_tasks.sample.prose import compare, describe
from medq_tasks.sample.rotation import Rotation
from medq_tasks.sample.variants import Variant


def variant_of(attribute: str | None, level: str) -> Variant:
    return Variant(originals()[0], attribute, level, "", None, b"")  # type: ignore[arg-type]


def test_a_clean_image_is_good_and_shows_no_problem() -> None:
    text = describe(variant_of(None, "none"), Rotation())
    assert text.endswith("Overall, the quality of this image is good.")
    assert "mild" not in text.lower()
    assert "severe" not in text.lower()


def test_a_degraded_image_names_its_attribute_level_and_label() -> None:
    mild = describe(variant_of("low_dose_noise", "mild"), Rotation())
    assert "Mild low-dose noise" in mild
    assert mild.endswith("Overall, the quality of this image is usable.")
    severe = describe(variant_of("sparse_view_streaks", "severe"), Rotation())
    assert "Severe streak artifacts" in severe
    assert severe.endswith("Overall, the quality of this image is reject.")


def test_a_comparison_names_both_sides_in_order_and_the_better_one() -> None:
    text = compare(variant_of("blur", "severe"), variant_of("blur", "mild"), 1, Rotation())
    assert re.search(r"first image[^.]*severe", text)
    assert re.search(r"second image[^.]*mild", text)
    assert re.search(r"Overall, the second image (has|is of) higher quality\.$", text)
