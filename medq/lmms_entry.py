"""What medq adds to lmms-eval's models, declared without importing torch (entry point `lmms_eval.models`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lmms_eval.models.registry_v2 import ModelManifest


def manifests() -> list[ModelManifest]:
    """The models by the name that `lmms_eval --model` takes."""
    from lmms_eval.models.registry_v2 import ModelManifest

    return [
        ModelManifest(model_id="medq", chat_class_path="medq.lmms_model.MedqModel"),
        ModelManifest(model_id="medq_litellm", chat_class_path="medq.lmms_litellm.MedqLitellm"),
        ModelManifest(model_id="medq_replay", chat_class_path="medq.lmms_replay.MedqReplay"),
    ]
