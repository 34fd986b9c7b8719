"""Reading an option without Hydra gives what Hydra composes."""

from __future__ import annotations

from typing import Any

import pytest
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

from medq.catalogue.read import GIVEN_LATER, read_settings
from medq.groups import options
from medq.models.settings import ModelSettings
from medq.paths import CONF


@pytest.mark.parametrize("option", options("model"))
def test_an_option_reads_as_hydra_composes_it(option: str) -> None:
    with initialize_config_dir(str(CONF), version_base="1.3"):
        composed = compose(f"model/{option}")
    plain: Any = OmegaConf.to_container(composed["model"], resolve=True)
    read = read_settings(option)
    # Hydra lets a key that the command must give fall back to the base's null, which the run then refuses.
    plain |= {key: GIVEN_LATER for key in ("id", "api_base", "path") if str(getattr(read, key)) == GIVEN_LATER}
    assert ModelSettings.model_validate(plain) == read


def test_what_the_command_has_to_give_is_marked() -> None:
    assert read_settings("hf").id == GIVEN_LATER
    assert read_settings("qwen7b").id == "Qwen/Qwen2.5-VL-7B-Instruct"
