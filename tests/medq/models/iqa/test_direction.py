"""The estimate follows the truth on every packaged image, for every attribute that it claims to see there."""

import io

import numpy as np
import pytest
from PIL import Image

from medq.models.iqa.attributes import attributes
from medq.models.iqa.estimate import attribute_score
from medq.models.iqa.picture import open_picture
from medq.models.iqa.statistics import STATISTICS
from medq.models.iqa.thresholds import thresholds
from medq_tasks.sample.catalogue import originals
from medq_tasks.sample.opening import open_original
from medq_tasks.sample.variants import degraded

# What the baseline does not claim, with the reason.
NOT_CLAIMED = {
    ("mri-shoulder", "bias_field"): "its surface coil shades it by 3 stops already; a random field evens that out as "
    "often as not, and a single image does not tell one shading from the other",
}
CLAIMED = [
    (original.id, attribute)
    for original in originals()
    for attribute in original.attributes
    if attribute in attributes() and (original.id, attribute) not in NOT_CLAIMED
]


def _measured(name: str, attribute: str) -> list[dict[str, float]]:
    """The attribute's statistics on the clean image, at the mild and at the severe level."""
    original = next(one for one in originals() if one.id == name)
    clean = open_original(original)
    seen = [clean]
    for level in ("mild", "severe"):
        seen.append(np.asarray(Image.open(io.BytesIO(degraded(original, clean, attribute, level).png))))
    names = [statistic for statistic, _ in attributes()[attribute].signed()]
    return [{statistic: STATISTICS[statistic](open_picture(pixels)) for statistic in names} for pixels in seen]


@pytest.mark.parametrize(("name", "attribute"), CLAIMED)
def test_every_statistic_rises_with_the_attribute_and_the_score_never_falls(name: str, attribute: str) -> None:
    measured = _measured(name, attribute)
    for statistic, sign in attributes()[attribute].signed():
        none, mild, severe = (sign * values[statistic] for values in measured)
        assert none < mild < severe, (statistic, none, mild, severe)
    limits = thresholds().attributes[attribute]
    scores = [attribute_score(attribute, values, limits) for values in measured]
    assert scores == sorted(scores), scores


def test_what_is_not_claimed_is_still_in_the_set() -> None:
    listed = {(original.id, attribute) for original in originals() for attribute in original.attributes}
    assert set(NOT_CLAIMED) <= listed
