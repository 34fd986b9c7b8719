import re
from pathlib import Path

import numpy as np
import pytest

from medq_tasks.degradations import get, load_all
from medq_tasks.degrading.pages import ORIGINALS, PAGES, page, sheet, specs_of
from medq_tasks.degrading.phantoms import RENDERED

FOLDER = Path(__file__).parents[3] / "docs" / "degradations"


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_what_the_registry_says_now(name):
    assert (FOLDER / f"{name}.md").read_text(encoding="utf-8") == page(name), (
        "run: python -m medq_tasks.degrading.pages docs/degradations --sheets"
    )


def test_every_degradation_stands_on_a_page():
    assert {spec.id for name in PAGES for spec in specs_of(name)} == set(load_all())


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_of_a_page_is_there_and_small(name):
    named = re.findall(r"\]\(([^)]+\.jpg)\)", page(name))
    for picture in named:
        assert 1000 < (FOLDER / picture).stat().st_size <= 150_000
    folder = FOLDER / name
    assert {f"{name}/{path.name}" for path in folder.iterdir()} == set(named)


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_is_of_a_phantom_or_of_an_image_that_may_be_passed_on(name):
    from medq_tasks.construction import load_spec
    from medq_tasks.sample import SPEC

    licences = {source.id: source.licence for source in load_spec(SPEC).sources}
    assert name in RENDERED or licences[ORIGINALS[name]] in {"CC0 1.0", "Apache-2.0"}


def test_a_sheet_shows_the_clean_image_first_and_the_same_bytes_every_time():
    coarse = np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    data = sheet(get("fundus.haze"), coarse, "fundus")
    assert data == sheet(get("fundus.haze"), coarse, "fundus")
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(data)) as opened:
        assert opened.size == (768, 256)
