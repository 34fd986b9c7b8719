"""The names that MedQ-Bench and MedQ-Deg use lead to a degradation."""

import pytest

from medq_tasks.degradations.registry import get

MEDQ_DEG = {
    "rotation_artifact": "general.rotation",
    "random_motion_artifact": "general.movement",
    "adjust_brightness": "general.brightness",
    "exposure_artifact": "general.exposure",
    "reduce_contrast": "general.reduce_contrast",
    "gaussian_noise": "general.gaussian_noise",
    "downsample_artifact": "general.low_resolution",
    "motion_blur": "general.motion_blur",
    "gaussian_blur": "general.gaussian_blur",
    "bubble_artifact": "histopathology.air_bubble",
    "blood_cell_artifact": "histopathology.blood_cells",
    "dark_spots_artifact": "histopathology.dark_spots",
    "xray_motion_blur_artifact": "xray.motion_blur",
}
MEDQ_BENCH = {
    "histopathology": (
        ["tissue_cut", "overlap", "thread", "compression", "dark_spot", "tissue_folding", "air_bubble", "blood_stain"]
    ),
    "endoscopy": (
        [
            "illumination_non_uniformity",
            "low_contrast",
            "specular_reflection",
            "motion_blur",
            "saturation",
            "instrument",
            "bubbles",
        ]
    ),
    "fundus": ["defocus", "colour_distortion", "low_contrast"],
}


@pytest.mark.parametrize(("name", "id"), MEDQ_DEG.items())
def test_an_id_of_medq_deg_is_an_alias(name, id):
    assert get(name).id == id


@pytest.mark.parametrize(("modality", "name"), [(m, name) for m, names in MEDQ_BENCH.items() for name in names])
def test_an_attribute_of_medq_bench_resolves_within_its_modality(modality, name):
    spec = get(name, modality)
    assert modality in spec.modalities
    assert spec.id.split(".")[0] in {modality, "general", "fundus"}


def test_a_bare_name_with_a_modality_is_that_modalitys_own():
    assert get("motion_blur", "xray").id == "xray.motion_blur"
    assert get("motion_blur", "ct").id == "general.motion_blur"
    assert get("exposure", "xray").id == "xray.exposure"
