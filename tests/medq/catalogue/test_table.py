"""The catalogue as cells and as data."""

from __future__ import annotations

import json

from medq.catalogue import entries, entry
from medq.catalogue.table import as_data, catalogue_table, gpus, size


def test_size_and_gpus_are_empty_where_nothing_is_loaded_and_a_dash_where_a_node_is_too_small() -> None:
    assert (size(entry("qwen3_30b")), size(entry("qwen7b")), size(entry("gpt5"))) == ("31.1 (3.3)", "8.3", "")
    assert (gpus(entry("qwen3_235b"), "24 GB"), gpus(entry("qwen3_235b"), "80 GB")) == ("–", "8")
    assert (gpus(entry("gpt5"), "24 GB"), gpus(entry("showo2_7b"), "80 GB")) == ("", "")


def test_open_weights_come_first_and_baselines_last() -> None:
    found = list(entries())
    options = list(catalogue_table(found).columns[0].cells)
    assert len(options) == len(found)
    sections = {one.option: one.section for one in found}
    order = list(dict.fromkeys(sections[str(option)] for option in options))
    assert order == ["open weights", "APIs", "named by the command", "embedded"]


def test_data_is_plain_and_says_why_a_model_does_not_run() -> None:
    data = json.loads(json.dumps([as_data(one) for one in entries()]))
    by_option = {one["option"]: one for one in data}
    assert by_option["hf"]["id"] is None
    assert by_option["deepseek_vl2"]["in_process"] is None
    assert "transformers 5" in by_option["deepseek_vl2"]["refused"]["in_process"]
    assert by_option["gpt41"]["price"]["source"] == "litellm 1.106.2"
    assert by_option["gpt41"]["shutdown"] == "2027-01-14"
