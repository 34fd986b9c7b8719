"""`python -m medq.faultserver` as a process of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request

import pytest

COMMAND = [sys.executable, "-m", "medq.faultserver"]


def test_it_prints_its_address_serves_and_ends_on_sigterm() -> None:
    with subprocess.Popen([*COMMAND, "--latency", "0"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with urllib.request.urlopen(url.replace("/v1", "/stats"), timeout=5) as response:
            assert json.load(response)["calls"] == 0
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0


@pytest.mark.parametrize("faults", ["nonsense=0.1", "500=2", "500"])
def test_a_wrong_option_ends_with_code_2_and_one_line(faults: str) -> None:
    done = subprocess.run([*COMMAND, "--faults", faults], capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "expected" in done.stderr
