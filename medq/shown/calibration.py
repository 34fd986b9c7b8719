"""What MedQ-Deg says in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from medq.records import Results


def calibration_lines(results: Results) -> Iterable[str]:
    """The price of the degradations, the Dunning–Kruger test, what limits both."""
    found = (results.model_extra or {}).get("degradation")
    if found is None:
        return
    votes, within = found["votes"], found["dunning_kruger_within"]
    yield f"votes: {votes['a_question']} a question, {votes['unscored']} unreadable, {votes['error']} failed"
    for drop in found["paired_drops"]:
        if drop["degradation"] is None and (drop["start"], drop["end"]) == ("L0", "L2"):
            ends = "" if drop["ci95"] is None else f" [{100 * drop['ci95'][0]:.2f}, {100 * drop['ci95'][1]:.2f}]"
            fall = f"{100 * drop['drop']:.2f} points{ends}"
            yield f"paired drop L0 to L2: {fall}, n {drop['n']}, McNemar p {drop['p']:.3g}"
    if within is not None:
        words = "holds" if within["holds"] else "does not hold"
        change = f"accuracy {-100 * within['accuracy_drop']:+.2f} points, shift {within['shift_rise']:+.3f}"
        yield f"Dunning-Kruger within the model, L0 to L2: {words} ({change})"
    if found["rules"]["confidence"] == "votes" and votes["a_question"] < 2:
        yield "confidence by votes needs task.runs of 2 or more (the paper: 10)"


def between_models_lines(runs: Sequence[Results]) -> Iterable[str]:
    """The Dunning–Kruger test between the models of MedQ-Deg runs; nothing for fewer than two models."""
    from medq_tasks.calibration import between_models

    accuracy, shift = {}, {}
    for results in runs:
        clean = results.breakdowns.get("severity", {}).get("L0", {})
        one, other = clean.get("accuracy"), clean.get("calibration_shift")
        if one is not None and other is not None and one.value is not None and other.value is not None:
            accuracy[results.model], shift[results.model] = one.value, other.value
    found = between_models(accuracy, shift)
    if found.pairs:
        share = f"{found.agreeing} of {found.pairs} pairs"
        yield f"Dunning-Kruger between models, L0: the less accurate one has the larger shift in {share}"
