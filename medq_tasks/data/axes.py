"""The values of the axes that results are broken down by, in the spellings that files use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from medq_tasks.data.problem import shown

_SPELLINGS: Mapping[str, Mapping[str, str]] = {
    "modality": {
        "ct": "computed tomography, ct scan, cbct",
        "mri": "mr, magnetic resonance, magnetic resonance imaging, mr imaging",
        "histopathology": "pathology, histology, histopathological, wsi, whole slide image, microscopy",
        "endoscopy": "endoscopic, colonoscopy, gastroscopy, laparoscopy, endoscopic image",
        "fundus": "fundus photography, retina, retinal, color fundus photography, colour fundus photography, cfp",
        "xray": "x ray, x rays, cxr, chest x ray, radiograph, radiography, dr, cr",
        "ultrasound": "us, ultrasonography, sonography, echo, echocardiography",
        "dermoscopy": "dermatology, dermoscopic, dermatoscopy, skin",
    },
    "question_type": {
        "yes_or_no": "yes or no, yes no, yesno, y n, yes, binary, is",
        "what": "",
        "how": "",
    },
    "degradation_level": {
        "none": "no degradation, nodegradation, no, clean, l0, level 0, 0, 0.0, good, undegraded",
        "mild": "mild degradation, l1, level 1, 1, 1.0, slight, minor",
        "severe": "severe degradation, l2, level 2, 2, 2.0, heavy, strong",
    },
    "concern": {
        "general": "general medical, general question, general medical question, general medical questions",
        "modality_specific": "modality specific, specific, modality specific question, modality specific questions",
    },
    "source": {
        "authentic": "real, real world, original, clinical",
        "simulated": "simulate, simulation, synthetic, synthetically degraded, synth",
        "ai_generated": "ai generated, ai, generated, aigc, ai generation, ai synthesis",
    },
    "difficulty": {
        "coarse": "coarse grained, coarsegrained, easy",
        "fine": "fine grained, finegrained, hard",
    },
    "severity": {
        "L0": "l0, level 0, 0, 0.0, none, no degradation, no, clean, good, original, undegraded",
        "L1": "l1, level 1, 1, 1.0, mild, mild degradation",
        "L2": "l2, level 2, 2, 2.0, severe, severe degradation",
    },
    "split": {
        "dev": "development, val, validation",
        "test": "testing",
        "train": "training",
    },
}
_ABSENT = frozenset({"", "n a", "na", "nan", "null", "none", "unknown"})
_BREAKS = re.compile(r"[\s_\-/]+")

# The names that the MedQ-Deg paper prints, to the ids that its files use.
_DEGRADATIONS: Mapping[str, str] = {
    "bias_field": "bias_field_artifact",
    "undersampling": "undersampling_artifact",
    "ghosting": "ghosting_artifact",
    "blood_cell": "blood_cell_artifact",
    "dark_spots": "dark_spots_artifact",
    "object_rotation": "rotation_artifact",
    "rotation": "rotation_artifact",
    "object_movement": "random_motion_artifact",
    "random_motion": "random_motion_artifact",
    "exposure": "exposure_artifact",
    "low_resolution": "downsample_artifact",
    "downsample": "downsample_artifact",
    "xray_motion_blur": "xray_motion_blur_artifact",
    "bubble": "bubble_artifact",
}


def _normal(text: str) -> str:
    return _BREAKS.sub(" ", text.strip().lower()).strip()


def _lookup(values: Mapping[str, str]) -> dict[str, str]:
    table: dict[str, str] = {}
    for value, spellings in values.items():
        table |= {_normal(spelling): value for spelling in (value, *spellings.split(", ")) if spelling}
    return table


@cache
def _table(axis: str) -> dict[str, str]:
    return _lookup(_SPELLINGS[axis])


@lru_cache(maxsize=4096)
def axis_value(axis: str, text: str) -> str | None:
    """The value of an axis in the spelling of `medq_tasks.item`; None for an empty cell.

    Case, spaces, hyphens and the usual synonyms do not matter. "None" is a value of the degradation level and of the
    severity, and an absent value elsewhere. Raises ValueError with the values that are known.

    >>> axis_value("modality", "Pathology"), axis_value("degradation_level", "No degradation")
    ('histopathology', 'none')
    """
    normal, table = _normal(text), _table(axis)
    if normal in table:
        return table[normal]
    if normal in _ABSENT:
        return None
    raise ValueError(f"expected one of {', '.join(_SPELLINGS[axis])}, got {shown(text)}")


@lru_cache(maxsize=4096)
def degradation_id(text: str) -> str | None:
    """A degradation's id as MedQ-Deg's files write it; None for an empty cell and for a clean image.

    The set is open: a name that is not known is kept, in lower case with underscores.

    >>> degradation_id("Object rotation"), degradation_id("ct.low_dose"), degradation_id("clean")
    ('rotation_artifact', 'ct.low_dose', None)
    """
    normal = _normal(text)
    if normal in _ABSENT or normal in {"clean", "no degradation", "l0"}:
        return None
    name = normal.replace(" ", "_")
    return _DEGRADATIONS.get(name, name)
