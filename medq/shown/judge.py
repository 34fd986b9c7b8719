"""What is said of the judge beside the means."""

from __future__ import annotations

from collections.abc import Iterable

from medq.records import Results


def judge_lines(results: Results) -> Iterable[str]:
    """The free check by rules, and the bias for a position; nothing where the run has neither."""
    extra = results.model_extra or {}
    check, bias = extra.get("judge_check"), extra.get("position_bias")
    if check is not None and check["exact"] is not None:
        alarm = "; LOW: look at the judge before the scores" if check["alarm"] else ""
        agree = f"{100 * check['exact']:.1f} % of {check['n']} conclusions"
        yield f"judge check: judge and rules agree on quality accuracy in {agree}{alarm}"
    if bias is not None and bias["inconsistent"] is not None:
        share = f"{100 * bias['inconsistent']:.1f} % of {bias['n']}"
        yield f"position bias: the conclusion does not follow the exchanged images in {share} pairs"
