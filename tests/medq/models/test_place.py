"""Places that the catalogue rules out, with the way that does work."""

from __future__ import annotations

import pytest

from medq.errors import ConfigError
from medq.hardware import HardwareSettings
from medq.models.place import check_place
from medq.models.settings import LocalSettings, ModelSettings, ServedSettings

PROCESS = HardwareSettings(name="gpu1", device="cuda")
VLLM = HardwareSettings(name="vllm", place="vllm", device="cuda")
OWN_CODE = "its code is not in transformers"


def weights(local: str | None, served: str | None) -> ModelSettings:
    ways = {"local": LocalSettings(model="huggingface", refused=local), "served": ServedSettings(refused=served)}
    return ModelSettings.model_validate({"kind": "lmms", "name": "x", "id": "org/x", **ways})


def test_what_is_not_ruled_out_passes() -> None:
    check_place(weights(None, None), PROCESS)
    check_place(weights(OWN_CODE, None), VLLM)
    check_place(weights(None, "no engine has it"), PROCESS)
    check_place(ModelSettings(kind="lmms", id="org/x"), PROCESS)


@pytest.mark.parametrize(
    ("local", "served", "hardware", "words"),
    [
        (
            OWN_CODE,
            None,
            PROCESS,
            rf"x does not run with hardware=gpu1: {OWN_CODE}; use hardware=vllm, or name a server",
        ),
        (None, "no engine has it", VLLM, "hardware=vllm: no engine has it; use hardware=gpu1 or gpu8, or name"),
        (OWN_CODE, "no engine has it", PROCESS, rf"{OWN_CODE}; name a server with model\.api_base"),
        (OWN_CODE, "no engine has it", VLLM, r"no engine has it; name a server with model\.api_base"),
    ],
)
def test_the_reason_comes_with_the_way_that_works(
    local: str | None, served: str | None, hardware: HardwareSettings, words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        check_place(weights(local, served), hardware)
