"""A picture of every degradation as coarse means: whoever changes one must raise `ENGINE_VERSION`.

A changed random stream, place, order of draws or formula moves them, where no invariant may notice. After a wanted
change: raise `ENGINE_VERSION` in metadata.py and run `python tests/medq_tasks/degradations/test_golden_pictures.py`.
"""

import json
from pathlib import Path

import numpy as np
import pytest

from medq_tasks.degradations import apply, load_all
from medq_tasks.degradations.metadata import ENGINE_VERSION

FILE = Path(__file__).with_name("golden_pictures.json")
SIDE, BLOCK, SEED, SEVERITY = 96, 12, 7, 0.6
TOLERANCE = 5e-4  # far above what another processor or library build changes


def _clean(id: str) -> np.ndarray:
    """A body of two tissues with texture on black, in integers so that it is the same everywhere; (96, 96[, 3])."""
    y, x = np.mgrid[:SIDE, :SIDE]
    body = (y - 48) ** 2 + (x - 46) ** 2 < 40**2
    organ = (y - 40) ** 2 + 2 * (x - 52) ** 2 < 18**2
    grey = np.where(body, 90 + 60 * organ + (y * 31 + x * 17 + y * x) % 37, 0).astype(np.float32) / np.float32(255)
    if load_all()[id].colour == "grey":
        return grey
    return np.dstack([grey, grey * np.float32(0.75), grey[::-1] * np.float32(0.5)])


def _means(id: str) -> list[list[float]]:
    image = apply(id, _clean(id), severity=SEVERITY, seed=SEED).image.astype(np.float64)
    grey = image.reshape(SIDE, SIDE, -1) @ np.linspace(1, 2, image.size // SIDE**2)
    return grey.reshape(SIDE // BLOCK, BLOCK, SIDE // BLOCK, BLOCK).mean((1, 3)).round(5).tolist()


@pytest.mark.parametrize("id", load_all())
def test_the_same_parameters_and_seed_give_the_picture_of_this_engine_version(id):
    golden = json.loads(FILE.read_text(encoding="utf-8"))
    assert golden["engine_version"] == ENGINE_VERSION, "run this file to write the pictures of the new version"
    assert np.allclose(_means(id), golden["pictures"][id], atol=TOLERANCE), "raise ENGINE_VERSION and run this file"


def test_no_picture_is_left_of_a_degradation_that_is_gone():
    assert set(json.loads(FILE.read_text(encoding="utf-8"))["pictures"]) == set(load_all())


if __name__ == "__main__":
    rows = ",\n".join(f"  {json.dumps(id)}: {json.dumps(_means(id))}" for id in load_all())
    FILE.write_text(f'{{"engine_version": {ENGINE_VERSION}, "pictures": {{\n{rows}\n}}}}\n', encoding="utf-8")
