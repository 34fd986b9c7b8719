"""The record of one degradation: enough to replay it exactly, and the truth that questions are made from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np

from medq_tasks.errors import DegradationError

ENGINE_VERSION = 2  # raised whenever the same parameters and seed give another image
PACKAGES = ("numpy", "scipy", "finufft", "PyWavelets", "scikit-image", "pillow")


@cache
def package_versions() -> Mapping[str, str]:
    """The versions of the packages whose arithmetic decides the pixels."""
    return {name: version(name) for name in PACKAGES}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was done to an image; `to_dict` gives plain JSON data and `from_dict` reads it back.

    `parameters` are all arguments of the degradation function, physical units as its docstring says. `facts` are
    what is known only after the run (the real acceleration factor); `assumed` names the physics that the image itself
    does not tell (window, pixel size, phase, coils). `psnr_db` is None where input and output are equal.
    `affected_area` is the share of touched pixels of a local artefact, None for a global one. The hashes are those of
    `array_sha256` over input and output in the input's dtype.
    """

    id: str
    modality: str | None
    category: str
    attribute: str
    severity: float | None
    level: str | None
    seed: int
    parameters: Mapping[str, Any]
    shape: tuple[int, ...]
    dtype: str
    input_sha256: str
    output_sha256: str
    psnr_db: float | None
    ssim: float
    affected_area: float | None = None
    stored_as_rgb: bool = False
    assumed: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    engine_version: int = ENGINE_VERSION
    versions: Mapping[str, str] = field(default_factory=package_versions)

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON data."""
        plain: dict[str, Any] = plain_data(asdict(self))
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Metadata:
        """The record that `to_dict` wrote. Raises `DegradationError` for a key that is missing or unknown."""
        wanted = {f.name for f in fields(cls)}
        if wanted != set(data):
            odd = ", ".join(sorted(wanted ^ set(data)))
            raise DegradationError(f"degradation record: missing or unknown keys: {odd}; was it written by medq?")
        values = {**data, "shape": tuple(data["shape"]), "assumed": tuple(data["assumed"])}
        return cls(**values)


def plain_data(value: Any) -> Any:
    """A value as JSON data: numpy numbers and arrays, tuples and mappings become plain ones; no NaN, no infinity.

    >>> plain_data({"a": (np.float32(0.5), np.int64(2)), "b": float("inf")})
    {'a': [0.5, 2], 'b': None}
    """
    if isinstance(value, Mapping):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain_data(item) for item in value]
    if isinstance(value, np.ndarray | np.generic):
        return plain_data(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
