"""What differs in how two runs were made: read from the rows themselves first, then from what the runs recorded.

Rows cannot be silent about a changed prompt, image, option or gold answer; manifest and configuration add the model,
its decoding, the judge, the code and the machine. Every recorded difference is shown, save those that are known not
to move scores (`FREE`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.compare.pairs import Pair, Pairing
from analysis.errors import AnalysisError
from analysis.flatten import flatten
from analysis.run import Run
from medq.records import Sample

LONGEST = 80
MISSING = "(not recorded)"
# Clocks, counts of what happened, and places on disk.
FREE = (
    "started", "finished", "sessions", "times", "state", "command", "fingerprint", "notes", "answers", "attempts",
    "answers_without_usage", "tokens", "tokens_in", "tokens_out", "cost_usd", "run.dir", "run.root", "run.resume",
    "run.budget_usd", "run.max_error_rate", "run.keep_images", "mode", "logger", "journal", "model.concurrency",
    "hydra",
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
_FILE_PATH = re.compile(r"dataset\.files\.\d+\.path")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, with its value in both runs."""

    kind: str
    what: str
    a: str
    b: str


def find_differences(first: Run, second: Run, pairing: Pairing) -> tuple[Difference, ...]:
    """Everything that differs and may move scores; empty only where rows and records agree on all of it."""
    return (*_items(pairing), *_rows(pairing.pairs), *_recorded(first, second))


def _items(pairing: Pairing) -> Iterator[Difference]:
    if pairing.only_first or pairing.only_second:
        counts = (len(pairing.only_first), len(pairing.only_second))
        yield Difference("data", "items that only this run has, left out below", *map(str, counts))


def _rows(pairs: Sequence[Pair]) -> Iterator[Difference]:
    checks: tuple[tuple[str, str, Callable[[Sample], object]], ...] = (
        ("prompt", "items asked with another prompt", lambda row: row.prompt),
        ("data", "items with another question or other options", lambda row: (row.question, row.options)),
        ("data", "items with another gold answer or reference", lambda row: (row.answer, row.reference)),
        ("images", "items whose images were sent as other bytes", lambda row: [one.sent_sha256 for one in row.images]),
        ("images", "items whose images are other files", lambda row: [one.sha256 for one in row.images]),
    )
    for kind, what, part in checks:
        differing = [pair for pair in pairs if part(pair.first[0]) != part(pair.second[0])]
        if differing:
            shown = _where_they_part(str(part(differing[0].first[0])), str(part(differing[0].second[0])))
            yield Difference(kind, _counted(what, differing, pairs), *shown)
    votes = [pair for pair in pairs if len(pair.first) != len(pair.second)]
    if votes:
        shown = (str(len(votes[0].first)), str(len(votes[0].second)))
        yield Difference("decoding", _counted("items with another number of votes", votes, pairs), *shown)
    yield from _readings(pairs)


def _readings(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """Equal responses that were read or judged otherwise: only the instrument can have changed."""
    votes = [votes for pair in pairs for votes in zip(pair.first, pair.second, strict=False)]
    same = [(one, other) for one, other in votes if one.response is not None and one.response == other.response]
    read = [(one, other) for one, other in same if (one.prediction, one.state) != (other.prediction, other.state)]
    judged = [(one, other) for one, other in same if _scores(one) != _scores(other)]
    for kind, what, rows in (
        ("parser", "equal responses read otherwise", read),
        ("judge", "equal responses judged otherwise", judged),
    ):
        if rows:
            yield Difference(kind, _counted(what, [one for one, _ in rows], same), *map(_reading, rows[0]))


def _reading(row: Sample) -> str:
    scores = ", ".join(f"{axis} {score}" for axis, score in _scores(row).items())
    return f"{row.state}, {row.prediction}, {row.rule}" + (f", {scores}" if scores else "")


def _counted(what: str, found: Sequence[Pair] | Sequence[Sample], among: Sequence[object]) -> str:
    return f"{what}: {len(found)} of {len(among)}, the first {found[0].id}"


def _where_they_part(one: str, other: str) -> tuple[str, str]:
    """Both texts from a few characters before the first that differs."""
    if max(len(one), len(other)) <= LONGEST:
        return one or "(nothing)", other or "(nothing)"
    shorter = min(len(one), len(other))
    alike = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    start = max(0, alike - LONGEST // 4)
    return _text(one[start:] or "(nothing)"), _text(other[start:] or "(nothing)")


def _scores(row: Sample) -> dict[str, float | None]:
    return {axis: verdict.score for axis, verdict in (row.judge or {}).items()}


def _recorded(first: Run, second: Run) -> Iterator[Difference]:
    names = first.results.model, second.results.model
    if names[0] != names[1]:
        yield Difference("model", "model", *names)
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


def _leaves(one: dict[str, Any], other: dict[str, Any]) -> Iterator[Difference]:
    found = []
    for path in dict.fromkeys([*one, *other]):
        a, b = one.get(path, MISSING), other.get(path, MISSING)
        if a != b and not _is_free(path):
            found.append(Difference(kind_of(path), path, *_where_they_part(str(a), str(b))))
    ranks = [kind for kind, _ in KINDS]
    yield from sorted(found, key=lambda one: ranks.index(one.kind) if one.kind in ranks else len(ranks))


def _is_free(path: str) -> bool:
    """A data file's place on disk is free as well: its hash is not."""
    return bool(_FILE_PATH.fullmatch(path)) or any(path == free or path.startswith(f"{free}.") for free in FREE)


def kind_of(path: str) -> str:
    """Which part of a run a recorded key belongs to.

    >>> kind_of("model.temperature"), kind_of("model.id"), kind_of("prompts.perception"), kind_of("novelty")
    ('decoding', 'model', 'prompt', 'other')
    """
    words = path.split(".")
    return next((kind for kind, names in KINDS if any(word in names for word in words)), "other")


def _manifest(run: Run) -> dict[str, Any]:
    """The manifest with the ids that the provider returned, but not how often it did."""
    returned = run.manifest.get("returned_models")
    return run.manifest | ({"returned_models": sorted(returned)} if isinstance(returned, dict) else {})


def _config(run: Run) -> dict[str, Any]:
    import yaml

    try:
        content = yaml.load(run.config, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise AnalysisError(f"config.yaml of {run.path} is not YAML: {error.__class__.__name__}") from error
    return content if isinstance(content, dict) else {}


def _text(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
