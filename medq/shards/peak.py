"""How much memory this process has needed at most."""

from __future__ import annotations

import re
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_rss_mib() -> float:
    """The largest resident set of this process in MiB.

    Of the kernel's two numbers the one that a process does not take over from its parent; 0 where it is not told.
    """
    found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text(encoding="ascii")) if STATUS.is_file() else None
    return round(int(found[1]) / 1024, 1) if found else 0.0
