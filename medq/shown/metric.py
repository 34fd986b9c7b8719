"""A metric as the cells of a table: accuracy in per cent, scores on their own scale."""

from __future__ import annotations

from collections.abc import Iterable

from medq.records import Metric


def is_share(name: str) -> bool:
    """Whether a metric is shown in per cent.

    >>> is_share("perception.accuracy"), is_share("quality_accuracy")
    (True, False)
    """
    return name.rpartition(".")[2] == "accuracy"


def shown_value(name: str, metric: Metric) -> str:
    """The value, a dash where there is none."""
    return "–" if metric.value is None else _scaled(name, metric.value)


def shown_interval(name: str, metric: Metric) -> str:
    """The 95 % interval, empty where there is none."""
    return "" if metric.ci95 is None else f"{_scaled(name, metric.ci95[0])} – {_scaled(name, metric.ci95[1])}"


def with_n(name: str, metric: Metric) -> str:
    """The value with the number of answers that it rests on, and of those without one."""
    missing = metric.n_unscored + metric.n_error
    return f"{shown_value(name, metric)} ({metric.n}{f', {missing} without' if missing else ''})"


def cells(name: str, metric: Metric) -> Iterable[str]:
    """Value, interval, n, unscored, failed, and the accuracy of guessing."""
    guess = "" if metric.chance is None else f"{100 * metric.chance:.2f} %"
    return (
        shown_value(name, metric),
        shown_interval(name, metric),
        str(metric.n),
        str(metric.n_unscored),
        str(metric.n_error),
        guess,
    )


def _scaled(name: str, value: float) -> str:
    return f"{100 * value:.2f} %" if is_share(name) else f"{value:.3f}"
