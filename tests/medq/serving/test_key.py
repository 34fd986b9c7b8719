"""The key is random, one for a process, known to `redact`; loopback is not a proxy's business."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from medq.secrets import redact
from medq.serving.key import KEY_ENV, keep_loopback_direct, make_key, server_environment


def test_a_key_is_made_once_and_redacted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_ENV, "")
    make_key()
    first = os.environ[KEY_ENV]
    make_key()
    assert os.environ[KEY_ENV] == first
    assert len(first) > 30
    assert server_environment()["VLLM_API_KEY"] == first
    assert first not in redact(f"Authorization: {first}")


def test_loopback_is_added_to_the_hosts_without_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "example.org")
    monkeypatch.setenv("no_proxy", "")
    keep_loopback_direct()
    keep_loopback_direct()
    assert os.environ["NO_PROXY"] == "example.org,127.0.0.1"
    assert os.environ["no_proxy"] == "127.0.0.1"


def test_the_server_finds_its_gpus_by_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho '3, GPU-bb, NVIDIA H100, 81559'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "GPU-bb")
    make_key()
    found = server_environment()
    assert (found["CUDA_VISIBLE_DEVICES"], found["CUDA_DEVICE_ORDER"]) == ("3", "PCI_BUS_ID")
