"""The alignment report as text: one block an axis, the published figure beside ours and marked as published."""

from __future__ import annotations

from collections.abc import Sequence

from judges.agreement import SCORES, Kappa
from judges.align import AxisAlignment

NONE = "-"


def alignment_text(axes: Sequence[AxisAlignment]) -> str:
    """A table over the axes and, below, each axis' confusion matrix with its recall by class."""
    head = f"{'axis':<18}{'n':>5}  {'kappa_w [95 % CI]':<24}{'published':>10}"
    head += f"{'accuracy':>10}{'published':>11}{'rater alpha':>13}"
    lines = [head, *(_line(axis) for axis in axes), ""]
    lines.append("published: GPT-4o against the consensus of three experts, 200 cases (paper, Table 10 and Figure 13)")
    return "\n".join([*lines, *(line for axis in axes for line in _matrix(axis))]) + "\n"


def _line(axis: AxisAlignment) -> str:
    return (
        f"{axis.axis:<18}{axis.n:>5}  {_kappa(axis.kappa):<24}{_number(axis.published.kappa):>10}"
        f"{_percent(axis.accuracy):>10}{_published_percent(axis.published.accuracy_percent):>11}"
        f"{_number(axis.rater_alpha):>13}"
    )


def _matrix(axis: AxisAlignment) -> list[str]:
    lines = ["", f"{axis.axis}: rows experts, columns judge; left out: {axis.n_no_consensus} cases without consensus, "]
    lines[-1] += f"{axis.n_unjudged} without a score of the judge"
    lines.append("      " + "".join(f"{score:>6}" for score in SCORES) + "  recall")
    for score, row, recall in zip(SCORES, axis.counts, axis.recall, strict=True):
        lines.append(f"{score:>6}" + "".join(f"{count:>6}" for count in row) + f"{_percent(recall):>8}")
    if axis.kappa.reason:
        lines.append(f"kappa: {axis.kappa.reason}")
    return lines


def _kappa(kappa: Kappa) -> str:
    if kappa.value is None:
        return NONE
    return f"{kappa.value:.3f}" + (f" [{kappa.ci95[0]:.3f}, {kappa.ci95[1]:.3f}]" if kappa.ci95 else "")


def _number(value: float | None) -> str:
    return NONE if value is None else f"{value:.3f}"


def _percent(share: float | None) -> str:
    return NONE if share is None else f"{100 * share:.1f} %"


def _published_percent(percent: float | None) -> str:
    return NONE if percent is None else f"{percent:.1f} %"
