"""Dev and test of equal size, split by study, so that no patient's images lie on both sides."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from medq_tasks.construction.original import Original
from medq_tasks.errors import DataError

SPLITS = ("dev", "test")


def split_by_study(originals: Sequence[Original], *, seed: int) -> Mapping[str, str]:
    """Original id to dev or test.

    Within a modality the studies go, largest first and equal ones in an order that the seed decides, to the side with
    fewer images of the modality, then to the smaller side; a side that the spec declares is kept. Raises `DataError`
    where there are fewer than two studies or a study is declared for both sides.
    """
    studies: dict[str, list[Original]] = defaultdict(list)
    for original in originals:
        studies[original.study].append(original)
    if len(studies) < len(SPLITS):
        raise DataError(
            f"sources: expected images of at least 2 studies for dev and test, got {len(studies)}; "
            "add a study, or name the parts that are independent with `study` of a source"
        )
    sides = {study: side for study, members in studies.items() if (side := _declared(study, members))}
    counts = Counter[str]()
    for study, side in sides.items():
        _add(counts, studies[study], side)
    free = [study for study in studies if study not in sides]
    for study in sorted(free, key=lambda name: (-len(studies[name]), _order(name, seed))):
        modality = studies[study][0].modality
        sides[study] = min(SPLITS, key=lambda side: (counts[f"{side} {modality}"], counts[side], side))
        _add(counts, studies[study], sides[study])
    empty = [side for side in SPLITS if not counts[side]]
    if empty:
        raise DataError(f"sources: expected images in dev and in test, got none in {empty[0]}; change `split`")
    return {original.id: sides[original.study] for original in originals}


def _declared(study: str, members: Sequence[Original]) -> str | None:
    declared = {member.source.split for member in members} - {None}
    if len(declared) > 1:
        raise DataError(f"sources: expected one side for the images of {study}, got dev and test; correct `split`")
    return declared.pop() if declared else None


def _add(counts: Counter[str], members: Sequence[Original], side: str) -> None:
    counts[side] += len(members)
    for member in members:
        counts[f"{side} {member.modality}"] += 1


def _order(study: str, seed: int) -> str:
    return hashlib.sha256(f"{seed}:{study}".encode()).hexdigest()
