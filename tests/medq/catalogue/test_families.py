"""Families that the catalogue sends through lmms-eval's generic class answer there, in any batch."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.hardware import HardwareSettings
from medq.models.lmms import LmmsModel
from medq.models.settings import LocalSettings, ModelSettings
from tests.medq.models.local.small_questions import outcomes, questions, texts
from tests.tiny_families import FAMILIES, write_family


@pytest.mark.local
@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_answers_through_the_generic_class_and_a_batch_changes_nothing(family: str, tmp_path: Path) -> None:
    pytest.importorskip("lmms_eval")
    local = LocalSettings(model="huggingface")
    folder = write_family(family, tmp_path)
    settings = ModelSettings(kind="lmms", id="org/tiny", name=family, path=folder, max_tokens=6, local=local)
    asked = questions(4)
    found = {}
    for batch in (1, 4):
        model = LmmsModel(settings, HardwareSettings(name="cpu", batch_size=batch))
        found[batch] = texts(outcomes(model, asked))
        assert any("images bit-identical up to the processor: 6/6" in line for line in model.notes())
    assert found[1] == found[4]
    assert len(set(found[1])) == len(asked)
