"""The attributes of the baseline."""

from medq.models.iqa.attributes import attributes, looked_for
from medq_tasks.construction import load_spec
from medq_tasks.item import MODALITIES
from medq_tasks.sample import SPEC


def test_a_minus_marks_a_statistic_that_falls() -> None:
    assert attributes()["low_contrast"].signed() == (("contrast", -1),)
    assert attributes()["blur"].signed() == (("blur", 1), ("spectral_blur", 1))


def test_every_attribute_of_the_sample_set_is_known_under_its_name() -> None:
    asked = {key for keys in load_spec(SPEC).vocabulary.values() for key in keys}
    assert len(asked) >= 19
    assert asked <= set(attributes())


def test_what_is_looked_for_is_known_in_every_modality_and_without_one() -> None:
    for modality in (*MODALITIES, None):
        assert set(looked_for(modality)) <= set(attributes())
    assert looked_for("dermoscopy") == looked_for(None)
