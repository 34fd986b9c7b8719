"""DICOM headers by the basic profile of PS3.15 annex E, and what of a header was removed."""

from __future__ import annotations

import copy
import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

ACTIONS = {"X": "removed", "Z": "emptied", "D": "replaced by a dummy", "U": "replaced by a new UID"}
DUMMY_TEXT = "ANONYMIZED"
_DATE_OF_VR = {"DA": "19000101", "TM": "000000", "DT": "19000101000000"}
_CURVES, _OVERLAYS = range(0x5000, 0x5100), range(0x6000, 0x6100)
_OVERLAY_PARTS = (0x3000, 0x4000)


@dataclass(frozen=True, slots=True)
class Removal:
    """What was done to one header: attribute names by action (X, Z, D, U) and the number of private elements removed.

    Values are never kept. `nested` attributes are counted under their own name.
    """

    actions: Mapping[str, tuple[str, ...]]
    private: int


@dataclass(frozen=True, slots=True)
class Deidentified:
    """A header after the profile, and the report."""

    dataset: Any
    removal: Removal


def deidentified(dataset: Any, *, salt: str) -> Deidentified:
    """A copy of a pydicom data set under the basic profile, with the report; pixel data are not touched.

    The action of PS3.15 table E.1-1 is taken for every listed attribute, at any depth; of actions that depend on the
    object's type (X/Z, X/D, Z/D) the one that keeps the data set valid is taken: the emptying or replacing one. Beside
    the table, any person's name (VR PN), private elements, curves and overlay planes go. A new UID is a hash of the
    old one and `salt`, so that references still meet.
    """
    done: dict[str, set[str]] = {action: set() for action in ACTIONS}
    cleaned = copy.deepcopy(dataset)
    private = _clean(cleaned, done, salt)
    meta = getattr(cleaned, "file_meta", None)
    if meta is not None:
        _clean(meta, done, salt)
    cleaned.PatientIdentityRemoved = "YES"
    cleaned.DeidentificationMethod = "medq, PS3.15 basic profile"
    actions = {action: tuple(sorted(names)) for action, names in done.items()}
    return Deidentified(cleaned, Removal(actions, private))


@cache
def profile() -> Mapping[int, str]:
    """Tag number to action: X, Z, D or U."""
    text = files("medq_tasks.construction").joinpath("basic_profile.csv").read_text(encoding="utf-8")
    return {int(row["tag"], 16): row["action"] for row in csv.DictReader(text.splitlines())}


def _clean(dataset: Any, done: dict[str, set[str]], salt: str) -> int:
    private = 0
    for element in list(dataset):
        action = _action(element)
        if element.tag.is_private:
            private += 1
            del dataset[element.tag]
        elif action is None:
            if element.VR == "SQ":
                private += sum(_clean(item, done, salt) for item in element.value)
        else:
            done[action].add(element.keyword or str(element.tag))
            _act(dataset, element, action, salt)
    return private


def _action(element: Any) -> str | None:
    tag = element.tag
    if tag.group in _CURVES or (tag.group in _OVERLAYS and tag.element in _OVERLAY_PARTS):
        return "X"
    return profile().get(int(tag)) or ("Z" if element.VR == "PN" else None)


def _act(dataset: Any, element: Any, action: str, salt: str) -> None:
    if action == "X":
        del dataset[element.tag]
    elif element.VR == "SQ":
        element.value = []
    elif action == "Z":
        element.value = None
    elif element.VR == "UI":
        element.value = _new_uid(element.value, salt)
    else:
        element.value = _DATE_OF_VR.get(element.VR, DUMMY_TEXT)


def _new_uid(value: Any, salt: str) -> Any:
    if not value:
        return value
    if not isinstance(value, str):
        return [_new_uid(one, salt) for one in value]
    number = int.from_bytes(hashlib.sha256(f"{salt}:{value}".encode()).digest()[:16])
    return f"2.25.{number}"
