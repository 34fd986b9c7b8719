"""CT and MRI reconstructions and whole degradations at 512 x 512 on one thread, beside scikit-image, sigpy and torchio.

    python benchmarks/degradations.py [--repeats 5] [--only fbp]

Every case runs in a process of its own with one thread. "CPU" is the processor time of one call (median of the
repeats, after one call that plans transforms and fills caches), which other work on the machine disturbs least; "wall"
is the time on the clock. "peak" is the growth of the resident set over what it was with imports and images loaded. PSNR
is against the phantom, on which total variation is favoured. A peer that is not installed is named as missing.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torchio_peers

SIDE = 512
GOAL_PEAK_MIB = 400  # above images and imports
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")
Call = Callable[[], Any]


@dataclass(frozen=True)
class Case:
    """A measurement: who runs it, the module that it needs, the goal in seconds of CPU time where there is one."""

    task: str
    who: str
    prepare: Callable[[], Call]
    needs: str = "medq_tasks"
    goal_s: float | None = None


def phantom() -> Any:
    """The Shepp-Logan phantom, (512, 512) float32 in [0, 1]."""
    from skimage.data import shepp_logan_phantom
    from skimage.transform import resize

    return resize(shepp_logan_phantom(), (SIDE, SIDE), anti_aliasing=True).astype(np.float32)


def fbp_ours(views: int = 360) -> Call:
    """FBP alone, from a sinogram."""
    from medq_tasks.degradations.ct.filtered_backprojection import filtered_backprojection
    from medq_tasks.degradations.ct.projector import half_turn, projector

    operator = projector(SIDE, half_turn(views))
    sinogram = operator.forward(phantom())
    return lambda: filtered_backprojection(operator, sinogram, kernel="ram_lak")


def fbp_skimage(views: int = 360) -> Call:
    """scikit-image's iradon from its own sinogram."""
    from skimage.transform import iradon, radon

    theta = np.linspace(0, 180, views, endpoint=False)
    sinogram = radon(phantom(), theta=theta, circle=True)
    return lambda: iradon(sinogram, theta=theta, circle=True)


def forward_ours(views: int = 360) -> Call:
    """The projections of a slice."""
    from medq_tasks.degradations.ct.projector import half_turn, projector

    operator, image = projector(SIDE, half_turn(views)), phantom()
    return lambda: operator.forward(image)


def forward_skimage(views: int = 360) -> Call:
    """scikit-image's radon."""
    from skimage.transform import radon

    image, theta = phantom(), np.linspace(0, 180, views, endpoint=False)
    return lambda: radon(image, theta=theta, circle=True)


def fista_tv_ours() -> Call:
    """50 iterations, 90 views."""
    from medq_tasks.degradations.ct.fista_tv import fista_tv
    from medq_tasks.degradations.ct.projector import half_turn, projector

    operator = projector(SIDE, half_turn(90))
    sinogram = operator.forward(phantom())
    return lambda: fista_tv(operator, sinogram, weight=1e-3, iterations=50)


def sirt_ours() -> Call:
    """100 iterations, 90 views."""
    from medq_tasks.degradations.ct.projector import half_turn, projector
    from medq_tasks.degradations.ct.sirt import sirt

    operator = projector(SIDE, half_turn(90))
    sinogram = operator.forward(phantom())
    return lambda: sirt(operator, sinogram, iterations=100)


def sart_skimage() -> Call:
    """One sweep of scikit-image's SART over 90 views, the nearest that it has to SIRT."""
    from skimage.transform import iradon_sart, radon

    theta = np.linspace(0, 180, 90, endpoint=False)
    sinogram = radon(phantom(), theta=theta, circle=True)
    return lambda: iradon_sart(sinogram, theta=theta)


def _mri_data(coils: int, pattern: str, acceleration: float) -> tuple[Any, Any]:
    from medq_tasks.degradations.mri.acquisition import coil_maps, with_phase
    from medq_tasks.degradations.mri.cartesian import CartesianEncoding
    from medq_tasks.degradations.mri.sampling import cartesian_lines

    rng = np.random.default_rng(0)
    lines = cartesian_lines(SIDE, pattern=pattern, acceleration=acceleration, centre_share=24 / 512, rng=rng)
    encoding = CartesianEncoding(coil_maps((SIDE, SIDE), coils), lines)
    return encoding, encoding.measure(with_phase(phantom(), rng), noise_sigma=0.005, rng=rng)


def _for_sigpy(encoding: Any, data: Any) -> tuple[Any, Any]:
    from medq_tasks.degradations.mri.acquisition import lines_to_image, to_kspace

    weights = np.broadcast_to(encoding.measured[:, None], (SIDE, SIDE)).astype(np.float32)
    return to_kspace(lines_to_image(data)).astype(np.complex64), weights


def wavelet_ours() -> Call:
    """FISTA with wavelets, 50 iterations, one coil, R = 4."""
    from medq_tasks.degradations.mri.compressed_sensing import fista, shifting_wavelets

    encoding, data = _mri_data(1, "variable_density", 4)
    return lambda: np.abs(fista(encoding, data, shifting_wavelets(), weight=2e-3, iterations=50))


def wavelet_sigpy() -> Call:
    """sigpy's L1WaveletRecon on the same data."""
    from sigpy.mri.app import L1WaveletRecon

    encoding, data = _mri_data(1, "variable_density", 4)
    kspace, weights = _for_sigpy(encoding, data)
    options = {"weights": weights, "max_iter": 50, "show_pbar": False}
    return lambda: np.abs(L1WaveletRecon(kspace, encoding.maps, 2e-3, **options).run())


def tv_ours() -> Call:
    """FISTA with total variation, 50 iterations, one coil, R = 4."""
    from medq_tasks.degradations.mri.compressed_sensing import fista, total_variation

    encoding, data = _mri_data(1, "variable_density", 4)
    return lambda: np.abs(fista(encoding, data, total_variation((SIDE, SIDE)), weight=2e-3, iterations=50))


def sense_ours() -> Call:
    """CG-SENSE, 20 iterations, 8 coils, R = 4."""
    from medq_tasks.degradations.mri.sense import cg_sense

    encoding, data = _mri_data(8, "equispaced", 4)
    return lambda: np.abs(cg_sense(encoding, data, weight=1e-3, iterations=20))


def sense_sigpy() -> Call:
    """sigpy's SenseRecon on the same data."""
    from sigpy.mri.app import SenseRecon

    encoding, data = _mri_data(8, "equispaced", 4)
    kspace, weights = _for_sigpy(encoding, data)
    options = {"lamda": 1e-3, "weights": weights, "max_iter": 20, "show_pbar": False}
    return lambda: np.abs(SenseRecon(kspace, encoding.maps, **options).run())


def degradation(id_: str) -> Call:
    """A whole `apply` at L1, with hashes, PSNR and SSIM for the record; colour where grey is refused."""
    from medq_tasks.degradations import apply, get

    image = np.rint(phantom() * 255).astype(np.uint8)
    if get(id_).colour == "rgb":
        image = np.dstack([image, image // 2, image // 3])
    return lambda: apply(id_, image, level="L1", seed=1).image / 255


def cases() -> list[Case]:
    """Every measurement, peers beside ours."""
    from medq_tasks.degradations import load_all

    named = [
        Case("fbp, 360 views", "medq", fbp_ours, goal_s=0.030),
        Case("fbp, 360 views", "scikit-image iradon", fbp_skimage, "skimage"),
        Case("projection, 360 views", "medq", forward_ours),
        Case("projection, 360 views", "scikit-image radon", forward_skimage, "skimage"),
        Case("fista-tv 50, 90 views", "medq", fista_tv_ours, goal_s=0.6),
        Case("sirt 100, 90 views", "medq", sirt_ours, goal_s=2.0),
        Case("sirt 100, 90 views", "scikit-image sart, 1 sweep", sart_skimage, "skimage"),
        Case("wavelet 50, 1 coil", "medq", wavelet_ours, goal_s=1.2),
        Case("wavelet 50, 1 coil", "sigpy", wavelet_sigpy, "sigpy"),
        Case("tv 50, 1 coil", "medq", tv_ours),
        Case("sense 20, 8 coils", "medq", sense_ours),
        Case("sense 20, 8 coils", "sigpy", sense_sigpy, "sigpy"),
        Case("ghosting", "medq, the effect", lambda: torchio_peers.ghosting_ours(phantom())),
        Case("ghosting", "torchio", lambda: torchio_peers.ghosting_torchio(phantom()), "torchio"),
        Case("bias field", "medq, the effect", lambda: torchio_peers.bias_ours(phantom())),
        Case("bias field", "torchio", lambda: torchio_peers.bias_torchio(phantom()), "torchio"),
    ]
    return named + [Case(id_, "medq apply", lambda id_=id_: degradation(id_)) for id_ in load_all()]


def measure(case: Case, repeats: int) -> dict[str, float]:
    """Median CPU and wall seconds, PSNR in dB and growth of the resident set in MiB."""
    call = case.prepare()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = call()
    cpu, wall = [], []
    for _ in range(repeats):
        cpu_start, wall_start = time.process_time(), time.perf_counter()
        call()
        cpu.append(time.process_time() - cpu_start)
        wall.append(time.perf_counter() - wall_start)
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    error = float(np.mean((np.asarray(result, float) - phantom()) ** 2)) if np.shape(result) == (SIDE, SIDE) else np.nan
    psnr = -10 * np.log10(error)
    return {"cpu": statistics.median(cpu), "wall": statistics.median(wall), "psnr": float(psnr), "peak": peak}


def row(index: int, case: Case, repeats: int) -> dict[str, float] | None:
    """Print one line of the table; returns the numbers, None where the peer is missing."""
    if importlib.util.find_spec(case.needs) is None:
        print(f"{case.task:24} {case.who:28} {case.needs} is not installed", flush=True)
        return None
    command = [sys.executable, __file__, "--child", str(index), "--repeats", str(repeats)]
    child = subprocess.run(command, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    goal = (
        "" if case.goal_s is None else f"goal {case.goal_s:g} s: {'met' if found['cpu'] <= case.goal_s else 'MISSED'}"
    )
    psnr = "" if np.isnan(found["psnr"]) else f"{found['psnr']:.1f}"
    numbers = f"{found['cpu']:8.3f} {found['wall']:8.3f} {psnr:>7} {found['peak']:7.0f}"
    print(f"{case.task:24} {case.who:28} {numbers}  {goal}", flush=True)
    return found


def main() -> None:
    """The table, or, with --child, one case."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", default="", help="measure only tasks whose name contains this")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    every = cases()
    if options.child is not None:
        print(json.dumps(measure(every[options.child], options.repeats)))
        return
    print(f"{'task':24} {'by':28} {'CPU s':>8} {'wall s':>8} {'PSNR':>7} {'MiB':>7}")
    found = [(c, row(i, c, options.repeats)) for i, c in enumerate(every) if options.only in c.task]
    summary([(case, numbers) for case, numbers in found if numbers and case.who == "medq apply"])
    if any(case.who == "torchio" for case, _ in found):
        installed = importlib.util.find_spec("torchio") is not None
        print("\n".join(torchio_peers.shared_invariants(phantom(), torchio=installed)))


def summary(whole: list[tuple[Case, dict[str, float]]]) -> None:
    """Prints the rate of the whole set and the case that needed most memory."""
    if not whole:
        return
    total = sum(numbers["cpu"] for _, numbers in whole)
    largest, numbers = max(whole, key=lambda pair: pair[1]["peak"])
    met = "met" if numbers["peak"] <= GOAL_PEAK_MIB else "MISSED"
    print(f"whole set, {len(whole)} degradations, one image each at L1: {len(whole) / total:.1f} images/s/core")
    print(
        f"largest growth of the resident set: {numbers['peak']:.0f} MiB in {largest.task}, goal {GOAL_PEAK_MIB}: {met}"
    )


if __name__ == "__main__":
    main()
