"""A folder of mixed images under every degradation that applies, by 1 and by 2 processes: equal bytes, and the speed.

    python benchmarks/degrade_folder.py [--images 200] [--folder /tmp/mixed] [--processes 1 2]

The images are cut from the files that pydicom-data, pydicom, nibabel, scikit-image and the sample set carry: PNG and
TIFF of 8 and 16 bits, NIfTI and DICOM, grey and colour, every modality, 112 to 256 px a side save the DICOM files,
which stay as they are (up to 512 px). Each run is the real command in an empty folder. "CPU" is the processor time of
the run and its workers; on a machine whose cores other work shares, only CPU is comparable.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[1]
SIDES_PX = (112, 128, 160, 192, 256)
DICOM_FILES = {  # real files of modest size by folder
    "ct": ("CT_small.dcm", "explicit_VR-UN.dcm", "bad_sequence.dcm", "J2K_pixelrep_mismatch.dcm"),
    "mri": ("MR_small.dcm", "MR_small_bigendian.dcm", "MR_small_RLE.dcm", "MR-SIEMENS-DICOM-WithOverlays.dcm"),
    "ultrasound": ("US1_J2KR.dcm", "examples_palette.dcm", "JPGLosslessP14SV1_1s_1f_8b.dcm"),
    "dermoscopy": ("SC_rgb.dcm", "SC_rgb_rle.dcm"),
}
Pixels = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Run:
    """One run of the command: its numbers, and the SHA-256 of every file that it wrote."""

    processes: int
    wall_s: float
    cpu_s: float
    files: Mapping[str, str]
    words: str


def png(path: Path, image: Pixels) -> None:
    """A PNG of 8 or 16 bits, grey or colour."""
    from medq_tasks.degrading.encoding import encode_pixels

    path.with_suffix(".png").write_bytes(encode_pixels(image))


def tiff(path: Path, image: Pixels) -> None:
    """A TIFF."""
    import tifffile

    tifffile.imwrite(path.with_suffix(".tif"), image, photometric="rgb" if image.ndim == 3 else "minisblack")


def nifti(path: Path, image: Pixels) -> None:
    """A compressed NIfTI volume of three slices, the middle one of which is the image."""
    import nibabel

    grey = image if image.ndim == 2 else image.mean(axis=2)
    volume = np.stack([grey // 2, grey, grey // 3], axis=-1).astype(np.int16)
    nibabel.save(nibabel.Nifti1Image(volume.transpose(1, 0, 2), np.diag([0.8, 0.8, 3, 1])), f"{path}.nii.gz")


KINDS: tuple[tuple[str, np.dtype[Any], Callable[[Path, Pixels], None]], ...] = (
    ("png8", np.dtype(np.uint8), png),
    ("png16", np.dtype(np.uint16), png),
    ("tiff8", np.dtype(np.uint8), tiff),
    ("tiff16", np.dtype(np.uint16), tiff),
    ("nifti", np.dtype(np.int16), nifti),
)


def bases() -> Mapping[str, list[Pixels]]:
    """The packaged images by modality, in [0, 1]; dermoscopy borrows the skin sections and scikit-image's retina."""
    from skimage import data

    from medq_tasks.images import open_pixels
    from medq_tasks.sample import sample_modalities, sample_picture

    found: dict[str, list[Pixels]] = {}
    for name, modality in sample_modalities().items():
        found.setdefault(modality, []).append(open_pixels(sample_picture(name).read_bytes(), name) / 255.0)
    found["dermoscopy"] = [*found["histopathology"][1:], data.retina()[300:900, 300:900] / 255.0]
    found["fundus"].append(data.microaneurysms() / 255.0)
    return found


def cut(image: Pixels, index: int) -> Pixels:
    """The `index`-th cut: another place and shape each, brought to one of `SIDES_PX`, so that grey values are new."""
    from skimage.transform import resize

    rng = np.random.default_rng(index)
    height, width = (max(96, int(side * rng.uniform(0.6, 1.0))) for side in image.shape[:2])
    top = int(rng.integers(0, max(image.shape[0] - height, 0) + 1))
    left = int(rng.integers(0, max(image.shape[1] - width, 0) + 1))
    part = image[top : top + height, left : left + width]
    side = SIDES_PX[index % len(SIDES_PX)]
    shape = (side, round(side * part.shape[1] / part.shape[0] * 0.9), *part.shape[2:])
    return np.clip(resize(part, shape, anti_aliasing=True), 0, 1)


def assemble(folder: Path, count: int) -> int:
    """Writes `count` images into a folder a modality; returns how many are DICOM."""
    from pydicom.data import get_testdata_file

    source = bases()
    share = {modality: count // len(source) + (k < count % len(source)) for k, modality in enumerate(source)}
    dicom = 0
    for modality, images in source.items():
        (folder / modality).mkdir(parents=True)
        real = DICOM_FILES.get(modality, ())[: share[modality] // 5]
        for name in real:
            shutil.copy(str(get_testdata_file(name)), folder / modality / name)
        dicom += len(real)
        for index in range(share[modality] - len(real)):
            _write(folder / modality, images[index % len(images)], index)
    return dicom


def _write(folder: Path, image: Pixels, index: int) -> None:
    name, dtype, write = KINDS[index % len(KINDS)]
    part = cut(image, index)
    full = {"uint8": 255, "uint16": 65535 if index % 2 else 4095, "int16": 3000}[dtype.name]
    write(folder / f"{index:03d}_{name}", np.rint(part * full).astype(dtype))


def degrade(source: Path, target: Path, processes: int) -> Run:
    """The command as a user types it, timed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    words = ["--degradation", "all", "--severity", "L1,L2", "--seed", "7", "--processes", str(processes)]
    command = [sys.executable, "-m", "medq_tasks", "degrade", str(source), str(target), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - start
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(processes, wall, cpu, dict(hashes(target)), done.stdout.splitlines()[-1])


def hashes(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below a folder, manifests too, with its SHA-256."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> int:
    """Prints the table. Returns 1 where two runs wrote other bytes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--images", type=int, default=200)
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--folder", type=Path, help="where to work and leave everything; default: a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        root = options.folder or Path(temporary)
        dicom = assemble(root / "in", options.images)
        kinds = ", ".join(name for name, _, _ in KINDS)
        print(
            f"{options.images} images: {dicom} DICOM, the others {kinds}; load before {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        runs = [_shown(degrade(root / "in", root / f"out{n}", n)) for n in options.processes]
    return _compare(runs)


def _shown(run: Run) -> Run:
    outputs = sum(not name.endswith("manifest.json") for name in run.files)
    rates = f"{outputs / run.wall_s:.1f} images/s, {outputs / run.cpu_s:.1f} images/s of CPU"
    load = os.getloadavg()[0]
    print(f"{run.processes} processes: {run.wall_s:.0f} s wall, {run.cpu_s:.0f} s CPU, {rates}; load {load:.1f}")
    print(f"   {run.words.split(';')[0]}", flush=True)
    return run


def _compare(runs: list[Run]) -> int:
    first, *others = runs
    unequal = 0
    for other in others:
        names = {*first.files, *other.files}
        differing = sorted(name for name in names if first.files.get(name) != other.files.get(name))
        unequal += len(differing)
        ratio = first.wall_s / other.wall_s
        verdict = "all bytes equal" if not differing else f"{len(differing)} DIFFER, such as {differing[0]}"
        print(
            f"{first.processes} and {other.processes} processes: {len(names)} files, {verdict}; {ratio:.2f} x as fast"
        )
    return 1 if unequal else 0


if __name__ == "__main__":
    raise SystemExit(main())
