"""Severity from words: negation, its reach, and grading words, one sentence at a time."""

from __future__ import annotations

import pytest

from judges.rules.facts import Fact, facts

ABSENT, MILD, MODERATE, SEVERE = 0, 1, 2, 3
CASES = [
    ("There are motion artifacts.", {"motion": MODERATE}),
    ("There are no motion artifacts.", {"motion": ABSENT}),
    ("No motion artifacts are visible.", {"motion": ABSENT}),
    ("The image is motion-free.", {"motion": ABSENT}),
    ("The image is noise free.", {"noise": ABSENT}),
    ("The image is free of noise.", {"noise": ABSENT}),
    ("The scan is free from motion and streak artifacts.", {"motion": ABSENT, "streak": ABSENT}),
    ("without visible noise", {"noise": ABSENT}),
    ("Noise is minimal.", {"noise": ABSENT}),
    ("There is minimal noise.", {"noise": ABSENT}),
    ("Low noise.", {"noise": ABSENT}),
    ("Noise levels are low.", {"noise": ABSENT}),
    ("The noise level is high.", {"noise": SEVERE}),
    ("The image is not blurred.", {"blur": ABSENT}),
    ("The image isn't blurry.", {"blur": ABSENT}),
    ("The image is blurred.", {"blur": MODERATE}),
    ("The image is severely blurred.", {"blur": SEVERE}),
    ("The image is slightly blurred.", {"blur": MILD}),
    ("Slight blur is present.", {"blur": MILD}),
    ("Severe streak artifacts are present.", {"streak": SEVERE}),
    ("Streak artifacts are severe.", {"streak": SEVERE}),
    ("Streak artifacts are not visible.", {"streak": ABSENT}),
    ("Ring artifacts are absent.", {"ring": ABSENT}),
    ("Motion artefacts are prominent.", {"motion": SEVERE}),
    ("There is no visible noise, blur or aliasing.", {"noise": ABSENT, "blur": ABSENT, "aliasing": ABSENT}),
    ("Neither noise nor blur is present.", {"noise": ABSENT, "blur": ABSENT}),
    ("No noise is seen, the edges are blurred.", {"noise": ABSENT, "blur": MODERATE}),
    ("No noise is visible, but the image is blurred.", {"noise": ABSENT, "blur": MODERATE}),
    ("The image has no noise and good contrast.", {"noise": ABSENT, "contrast": ABSENT}),
    ("The image is not noisy and has good contrast.", {"noise": ABSENT, "contrast": ABSENT}),
    ("No diagnosis is possible due to severe noise.", {"noise": SEVERE}),
    ("The edges are sharp.", {"blur": ABSENT}),
    ("The edges are not sharp.", {"blur": MODERATE}),
    ("The edges are less sharp.", {"blur": MODERATE}),
    ("The edges are slightly less sharp.", {"blur": MILD}),
    ("The boundaries are poorly defined.", {"blur": MODERATE}),
    ("The boundaries are well-defined.", {"blur": ABSENT}),
    ("Contrast is good.", {"contrast": ABSENT}),
    ("Good contrast.", {"contrast": ABSENT}),
    ("Contrast is poor.", {"contrast": MODERATE}),
    ("Contrast is severely reduced.", {"contrast": SEVERE}),
    ("The contrast is slightly reduced.", {"contrast": MILD}),
    ("Moderate contrast.", {"contrast": MILD}),
    ("The image lacks contrast.", {"contrast": MODERATE}),
    ("without loss of contrast", {"contrast": ABSENT}),
    ("no significant loss of contrast", {"contrast": ABSENT}),
    ("Contrast is not good.", {"contrast": MODERATE}),
    ("Contrast and brightness remain acceptable.", {"contrast": ABSENT, "brightness": ABSENT}),
    ("adequate brightness and contrast", {"contrast": ABSENT, "brightness": ABSENT}),
    ("Contrast is poor, noise is elevated.", {"contrast": MODERATE, "noise": MODERATE}),
    ("The resolution is higher, and artifacts are minimal.", {"resolution": ABSENT, "artifact": ABSENT}),
    ("The anatomy is clearly visible.", {"detail": ABSENT}),
    ("Streaks are clearly visible.", {"streak": MODERATE}),
    ("There is clear evidence of motion.", {"motion": MODERATE}),
    ("A good signal-to-noise ratio.", {"noise": ABSENT}),
    ("A low SNR.", {"noise": MODERATE}),
    ("In contrast, the noise is high.", {"noise": SEVERE}),
    ("A contrast-enhanced scan of the liver.", {}),
    ("The liver and the spleen are shown.", {}),
    ("Noise: minimal.", {"noise": ABSENT}),
    ("Contrast: poor", {"contrast": MODERATE}),
    ("**Sharpness:** excellent", {"blur": ABSENT}),
    (
        "Severe motion artifacts, including blurring and ghosting.",
        {"motion": SEVERE, "blur": SEVERE, "ghosting": MODERATE},
    ),
    ("Illumination is uneven.", {"uniformity": MODERATE}),
    ("Illumination is even.", {"brightness": ABSENT}),
    ("Low-dose noise is prominent.", {"noise": SEVERE}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_severity_that_a_sentence_states(text: str, expected: dict[str, int]) -> None:
    found = {fact.attribute: grade for fact, grade in facts(text).items()}
    assert found == expected


def test_a_problem_that_is_both_denied_and_stated_is_stated() -> None:
    assert facts("No noise in the centre. Severe noise at the edges.") == {Fact("noise"): SEVERE}
