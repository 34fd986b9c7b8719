"""The lexicon loads, and the longer of two words counts."""

from __future__ import annotations

from judges.rules.lexicon import artifact_kinds, mentions, terms

MODALITIES = {"ct", "mri", "histopathology", "endoscopy", "fundus", "xray", "ultrasound", "dermoscopy"}


def test_every_term_names_known_modalities_only() -> None:
    assert {modality for term in terms() for modality in term.modalities} <= MODALITIES


def test_motion_artifacts_are_motion_and_not_also_artifacts() -> None:
    assert [mention.attribute for mention in mentions("motion artifacts")] == ["motion"]


def test_every_spelling_of_artifact_is_read() -> None:
    assert [mention.attribute for mention in mentions("streak artefacts and an artifact")] == ["streak", "artifact"]


def test_a_word_inside_another_word_is_not_read() -> None:
    assert mentions("unobscured nuclear explosions") == []


def test_the_paper_s_attributes_of_each_modality_are_covered() -> None:
    listed = {
        "histopathology": "tissue cut, overlap, thread, compression, dark spot, folding, air bubble, blood stain",
        "mri": "aliasing, inhomogeneity, motion, susceptibility",
        "ct": "low-dose noise, streak, metal, ring artifacts, incomplete projections",
        "endoscopy": "uneven, low-contrast, specular reflection, motion blur, saturated, instrument, bubbles",
        "fundus": "defocus, colour distortion, low-contrast",
    }
    for modality, words in listed.items():
        for word in words.split(", "):
            assert mentions(word, modality=modality), (modality, word)


def test_the_kinds_of_artifacts_do_not_hold_the_general_word() -> None:
    assert "artifact" not in artifact_kinds()
    assert {"streak", "motion", "ring"} <= artifact_kinds()
