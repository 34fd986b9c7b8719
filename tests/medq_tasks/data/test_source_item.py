from __future__ import annotations

import pytest

from medq_tasks.data.source_item import source_of, unique_id


@pytest.mark.parametrize(
    ("index", "degradation"),
    [
        ("GMAI_mm_bench_VAL_1785", "gaussian_noise"),
        ("GMAI_mm_bench_VAL_1785", None),
        ("GMAI_mm_bench_VAL_1785_gaussian_noise_mild", "gaussian_noise"),
        ("GMAI_mm_bench_VAL_1785_Gaussian_Noise_L2", "gaussian_noise"),
        ("GMAI_mm_bench_VAL_1785_severe_gaussian_noise", "gaussian_noise"),
        ("GMAI_mm_bench_VAL_1785-gaussian-noise-1", "gaussian_noise"),
        ("GMAI_mm_bench_VAL_1785_gaussian_noise", "gaussian_noise"),
    ],
)
def test_clean_and_degraded_indexes_lead_to_the_same_source(index: str, degradation: str | None) -> None:
    assert source_of(index, degradation) == "GMAI_mm_bench_VAL_1785"


def test_a_trailing_number_of_the_id_itself_is_kept() -> None:
    assert source_of("study_2", "gaussian_noise") == "study_2"
    assert source_of("gaussian_noise", "gaussian_noise") == "gaussian_noise"


def test_copies_that_repeat_the_clean_index_get_ids_of_their_own() -> None:
    ids = {
        unique_id("q7", source_item="q7", degradation=degradation, severity=severity)
        for degradation, severity in [(None, "L0"), ("blur", "L1"), ("blur", "L2"), ("noise", "L1")]
    }
    assert ids == {"q7", "q7:blur:L1", "q7:blur:L2", "q7:noise:L1"}


def test_a_copy_with_an_index_of_its_own_keeps_it() -> None:
    assert unique_id("q7_blur_mild", source_item="q7", degradation="blur", severity="L1") == "q7_blur_mild"
