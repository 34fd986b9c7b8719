"""What the shards' calls cost, taken over into the run's `spending.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from medq.run.write import write_lines
from medq.spending import spending_lines


def merge_spending(target: Path, sources: Sequence[Path]) -> None:
    """Appends the attempts of all sources, numbered on; a source that is in it already is passed over.

    The target appears whole or not at all, so that a kill counts no dollar twice.
    """
    found = [source for source in sources if source.is_file()]
    if not found:
        return
    lines = spending_lines(target)
    merged = {line.get("from") for line in lines}
    following = max((line["attempt"] for line in lines), default=-1) + 1
    for source in found:
        new = [] if source.name in merged else spending_lines(source)
        lines += [{**line, "attempt": following + line["attempt"], "from": source.name} for line in new]
        following += max((line["attempt"] for line in new), default=-1) + 1
    write_lines(target, (json.dumps(line) + "\n" for line in lines))
