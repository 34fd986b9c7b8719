"""One model in full."""

from __future__ import annotations

import shlex

from medq.catalogue.card import card_lines, commands, serve_command
from medq.catalogue.entry import entry
from medq.compose import check_arguments


def test_the_command_of_a_server_has_the_commit_the_gpus_and_the_model_s_arguments() -> None:
    words = shlex.split(serve_command(entry("qwen72b")))
    assert words[:3] == ["vllm", "serve", "Qwen/Qwen2.5-VL-72B-Instruct"]
    for pair in (
        ["--tensor-parallel-size", "4"],
        ["--revision", "89c86200743eec961a297729e7990e8f2ddbc4c5"],
        ["--max-model-len", "16384"],
        ["--limit-mm-per-prompt", '{"image": 2}'],
    ):
        at = words.index(pair[0])
        assert words[at : at + 2] == pair


def test_code_of_a_repository_runs_only_where_the_catalogue_says_so() -> None:
    assert "--trust-remote-code" in serve_command(entry("internvl25_26b"))
    assert "--trust-remote-code" not in serve_command(entry("internvl38b"))


def test_the_commands_are_those_that_can_work() -> None:
    assert [line for line in commands(entry("qwen7b")) if "hardware=gpu1" in line]
    assert [line for line in commands(entry("qwen72b")) if "hardware=gpu8" in line]
    assert not [line for line in commands(entry("janus_pro7b")) if "vllm" in line]
    assert not [line for line in commands(entry("bagel")) if "hardware=gpu" in line]
    only = list(commands(entry("unimedvl")))
    assert len(only) == 1
    assert "model.api_base=" in only[0]
    assert list(commands(entry("gpt5"))) == ["python -m medq +task=perception model=gpt5"]


def test_every_command_of_medq_has_words_that_it_takes() -> None:
    for option in ("qwen72b", "hf", "gpt5", "bimedix2"):
        for line in commands(entry(option)):
            if line.startswith("python"):
                check_arguments(shlex.split(line)[3:])


def test_the_card_says_why_a_model_does_not_run() -> None:
    text = "\n".join(card_lines(entry("hulumed7b")))
    assert "hulumed_qwen2" in text
    assert "Hulu-Med(7B)" in text
    assert "GPUs for a copy" not in text
