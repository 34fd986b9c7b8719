"""The proximal step of isotropic total variation, which CT and MRI reconstructions share."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
STEP = 0.24  # of the dual gradient; below 2 / 8, where 8 bounds the norm of the discrete Laplacian
NEIGHBOURS = (  # (far, near) pixels along rows and along columns
    ((slice(1, None), slice(None)), (slice(None, -1), slice(None))),
    ((slice(None), slice(1, None)), (slice(None), slice(None, -1))),
)
INNER_STEPS = 3  # enough, because the dual starts where the last call left it


class TotalVariation:
    """argmin_u |u - x|^2 / 2 + weight TV(u) for images (H, W) of one size, real or complex.

    TV(u) is the sum over pixels of |grad u| with forward differences, 0 at the far edges; a complex image has one
    joint norm. The dual is kept between calls, so that an outer iteration needs few inner steps. Source: Chambolle 2004
    (doi 10.1023/B:JMIV.0000011325.36760.1e); the dual is solved by projected gradient.
    """

    def __init__(
        self, shape: tuple[int, int], dtype: npt.DTypeLike = np.float32, *, inner_steps: int = INNER_STEPS
    ) -> None:
        self._dual = (np.zeros((shape[0] - 1, shape[1]), dtype), np.zeros((shape[0], shape[1] - 1), dtype))
        self._change = tuple(np.empty_like(part) for part in self._dual)
        self._square = tuple(np.empty(part.shape, np.float32) for part in self._dual)
        self._primal = np.empty(shape, dtype)
        self._norm = np.empty(shape, np.float32)
        self._inner_steps = inner_steps

    def __call__(self, x: Array, weight: float) -> Array:
        """The proximal point of x, a new array of its shape and dtype."""
        for _ in range(self._inner_steps):
            self._set_primal(x)
            for dual, change, (far, near) in zip(self._dual, self._change, NEIGHBOURS, strict=True):
                np.subtract(self._primal[far], self._primal[near], out=change)
                np.multiply(change, np.float32(STEP), out=change)
                np.add(dual, change, out=dual)
            self._project(np.float32(weight))
        self._set_primal(x)
        return self._primal.copy()

    def _set_primal(self, x: Array) -> None:
        u = self._primal
        u[...] = x
        for dual, (far, near) in zip(self._dual, NEIGHBOURS, strict=True):
            u[near] += dual
            u[far] -= dual

    def _project(self, weight: np.float32) -> None:
        norm = self._norm
        norm[...] = 0
        for dual, out, (_, near) in zip(self._dual, self._square, NEIGHBOURS, strict=True):
            norm[near] += _square(dual, out)
        np.maximum(norm, weight * weight, out=norm)
        np.sqrt(norm, out=norm)
        np.divide(weight, norm, out=norm)
        for dual, (_, near) in zip(self._dual, NEIGHBOURS, strict=True):
            np.multiply(dual, norm[near], out=dual)


def _square(a: Array, out: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    if np.iscomplexobj(a):
        np.add(a.real**2, a.imag**2, out=out)
    else:
        np.multiply(a, a, out=out)
    return out
