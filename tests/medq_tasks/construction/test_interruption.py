"""A build that is killed goes on where it stopped, and ends in the same bytes."""

import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_a_build_that_was_killed_goes_on_and_ends_in_the_same_bytes(built, tmp_path, spec_file, build_command):
    out = tmp_path / "killed"
    command = [sys.executable, "-W", "ignore", "-m", "medq_tasks", "build", str(spec_file), "--out", str(out)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while len(list(out.glob(".state/*.json"))) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert not (out / "SHA256SUMS").exists(), "the build ended before it was killed"
    kept = {path: path.stat().st_mtime_ns for path in out.glob(".state/*.json")}
    assert len(kept) >= 3
    done = build_command(spec_file, out)
    assert done.returncode == 0, done.stderr
    assert (out / "SHA256SUMS").read_text() == (built / "SHA256SUMS").read_text()
    assert all(path.stat().st_mtime_ns == before for path, before in kept.items())
