"""Where the images come from."""

import base64
import csv
import hashlib
import json
from pathlib import Path

from medq_tasks.sample.catalogue import originals

csv.field_size_limit(2**31 - 1)


def test_every_image_file_has_its_licence_and_origin(built: Path) -> None:
    entries = {entry["sha256"]: entry for entry in json.loads((built / "ATTRIBUTION.json").read_text(encoding="utf-8"))}
    found = set()
    for path in built.glob("*.tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, dialect="excel-tab"):
                cells = (row.get(name) or "" for name in ("image", "image_a", "image_b"))
                found |= {hashlib.sha256(base64.b64decode(cell)).hexdigest() for cell in cells if len(cell) > 64}
    assert found <= set(entries)
    assert all(entry["licence"] and entry["origin"] and entry["package"] for entry in entries.values())


def test_the_readable_table_has_a_row_an_original(built: Path) -> None:
    text = (built / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert all(f"| {original.id} |" in text for original in originals())
    assert text.count("| yes |") == sum(original.rendered for original in originals())


def test_images_in_the_repository_are_cc0() -> None:
    assets = Path(__file__).parents[3] / "medq_tasks" / "sample" / "assets"
    committed = {original.open.file: original.licence for original in originals() if original.open.kind == "asset"}
    assert set(committed.values()) == {"CC0 1.0"}
    assert {path.name for path in assets.iterdir()} == set(committed)
