"""`python -m medq_tasks.degrading.monotony`: does every image get worse as severity rises, at full size?

Every degradation climbs its presets on every packaged image that it applies to; PSNR and SSIM are scikit-image's.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations import Spec, applicable, apply, get
from medq_tasks.degrading.phantoms import RENDERED, phantom

Pixels = npt.NDArray[np.uint8]
EXIT_BROKEN = 1
# The one place where a degradation is let off, with the reason.
EXCEPTIONS: Mapping[str, str] = {
    "general.rotation": "pixel by pixel, a turned image is no more like the original at 5 degrees than at 20: once "
    "fine structure has left its place, PSNR and SSIM wander; the angle itself is tested instead",
}


@dataclass(frozen=True, slots=True)
class Climb:
    """One degradation of one image at rising severities, with `psnr_db` and `ssim` of each against the clean image."""

    image: str
    degradation: str
    seed: int
    severities: tuple[float, ...]
    psnr_db: tuple[float, ...]
    ssim: tuple[float, ...]

    @property
    def breaks(self) -> tuple[tuple[float, float], ...]:
        """The neighbouring severities between which PSNR or SSIM does not fall; clean images have SSIM 1."""
        steps = pairwise(zip(self.severities, self.psnr_db, self.ssim, strict=True))
        return tuple((a[0], b[0]) for a, b in steps if not (b[1] < a[1] and b[2] < a[2]))


@dataclass(frozen=True, slots=True)
class Ascent:
    """What is to be climbed: the id of a packaged image, its modality, a degradation and a seed."""

    image: str
    modality: str
    degradation: str
    seed: int


def severities(spec: Spec) -> tuple[float, ...]:
    """The severities of all presets of a degradation above 0, rising: 1 to 5, mild and severe."""
    return tuple(sorted({severity for severity in spec.levels.values() if severity > 0}))


def climb(name: str, pixels: Pixels, *, modality: str, seed: int, image: str = "") -> Climb:
    """The fidelities of an image (H, W) or (H, W, 3) uint8 at every preset of a degradation, severity 0 first."""
    spec = get(name, modality)
    psnr, ssim = [np.inf], [1.0]
    for severity in severities(spec):
        seen = apply(name, pixels, severity=severity, seed=seed, modality=modality).image
        found = fidelity(pixels, seen)
        psnr.append(found[0])
        ssim.append(found[1])
    return Climb(image, spec.id, seed, (0.0, *severities(spec)), tuple(psnr), tuple(ssim))


def fidelity(clean: npt.NDArray[Any], seen: npt.NDArray[Any]) -> tuple[float, float]:
    """PSNR in dB and SSIM of uint8 images, from scikit-image; infinite and 1 where they are equal."""
    from skimage.metrics import peak_signal_noise_ratio, structural_similarity

    if np.array_equal(clean, seen):
        return float("inf"), 1.0
    channel = {"channel_axis": 2} if clean.ndim == 3 else {}
    return (
        float(peak_signal_noise_ratio(clean, seen, data_range=255)),
        float(structural_similarity(clean, seen, data_range=255, **channel)),
    )


def ascents(*, seeds: tuple[int, ...]) -> list[Ascent]:
    """Every packaged image with every degradation that applies to it, save the exceptions and colour ones on grey."""
    return [
        Ascent(name, modality, spec.id, seed)
        for name, modality in sorted(packaged().items())
        for spec in applicable(modality)
        if spec.id not in EXCEPTIONS and not (spec.colour == "rgb" and pixels_of(name).ndim == 2)
        for seed in seeds
    ]


def packaged() -> Mapping[str, str]:
    """The modality of every packaged image by its id: the originals of the sample set, and the phantoms.

    No dermoscopic photograph comes with any package that medq installs; there the phantom is the only one.
    """
    from medq_tasks.sample import sample_modalities

    return sample_modalities() | {f"phantom-{name}": name for name in RENDERED}


def pixels_of(name: str) -> Pixels:
    """The packaged image of that id at full size, (H, W) or (H, W, 3)."""
    if name.startswith("phantom-"):
        return phantom(name.removeprefix("phantom-"))
    from medq_tasks.images import open_pixels
    from medq_tasks.sample import sample_picture

    path = sample_picture(name)
    return open_pixels(path.read_bytes(), path.name)


def ascend(ascent: Ascent) -> Climb:
    """One climb; a function of its own, so that processes can share the work."""
    pixels = pixels_of(ascent.image)
    return climb(ascent.degradation, pixels, modality=ascent.modality, seed=ascent.seed, image=ascent.image)


def climbs(todo: list[Ascent], processes: int) -> Iterator[Climb]:
    """The climbs in the order of the list."""
    if processes == 1:
        yield from map(ascend, todo)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(ascend, todo, chunksize=4)


def main() -> int:
    """Prints a line for every climb that is not monotone and a count. Returns 1 where there is one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1", help="separated by commas")
    parser.add_argument("--only", default="", help="degradations or images whose id contains this")
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    todo = ascents(seeds=tuple(int(seed) for seed in options.seeds.split(",")))
    todo = [one for one in todo if options.only in one.degradation or options.only in one.image]
    broken = 0
    for found in climbs(todo, options.processes):
        if found.breaks:
            broken += 1
            numbers = ", ".join(
                f"{s:g}: {p:.2f} dB {q:.4f}"
                for s, p, q in zip(found.severities, found.psnr_db, found.ssim, strict=True)
            )
            print(f"{found.image} {found.degradation} seed {found.seed}: {numbers}", flush=True)
    print(f"{len(todo)} climbs, {broken} not monotone")
    return EXIT_BROKEN if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
