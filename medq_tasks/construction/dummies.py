"""Values that say nothing: a dummy for each DICOM value representation, and UIDs that still meet."""

from __future__ import annotations

import hashlib
from typing import Any

TEXT = "ANONYMIZED"
_BY_VR: dict[str, Any] = {
    "DA": "19000101", "TM": "000000", "DT": "19000101000000", "AS": "000Y", "DS": "0", "IS": "0",
    "US": 0, "SS": 0, "UL": 0, "SL": 0, "UV": 0, "SV": 0, "FL": 0.0, "FD": 0.0, "AT": 0,
    "OB": b"\0\0", "OW": b"\0\0", "OF": b"\0" * 4, "OD": b"\0" * 8, "OL": b"\0" * 4, "OV": b"\0" * 8, "UN": b"\0\0",
}  # fmt: skip


def put_dummy(element: Any, salt: str) -> None:
    """Puts a value of the element's representation in place of its own.

    A sequence keeps one item, whose elements hold dummies at any depth; an empty one stays empty. A UID becomes the
    new UID of the old one.
    """
    if element.VR == "SQ":
        element.value = list(element.value)[:1]
        for item in element.value:
            for inner in item:
                put_dummy(inner, salt)
    elif element.VR == "UI":
        element.value = new_uid(element.value, salt)
    else:
        element.value = _BY_VR.get(element.VR, TEXT)


def new_uid(value: Any, salt: str) -> Any:
    """A UID under 2.25 from a hash of the old one and `salt`: the same for the same, so that references still meet.

    Of several values each gets its own; an empty value stays empty. Source of the form: DICOM PS3.5, annex B.2.

    >>> new_uid("1.2.3", "s") == new_uid("1.2.3", "s") != new_uid("1.2.3", "t")
    True
    """
    if not value:
        return value
    if not isinstance(value, str):
        return [new_uid(one, salt) for one in value]
    number = int.from_bytes(hashlib.sha256(f"{salt}:{value}".encode()).digest()[:16])
    return f"2.25.{number}"
