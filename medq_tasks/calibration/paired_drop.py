"""What a degradation costs: the same questions on the clean image and on its copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medq_tasks.calibration.bootstrap import mean_interval
from medq_tasks.calibration.mcnemar import mcnemar_clustered, mcnemar_exact
from medq_tasks.calibration.measured import Measured
from medq_tasks.scoring.mean import Interval

STEPS = (("L0", "L1"), ("L1", "L2"), ("L0", "L2"))
Copies = Mapping[str, Measured]  # severity to the question at that severity, of one source item and degradation


@dataclass(frozen=True, slots=True)
class PairedDrop:
    """The fall of accuracy from `start` to `end` over `n` pairs; `drop` > 0 is a loss.

    `degradation` None: all of them. `lost` and `gained` count pairs by majority; `p` is McNemar's, exact where every
    pair has an image of its own, else clustered by clean image. `ci95` resamples clean images.
    """

    degradation: str | None
    start: str
    end: str
    n: int
    accuracy_start: float
    accuracy_end: float
    drop: float
    ci95: Interval | None
    lost: int
    gained: int
    p: float


def copies(items: Sequence[Measured]) -> Mapping[tuple[str, str], Copies]:
    """By (source item, degradation): the question at L0, L1 and L2, as far as there; the clean one joins every one."""
    clean = {item.source_item: item for item in items if item.axes.get("severity") == "L0"}
    found: dict[tuple[str, str], dict[str, Measured]] = {}
    for item in items:
        severity, degradation = item.axes.get("severity"), item.axes.get("degradation")
        if degradation is None or severity in {None, "L0"}:
            continue
        joined = found.setdefault((item.source_item, degradation), {})
        joined[str(severity)] = item
        if item.source_item in clean:
            joined["L0"] = clean[item.source_item]
    return found


def paired_drops(items: Sequence[Measured]) -> list[PairedDrop]:
    """The drop of every step over all degradations, then by degradation; a step without pairs is left out."""
    groups = copies(items)
    drops = []
    for degradation in (None, *sorted({name for _, name in groups})):
        mine = [group for (_, name), group in groups.items() if degradation in {None, name}]
        for start, end in STEPS:
            pairs = [(group[start], group[end]) for group in mine if start in group and end in group]
            known = [pair for pair in pairs if pair[0].accuracy is not None and pair[1].accuracy is not None]
            if known:
                drops.append(_drop(degradation, start, end, known))
    return drops


def _drop(degradation: str | None, start: str, end: str, pairs: Sequence[tuple[Measured, Measured]]) -> PairedDrop:
    before = [float(first.accuracy or 0) for first, _ in pairs]
    after = [float(second.accuracy or 0) for _, second in pairs]
    clusters = [first.cluster for first, _ in pairs]
    differences = [one - other for one, other in zip(before, after, strict=True)]
    changes = [int(first.right) - int(second.right) for first, second in pairs]
    lost, gained = changes.count(1), changes.count(-1)
    alone = len({first.source_item for first, _ in pairs}) == len(pairs) == len(set(clusters))
    return PairedDrop(
        degradation=degradation,
        start=start,
        end=end,
        n=len(pairs),
        accuracy_start=sum(before) / len(before),
        accuracy_end=sum(after) / len(after),
        drop=sum(differences) / len(differences),
        ci95=mean_interval(differences, clusters, low=-1.0),
        lost=lost,
        gained=gained,
        p=mcnemar_exact(lost, gained) if alone else mcnemar_clustered(changes, clusters),
    )
