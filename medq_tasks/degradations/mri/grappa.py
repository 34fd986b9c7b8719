"""GRAPPA: missing lines of k-space filled in from their measured neighbours in all coils."""

from __future__ import annotations

import numpy as np

from medq_tasks.degradations.mri.acquisition import Complex, lines_to_image, to_image, to_kspace
from medq_tasks.degradations.mri.cartesian import CartesianEncoding
from medq_tasks.degradations.mri.sampling import Lines, centre_block
from medq_tasks.errors import DegradationError

READOUT_TAPS = 5


def grappa(encoding: CartesianEncoding, data: Complex, *, step: int, weight: float) -> Complex:
    """The image (H, W) from equispaced lines `step` apart with a fully measured centre, coils combined.

    Each missing line is a sum over all coils, the measured lines just above and below, and 5 readout samples, with
    coefficients fitted in the centre (least squares, ridge `weight`). Source: Griswold et al. 2002
    (doi 10.1002/mrm.10171). Raises `DegradationError` when there are fewer than 2 coils for each step, or a centre too
    narrow to fit in: the fit would amplify noise without bound.
    """
    coils = len(encoding.maps)
    centre = centre_block(encoding.measured)
    if coils < 2 * step:
        raise DegradationError(f"GRAPPA at acceleration {step} needs at least {2 * step} coils, got {coils}")
    if centre.stop - centre.start < step + 2:
        raise DegradationError(
            f"GRAPPA at acceleration {step} needs at least {step + 2} centre lines; raise centre_share"
        )
    kspace = to_kspace(lines_to_image(data))
    filled = kspace.copy()
    comb = _comb(encoding.measured, step)
    for offset in range(1, step):
        coefficients = _fitted(kspace[:, centre], step, offset, weight).astype(np.complex64)
        for upper in range(comb, len(encoding.measured) - step, step):
            if not encoding.measured[upper + offset]:
                neighbours = _sources(kspace[:, upper : upper + step + 1 : step], 1)[0]
                filled[:, upper + offset] = (neighbours @ coefficients).T
    combined: Complex = (encoding.maps.conj() * to_image(filled)).sum(0)
    return combined


def _comb(measured: Lines, step: int) -> int:
    """The first line of the equispaced ones."""
    return int(np.argmax([measured[start::step].mean() for start in range(step)]))


def _sources(block: Complex, step: int) -> Complex:
    """All neighbourhoods, (lines - step, width, coils x 2 x 5): lines k and k + step, 5 readout samples round each."""
    reach = READOUT_TAPS // 2
    padded = np.pad(block, ((0, 0), (0, 0), (reach, reach)))
    width = block.shape[2]
    shifted = np.stack([padded[:, :, tap : tap + width] for tap in range(READOUT_TAPS)])
    pairs = np.stack([shifted[:, :, :-step], shifted[:, :, step:]])
    return np.ascontiguousarray(np.moveaxis(pairs, (3, 4), (0, 1)).reshape(*pairs.shape[3:], -1))


def _fitted(centre: Complex, step: int, offset: int, weight: float) -> Complex:
    """Coefficients (coils x 2 x 5, coils) of the line `offset` below the upper neighbour."""
    lines = centre.shape[1]
    sources = _sources(centre, step)
    sources = sources.reshape(-1, sources.shape[-1]).astype(np.complex128)
    targets = np.moveaxis(centre[:, offset : lines - step + offset], 0, -1).reshape(len(sources), -1)
    gram = sources.conj().T @ sources
    ridge = weight * np.trace(gram).real / len(gram)
    solved: Complex = np.linalg.solve(gram + ridge * np.eye(len(gram)), sources.conj().T @ targets)
    return solved
