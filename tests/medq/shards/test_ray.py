"""Shards as tasks of a Ray cluster of two real nodes on loopback, one of which is killed in mid-run."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from medq.errors import ConfigError
from medq.faultserver import serve
from medq.shards import launcher_for
from tests.medq.shards.cluster import Cluster, cluster, command, kill, processes
from tests.medq.shards.configured import configured
from tests.medq.shards.watching import wait_until_all_answer

Start = Callable[..., "subprocess.Popen[str]"]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Arguments = Callable[..., Sequence[str]]
Items = Callable[[int], Path]

ITEMS = 80
SHARDS = 4
CONCURRENCY = 2
ON_RAY = ("hardware=ray", "hardware.device=cpu", f"hardware.shards={SHARDS}", f"model.concurrency={CONCURRENCY}")


@pytest.fixture
def nodes() -> Iterator[Cluster]:
    with cluster(cpus=SHARDS // 2) as running:
        yield running


@pytest.mark.long
def test_a_node_killed_in_mid_run_loses_nothing_and_what_is_answered_is_not_asked_again(
    tmp_path: Path, items_file: Items, start: Start, arguments: Arguments, nodes: Cluster
) -> None:
    run_dir, items = tmp_path / "run", items_file(ITEMS)
    with serve(latency_s=0.6) as server:
        asked = arguments(server.url, items, f"run.dir={run_dir}", *ON_RAY, f"hardware.ray.address={nodes.address}")
        run = start(*asked, environment=nodes.environment)
        wait_until_all_answer(run_dir, run, shards=SHARDS)
        killed = nodes.nodes[1]
        on_killed_node = [pid for pid in processes(killed) if b"ray::_task" in command(pid)]
        kill(killed)
        _, err = run.communicate(timeout=120)
        assert run.returncode == 0, err
        calls = server.stats()["by_content"]
        assert on_killed_node
        assert len(calls) == ITEMS
        again = sum(calls.values()) - ITEMS
        assert 1 <= again <= 2 * CONCURRENCY * len(on_killed_node)
    ends = json.loads((run_dir / "manifest.json").read_text())["shards"]["ends"]
    assert sum(end["restarts"] for end in ends) == len(on_killed_node)
    assert sum(end["answered"] for end in ends) == ITEMS
    assert not (run_dir / "shards").exists()


def test_no_cluster_is_said_in_one_line_before_a_directory_is_made(
    tmp_path: Path, items_file: Items, medq: Run, arguments: Arguments
) -> None:
    run_dir = tmp_path / "run"
    done = medq(
        *arguments("http://127.0.0.1:9/v1", items_file(3), f"run.dir={run_dir}", *ON_RAY),
        environment={"RAY_ADDRESS": "", "RAY_TMPDIR": str(tmp_path)},
    )
    assert done.returncode == 2
    assert "no Ray cluster can be reached" in done.stderr
    assert "Traceback" not in done.stderr
    assert not run_dir.exists()


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    config = configured("+task=perception", "model=random", "hardware=ray")
    with pytest.raises(ConfigError, match=r"pip install -e '\.\[ray\]'"):
        launcher_for(config.hardware).check(config)
