"""`python -m medq models` as it is typed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from medq.catalogue.command import models_command
from medq.groups import options


def test_all_options_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert models_command([]) == 0
    shown = capsys.readouterr().out
    assert all(option in shown for option in options("model"))


def test_a_word_lists_a_part_and_an_option_one_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert models_command(["medgemma"]) == 0
    part = capsys.readouterr().out
    assert "medgemma27b" in part
    assert "qwen7b" not in part
    assert models_command(["medgemma27b"]) == 0
    assert "vllm serve google/medgemma-27b-it" in capsys.readouterr().out


def test_programs_get_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert models_command(["qwen72b", "--json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert one["id"] == "Qwen/Qwen2.5-VL-72B-Instruct"
    assert one["gpus"] == {"24 GB": 8, "80 GB": 4}
    assert one["published"] == {"medq_bench": "qwen2.5-vl-72b", "medq_deg": "Qwen2.5-VL-Instruct(72B)"}


@pytest.mark.parametrize("wrong", [["a", "b"], ["--yaml"], ["--json", "--markdown"], ["zzzz"]])
def test_what_cannot_be_shown_is_one_line_and_exit_code_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert models_command(wrong) == 2
    error = capsys.readouterr().err
    assert error.startswith("medq: ")
    assert error.count("\n") == 1


def test_the_command_line_needs_neither_torch_nor_litellm_nor_hydra() -> None:
    code = (
        "import sys; from medq.__main__ import main; code = main(['models']); "
        "loaded = {'torch', 'transformers', 'litellm', 'hydra', 'omegaconf', 'lmms_eval'} & set(sys.modules); "
        "assert not loaded, loaded; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "Qwen/Qwen2.5-VL-72B-Instruct" in done.stdout
