"""DICOM headers by the basic profile of PS3.15 annex E, and what of a header was removed."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medq_tasks.construction.basic_profile import EDITION, Rule, rule_of
from medq_tasks.construction.dummies import new_uid, put_dummy

ACTIONS = {"X": "removed", "Z": "emptied", "D": "replaced by a dummy", "U": "replaced by a new UID"}


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
    object's type (X/Z, X/D, Z/D, X/Z/D) the one that keeps the data set valid is taken: the emptying or replacing one.
    Beside the table, any person's name (VR PN), private elements and dates in alternative calendars go. A new UID is a
    hash of the old one and `salt`, so that references still meet; the references of X/Z/U* sequences are kept so.
    """
    done: dict[str, set[str]] = {action: set() for action in ACTIONS}
    cleaned = copy.deepcopy(dataset)
    private = _clean(cleaned, done, salt)
    meta = getattr(cleaned, "file_meta", None)
    if meta is not None:
        private += _clean(meta, done, salt)
    cleaned.PatientIdentityRemoved = "YES"
    cleaned.DeidentificationMethod = f"medq, PS3.15 {EDITION} basic profile"
    actions = {action: tuple(sorted(names)) for action, names in done.items()}
    return Deidentified(cleaned, Removal(actions, private))


def _clean(dataset: Any, done: dict[str, set[str]], salt: str) -> int:
    """Cleans a data set in place; returns how many private elements went."""
    private = 0
    for element in list(dataset):
        rule = None if element.tag.is_private else _rule(element)
        if element.tag.is_private:
            private += 1
            del dataset[element.tag]
        elif rule is not None:
            done[rule.action].add(rule.keyword)
        if rule is None or rule.action == "U":
            private += _inside(element, done, salt)
        if rule is not None:
            _act(dataset, element, rule.action, salt)
    return private


def _inside(element: Any, done: dict[str, set[str]], salt: str) -> int:
    if element.VR != "SQ" or element.tag.is_private:
        return 0
    return sum(_clean(item, done, salt) for item in element.value)


def _rule(element: Any) -> Rule | None:
    listed = rule_of(int(element.tag))
    if listed is None and element.VR == "PN":
        return Rule(element.keyword or str(element.tag), "Z", "Z")
    return listed


def _act(dataset: Any, element: Any, action: str, salt: str) -> None:
    if action == "X":
        del dataset[element.tag]
    elif action == "Z":
        element.value = [] if element.VR == "SQ" else None
    elif action == "D":
        put_dummy(element, salt)
    elif element.VR != "SQ":  # a sequence's references have got theirs
        element.value = new_uid(element.value, salt)
