"""The estimate follows the truth on every packaged image, for every attribute that it claims to see there."""

import pytest

from medq.models.iqa.attributes import attributes
from medq.models.iqa.estimate import attribute_score
from medq.models.iqa.picture import open_picture
from medq.models.iqa.statistics import STATISTICS
from medq.models.iqa.thresholds import thresholds
from medq_tasks.construction import load_spec
from medq_tasks.images import open_pixels
from medq_tasks.sample import SPEC, sample_picture

# What the baseline does not claim, with the reason.
NOT_CLAIMED = {
    ("mri-shoulder", "bias_field"): "its surface coil shades it by 3 stops already; a random field evens that out as "
    "often as not, and a single image does not tell one shading from the other",
}
DEGRADED = [(source.id, attribute) for source in load_spec(SPEC).sources for attribute in source.attributes]
CLAIMED = [pair for pair in DEGRADED if pair[1] in attributes() and pair not in NOT_CLAIMED]


def _measured(name: str, attribute: str) -> list[dict[str, float]]:
    """The attribute's statistics on the clean image, at the mild and at the severe level."""
    paths = [sample_picture(name), *(sample_picture(name, attribute, severity) for severity in ("L1", "L2"))]
    seen = [open_pixels(path.read_bytes(), path.name) for path in paths]
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
    assert set(NOT_CLAIMED) <= set(DEGRADED)
