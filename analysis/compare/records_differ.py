"""What two runs recorded about themselves that is not the same: model, decoding, judge, data, code, machine.

Every difference in manifest and configuration is shown, save those that are known not to move scores (`FREE`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from analysis.compare.difference import Difference, where_they_part
from analysis.degradation import TASK, values_by_question
from analysis.errors import AnalysisError
from analysis.flatten import flatten
from analysis.run import Run

MISSING = "(not recorded)"
# Clocks, counts of what happened, and places on disk.
FREE = (
    "started", "finished", "sessions", "times", "state", "command", "overrides", "fingerprint", "answers_fingerprint",
    "answers", "attempts", "answers_without_usage", "tokens", "tokens_in", "tokens_out", "cost_usd", "run.dir",
    "run.root", "run.resume", "run.budget_usd", "run.max_error_rate", "run.keep_images", "run.assumed_latency_s",
    "mode", "logger", "journal", "model.concurrency", "spending", "hydra",
)  # fmt: skip
# The first entry with a word of the path decides; what none names is "other", and shown all the same.
KINDS = (
    ("judge", ("judge", "judges", "judging")),
    ("prompt", ("prompt", "prompts")),
    ("decoding", ("decoding", "temperature", "top_p", "top_k", "max_tokens", "seed", "until", "runs", "params")),
    ("data", ("data", "dataset", "limit")),
    ("parser", ("parser", "scoring", "parser_version")),
    ("model", ("model", "returned_models")),
    ("code", ("git", "git_commit", "medq")),
    ("versions", ("versions",)),
    ("machine", ("hardware",)),
)  # fmt: skip
# A data file's place on disk (its hash is compared), and how often calls were made, tried again and throttled.
_FREE_PLACES = re.compile(r"dataset\.files\.\d+\.path|(judge\.)?calls\.(?!.*returned_models).*")


def differences_of_records(first: Run, second: Run) -> Iterator[Difference]:
    """The model's name first, then the leaves of both files by kind; a missing file is itself a difference."""
    names = first.results.model, second.results.model
    if names[0] != names[1]:
        yield Difference("model", "model", *names)
    if first.results.complete != second.results.complete:
        yield Difference("data", "complete", str(first.results.complete), str(second.results.complete))
    yield from _values_missing(first, second)
    seen: set[tuple[str, str, str]] = set()
    for name, one, other in (
        ("manifest.json", _manifest(first), _manifest(second)),
        ("config.yaml", _config(first), _config(second)),
    ):
        if not one or not other:
            yield Difference("unknown", f"{name} is missing or empty: what it would tell is not compared",
                             "missing" if not one else "there", "missing" if not other else "there")  # fmt: skip
            continue
        for difference in _leaves(dict(flatten(one)), dict(flatten(other))):
            key = (difference.what.rpartition(".")[2], difference.a, difference.b)
            if key not in seen:
                seen.add(key)
                yield difference


def _values_missing(first: Run, second: Run) -> Iterator[Difference]:
    """Runs of an older version have no confidence a question: it cannot be compared, which must be said."""
    if not all(any(row.task == TASK for row in run.samples) for run in (first, second)):
        return
    there = [bool(values_by_question(run)) for run in (first, second)]
    if not all(there):
        what = "confidence of each question, which is not compared; `python -m analysis rescore RUN` records it"
        yield Difference("unknown", what, *("there" if known else "missing" for known in there))


def _leaves(one: dict[str, Any], other: dict[str, Any]) -> Iterator[Difference]:
    found = []
    for path in dict.fromkeys([*one, *other]):
        a, b = one.get(path, MISSING), other.get(path, MISSING)
        if a != b and not _is_free(path):
            found.append(Difference(kind_of(path), path, *where_they_part(str(a), str(b))))
    ranks = [kind for kind, _ in KINDS]
    yield from sorted(found, key=lambda one: ranks.index(one.kind) if one.kind in ranks else len(ranks))


def _is_free(path: str) -> bool:
    return bool(_FREE_PLACES.fullmatch(path)) or any(path == free or path.startswith(f"{free}.") for free in FREE)


def kind_of(path: str) -> str:
    """Which part of a run a recorded key belongs to.

    >>> kind_of("model.temperature"), kind_of("model.id"), kind_of("prompts.perception"), kind_of("novelty")
    ('decoding', 'model', 'prompt', 'other')
    """
    words = path.split(".")
    return next((kind for kind, names in KINDS if any(word in names for word in words)), "other")


def _manifest(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = _without_counts(run.manifest)
    return found


def _without_counts(value: Any) -> Any:
    """The same with the ids that providers returned, but not how often they did."""
    if isinstance(value, list):
        return [_without_counts(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: sorted(inner) if name == "returned_models" and isinstance(inner, dict) else _without_counts(inner)
        for name, inner in value.items()
    }


def _config(run: Run) -> dict[str, Any]:
    import yaml

    try:
        content = yaml.load(run.config, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise AnalysisError(f"config.yaml of {run.path} is not YAML: {error.__class__.__name__}") from error
    return content if isinstance(content, dict) else {}
