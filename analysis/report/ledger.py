"""The distinct images of all runs of a report, numbered, each with its ledger and its preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.report.thumbnails import previews
from analysis.run import Run
from medq.records import ImageRecord

USUAL = {"format": "png", "sent_format": "png", "bit_depth": 8, "lossless": True}


@dataclass(slots=True)
class Ledger:
    """Collects images; two rows that show the same file, sent as the same bytes, share one entry."""

    numbers: dict[tuple[int, str, str], int] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)

    def number_of(self, run: int, image: ImageRecord) -> int:
        """The image's number, a new one when it has not been seen in this run."""
        key = (run, image.sent_sha256, image.sha256)
        number = self.numbers.setdefault(key, len(self.entries))
        if number == len(self.entries):
            self.entries.append(_entry(image))
        return number

    def add_previews(self, runs: Sequence[Run]) -> None:
        """Adds the pixels, which come last because their size depends on how many images there are."""
        for number, run in enumerate(runs):
            places = {sha: place for (of_run, sha, _), place in self.numbers.items() if of_run == number}
            for sha, preview in previews(run.path, places).items():
                self.entries[places[sha]] |= {"preview": preview.uri, "ending": preview.file.suffix}


def _entry(image: ImageRecord) -> dict[str, Any]:
    """The ledger without what is `USUAL`, and without `sha256` where the file's own bytes were sent."""
    fields = image.model_dump(include=set(ImageRecord.model_fields), exclude_none=True)
    if image.sha256 == image.sent_sha256:
        del fields["sha256"]
    return {name: value for name, value in fields.items() if USUAL.get(name) != value}
