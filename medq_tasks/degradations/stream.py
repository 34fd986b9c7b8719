"""The random stream of one degradation of one image: the same in every process and in every order."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import numpy.typing as npt


def array_sha256(array: npt.NDArray[Any]) -> str:
    """SHA-256 (hex) of an array's dtype, shape and values in C order: arrays share it only if equal bit for bit."""
    digest = hashlib.sha256(f"{array.dtype.str}{array.shape}".encode())
    digest.update(np.ascontiguousarray(array).data)
    return digest.hexdigest()


def stream(*, seed: int, image_sha256: str, id: str) -> np.random.Generator:
    """A Philox generator keyed by blake2b(seed, image hash, degradation id).

    The severity is no part of the key: the same seed draws the same noise field and positions at every severity
    (common random numbers), so that response curves are smooth.

    >>> stream(seed=7, image_sha256="00", id="ct.low_dose").integers(1000, size=2).tolist()
    [428, 43]
    """
    text = f"{seed}|{image_sha256}|{id}".encode()
    key = np.frombuffer(hashlib.blake2b(text, digest_size=16).digest(), dtype="<u8")
    return np.random.Generator(np.random.Philox(key=key.astype(np.uint64)))
