"""The five categories of MedQ-Deg's degradations."""

from __future__ import annotations

from collections.abc import Mapping

# Source: arXiv 2603.07769 and the ids in its data.
MEMBERS: Mapping[str, tuple[str, ...]] = {
    "artifacts": (
        "limited_angle", "sparse_view", "bias_field_artifact", "undersampling_artifact", "ghosting_artifact",
        "blood_cell_artifact", "dark_spots_artifact",
    ),
    "motion": ("rotation_artifact", "random_motion_artifact"),
    "intensity": ("adjust_brightness", "exposure_artifact", "reduce_contrast"),
    "noise": ("gaussian_noise", "low_dose"),
    "resolution_blur": (
        "downsample_artifact", "motion_blur", "xray_motion_blur_artifact", "gaussian_blur", "bubble_artifact",
    ),
}  # fmt: skip
_CATEGORY = {name: category for category, names in MEMBERS.items() for name in names}


def category_of(degradation: str | None) -> str | None:
    """The category of a MedQ-Deg id; of a degradation of this package (`ct.ring`) its own; None for another name.

    >>> category_of("low_dose"), category_of("bubble_artifact"), category_of(None)
    ('noise', 'resolution_blur', None)
    """
    if degradation is None or degradation in _CATEGORY or "." not in degradation:
        return _CATEGORY.get(degradation or "")
    from medq_tasks.degradations.registry import load_all

    spec = load_all().get(degradation)
    return None if spec is None else spec.category
