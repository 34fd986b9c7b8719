"""SGLang's module is run as itself, with the key that it takes from nowhere but its arguments."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SGLANG = """
import sys
from pathlib import Path
if __name__ == "__main__":
    print(sys.argv[1:], Path("/proc/self/cmdline").read_bytes().count(b"hidden-key"))
"""


def test_the_key_reaches_sglang_and_stays_out_of_the_process_table(tmp_path: Path) -> None:
    (tmp_path / "sglang").mkdir()
    (tmp_path / "sglang" / "__init__.py").touch()
    (tmp_path / "sglang" / "launch_server.py").write_text(SGLANG)
    done = subprocess.run(
        [sys.executable, "-m", "medq.serving.sglang_server", "--port", "1"],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "MEDQ_SERVER_API_KEY": "hidden-key"},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == "['--port', '1', '--api-key', 'hidden-key'] 0"
