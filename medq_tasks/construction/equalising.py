"""Equally many images in dev and test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from medq_tasks.construction.original import Original
from medq_tasks.construction.splitting import SPLITS


def equalised(originals: Sequence[Original], splits: Mapping[str, str]) -> tuple[list[Original], list[Original]]:
    """What stays and what is left out so that both splits hold equally many images, in the order given.

    The last slice of the largest study on the larger side goes first; no study loses its last image, so a difference
    remains where the studies alone are more on one side.
    """
    kept, out = list(originals), list[Original]()
    while True:
        sizes = Counter(splits[original.id] for original in kept)
        larger = max(SPLITS, key=lambda side: sizes[side])
        studies = Counter(original.study for original in kept if splits[original.id] == larger)
        study, members = studies.most_common(1)[0]
        if len({sizes[side] for side in SPLITS}) == 1 or members == 1:
            return kept, out
        last = next(original for original in reversed(kept) if original.study == study)
        kept.remove(last)
        out.append(last)
