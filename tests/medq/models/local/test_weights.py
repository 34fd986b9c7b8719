"""A folder that transformers can load, told from one that it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.errors import ConfigError
from medq.models.local.weights import check_folder


def test_a_folder_without_configuration_or_weights_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"found no config\.json"):
        check_folder(tmp_path)
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ConfigError, match=r"expected weights as \*\.safetensors"):
        check_folder(tmp_path)


def test_a_configuration_that_is_no_json_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ConfigError, match=r"config\.json is no JSON"):
        check_folder(tmp_path)
