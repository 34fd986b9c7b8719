"""The basic profile of DICOM PS3.15: which attributes identify somebody, and what is done to each."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Action = Literal["X", "Z", "D", "U"]

EDITION = "2026c"
# Not in the table, though they hold a birth or a death date.
BESIDE_THE_TABLE = {
    0x00100033: "PatientBirthDateInAlternativeCalendar",
    0x00100034: "PatientDeathDateInAlternativeCalendar",
    0x00100035: "PatientAlternativeCalendar",
}
# Of the actions that an attribute's type leaves open, the one that is valid for every type.
_TAKEN: Mapping[str, Action] = {
    "X": "X", "Z": "Z", "D": "D", "U": "U", "X/Z": "Z", "Z/D": "D", "X/D": "D", "X/Z/D": "D", "X/Z/U*": "U",
}  # fmt: skip
_CURVES, _OVERLAYS = range(0x5000, 0x5100), range(0x6000, 0x6100)
_OVERLAY_PARTS = {0x3000: "OverlayData", 0x4000: "OverlayComments"}


@dataclass(frozen=True, slots=True)
class Rule:
    """An attribute's keyword, the table's words for what is done (`X/Z/D`), and which of them is taken."""

    keyword: str
    table: str
    action: Action


def rule_of(tag: int) -> Rule | None:
    """The rule for a tag number; None where the profile keeps the attribute.

    X removes, Z empties, D puts a dummy in its place, U a new UID. Curves (50xx,xxxx), overlay data (60xx,3000) and
    overlay comments (60xx,4000) are removed, as the table says of repeating groups.

    >>> rule_of(0x00100010).action, rule_of(0x00080080).table, rule_of(0x60023000).keyword, rule_of(0x00280010)
    ('Z', 'X/Z/D', 'OverlayData', None)
    """
    group, element = tag >> 16, tag & 0xFFFF
    if group in _CURVES:
        return Rule("CurveData", "X", "X")
    if group in _OVERLAYS and element in _OVERLAY_PARTS:
        return Rule(_OVERLAY_PARTS[element], "X", "X")
    return profile().get(tag)


@cache
def profile() -> Mapping[int, Rule]:
    """Every rule for a fixed tag, by tag number."""
    text = files("medq_tasks.construction").joinpath("basic_profile.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    rules = {
        int(row["tag"], 16): Rule(row["keyword"], row["action"], _TAKEN[row["action"]]) for row in csv.DictReader(lines)
    }
    return rules | {tag: Rule(keyword, "X", "X") for tag, keyword in BESIDE_THE_TABLE.items()}
