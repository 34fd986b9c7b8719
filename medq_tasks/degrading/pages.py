"""`python -m medq_tasks.degrading.pages docs/degradations`: a page a modality, written from the registry itself.

With `--sheets` the pictures are made again too, of images that may be passed on and of phantoms.
"""

from __future__ import annotations

import argparse
import inspect
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations import Curve, Spec, apply, load_all
from medq_tasks.degrading.phantoms import phantom
from medq_tasks.degrading.phantoms.ct import PIXEL_MM, WINDOW_HU
from medq_tasks.item import MODALITIES

if TYPE_CHECKING:
    from medq_tasks.construction.source import Source

GENERAL = "general"
PAGES = (*MODALITIES, GENERAL)
LEVELS = ("L0", "L1", "L2")
TILE_PX = 256
QUALITY = 82  # of a sheet's JPEG with full chroma: three tiles stay below 150 kB
SEED = 7
# Originals of the sample set that may be passed on: CC0 images, and a rendered lumen without a patient. The DICOM files
# of pydicom-data stand under one MIT licence, which says little about each image's own: phantoms take their place.
ORIGINALS = {
    "fundus": "fundus-normal",
    "histopathology": "histo-skin-follicle",
    "endoscopy": "endoscopy-colon-a",
    GENERAL: "fundus-normal",
}
SHOWN_AS = {GENERAL: "fundus"}  # the modality that the pictures of a page are degraded as
PARAMETERS: Mapping[str, Mapping[str, Any]] = {"ct": {"window_hu": list(WINDOW_HU), "pixel_mm": PIXEL_MM}}


def page(name: str) -> str:
    """The page of a modality, or of `general`, as Markdown."""
    specs = specs_of(name)
    title = "Degradations of every modality" if name == GENERAL else f"Degradations: {name}"
    lines = [
        f"# {title}", "",
        "Written by `python -m medq_tasks.degrading.pages docs/degradations` from the registry; edit the degradations, "
        "not this page. L1 (mild) and L2 (severe) are presets; any severity in [0, 1] can be asked for, and 0 returns "
        "the input bit for bit.", "",
        f"Columns of the pictures: clean, L1, L2. {_shown(name)}", "",
        *_command(name),
        *_table(specs),
    ]  # fmt: skip
    for spec in specs:
        lines += ["", f"## {spec.id}", "", _first_sentence(spec), "", *_facts(spec)]
        lines += ["", f"![{spec.id}: clean, mild, severe]({name}/{spec.id}.jpg)"]
    if name != GENERAL:
        lines += ["", "The degradations of every modality are on [their own page](general.md)."]
    return "\n".join(lines) + "\n"


def specs_of(name: str) -> list[Spec]:
    """The degradations of a page: those of the modality alone or of a few, or those of every modality."""
    everywhere = [spec for spec in load_all().values() if len(spec.modalities) == len(MODALITIES)]
    if name == GENERAL:
        return everywhere
    return [spec for spec in load_all().values() if name in spec.modalities and spec not in everywhere]


def sheet(spec: Spec, clean: npt.NDArray[np.uint8], modality: str) -> bytes:
    """A JPEG of (256, 768): the image clean, at L1 and at L2."""
    from PIL import Image as Pillow

    params = PARAMETERS.get(spec.id.split(".", 1)[0], {})
    tiles = [apply(spec.id, clean, level=level, params=params, seed=SEED, modality=modality).image for level in LEVELS]
    picture = Pillow.fromarray(np.hstack([_tile(tile) for tile in tiles]))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, subsampling="4:4:4", optimize=True)
    return out.getvalue()


def _table(specs: list[Spec]) -> list[str]:
    lines = ["| degradation | seen as | category | parameter | unit | L1 | L2 |", "|---|---|---|---|---|---|---|"]
    for spec in specs:
        mild, severe = (spec.levels[level] for level in LEVELS[1:])
        for name, curve in spec.curves.items():
            values = f"{curve(mild):g} | {curve(severe):g}"
            lines.append(f"| `{spec.id}` | {spec.attribute} | {spec.category} | `{name}` | {curve.unit} | {values} |")
    return lines


def _facts(spec: Spec) -> list[str]:
    facts = [f"- source: {spec.source}", f"- severity to parameters: {_curves(spec.curves)}"]
    if spec.fixed:
        facts.append("- further parameters: " + ", ".join(f"`{name}={value}`" for name, value in spec.fixed.items()))
    if spec.aliases:
        facts.append("- also called: " + ", ".join(f"`{alias}`" for alias in spec.aliases))
    if spec.local:
        facts.append("- local: pixels outside the mask stay bit-identical")
    return facts


def _curves(curves: Mapping[str, Curve]) -> str:
    described = []
    for name, curve in curves.items():
        knots = ", ".join(f"{severity:g} → {value:g}" for severity, value in curve.knots)
        how = " (geometric)" if curve.log else " (in steps)" if curve.steps else ""
        described.append(f"`{name}` {knots}{how}")
    return "; ".join(described)


def _first_sentence(spec: Spec) -> str:
    text = " ".join((inspect.getdoc(spec.function) or spec.attribute).split("\n\n")[0].split())
    return text if text.endswith(".") else f"{text}."


def _command(name: str) -> list[str]:
    modality = "ct" if name == GENERAL else name
    command = f"python -m medq_tasks degrade IMAGES --modality {modality} --sheet sheets/{name}.png"
    return [f"Pictures on your own images: `{command}`.", ""]


def _tile(image: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    from PIL import Image as Pillow

    shown = Pillow.fromarray(image).convert("RGB")
    return np.asarray(shown.resize((TILE_PX, TILE_PX), Pillow.Resampling.LANCZOS))


def _shown(name: str) -> str:
    if name not in ORIGINALS:
        return f"The image is a phantom, rendered by `medq_tasks/degrading/phantoms/{name}.py`; no patient."
    original = _original(name)
    return f"The image is {original.subject} ({original.licence}; {original.origin})."


def _original(name: str) -> Source:
    from medq_tasks.construction import load_spec
    from medq_tasks.sample import SPEC

    return next(one for one in load_spec(SPEC).sources if one.id == ORIGINALS[name])


def clean_image(name: str) -> npt.NDArray[np.uint8]:
    """The picture of a page before it is degraded: a phantom, or the middle square of an original of the sample set."""
    if name not in ORIGINALS:
        return phantom(name)
    from medq_tasks.images import open_pixels
    from medq_tasks.sample import sample_picture

    path = sample_picture(ORIGINALS[name])
    image = open_pixels(path.read_bytes(), path.name)
    side = min(image.shape[:2])
    top, left = ((length - side) // 2 for length in image.shape[:2])
    return np.ascontiguousarray(image[top : top + side, left : left + side])


def write_pages(folder: Path, *, sheets: bool = False) -> None:
    """Writes every page, and the pictures where asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PAGES:
        (folder / f"{name}.md").write_text(page(name), encoding="utf-8")
    for name in PAGES if sheets else ():
        (folder / name).mkdir(exist_ok=True)
        clean = clean_image(name)
        for spec in specs_of(name):
            (folder / name / f"{spec.id}.jpg").write_bytes(sheet(spec, clean, SHOWN_AS.get(name, name)))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sheets", action="store_true", help="make the pictures again")
    arguments = parser.parse_args()
    write_pages(arguments.folder, sheets=arguments.sheets)


if __name__ == "__main__":
    main()
