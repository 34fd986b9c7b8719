"""Whether a run is shared out, and how."""

from __future__ import annotations

from pathlib import Path

import pytest

from medq.errors import ConfigError
from medq.shards.choosing import chosen_sharing, dealt_out
from tests.medq.shards.configured import configured

PERCEPTION = ("+task=perception", "model=random")
GPUS = tuple("abcdefgh")


def test_a_run_of_one_process_is_not_shared_out() -> None:
    assert chosen_sharing(configured(*PERCEPTION)) is None
    assert chosen_sharing(configured(*PERCEPTION, "hardware.shards=null")) is None


def test_scoring_again_is_never_shared_out() -> None:
    assert chosen_sharing(configured(*PERCEPTION, "hardware.shards=4", "mode=score")) is None


def test_as_many_shards_as_wanted() -> None:
    sharing = chosen_sharing(configured(*PERCEPTION, "hardware.shards=4"))
    assert sharing is not None
    assert (sharing.count, sharing.launcher.name, sharing.gpus) == (4, "processes", ((),) * 4)


@pytest.mark.parametrize("each", [1, 2, 4, 8])
def test_copies_of_the_weights_side_by_side_share_no_gpu(each: int) -> None:
    dealt = dealt_out(GPUS, each, 8 // each)
    assert sorted(gpu for shard in dealt for gpu in shard) == sorted(GPUS)
    assert all(len(shard) == each for shard in dealt)


def test_more_shards_than_gpus_take_turns() -> None:
    assert dealt_out(("a", "b"), 1, 5) == (("a",), ("b",), ("a",), ("b",), ("a",))


def test_too_few_gpus_for_one_copy_are_said() -> None:
    with pytest.raises(ConfigError, match="there are 1 GPUs here"):
        dealt_out(("a",), 2, 1)


def test_each_process_gets_its_gpus_before_anything_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{n}, GPU-{n}{n}, H100, 81920\\n" for n in range(4))
    (tmp_path / "nvidia-smi").write_text(f'#!/bin/sh\nprintf "{rows}"\n')
    (tmp_path / "nvidia-smi").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    sharing = chosen_sharing(
        configured("+task=perception", "model=qwen7b", "hardware=gpu8", "hardware.gpus_per_model=2")
    )
    assert sharing is not None
    assert sharing.gpus == (("GPU-00", "GPU-11"), ("GPU-22", "GPU-33"))
