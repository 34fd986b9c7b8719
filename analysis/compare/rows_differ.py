"""What the rows of two runs show to differ: items, prompts, images, options, gold answers, votes, and readings.

Rows cannot be silent about these, whatever the runs recorded about themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from analysis.compare.difference import Difference, where_they_part
from analysis.compare.pairs import Pair, Pairing
from medq.records import Sample


def differences_of_rows(pairing: Pairing) -> Iterator[Difference]:
    """A difference for each part of the rows that is not the same in all shared items, with the first such item."""
    yield from _items(pairing)
    yield from _rows(pairing.pairs)


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
            shown = where_they_part(str(part(differing[0].first[0])), str(part(differing[0].second[0])))
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


def _scores(row: Sample) -> dict[str, float | None]:
    return {axis: verdict.score for axis, verdict in (row.judge or {}).items()}
