"""Where every image of the sample set comes from and under which licence, for people and for programs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from medq_tasks.sample.catalogue import Original
from medq_tasks.sample.variants import Variant

NAME = "ATTRIBUTION"
HEADER = """# Attribution of the sample set

Every image was read from an installed package and, unless its level is `none`, degraded by `medq_tasks.degradations`.
The licence of a package is no proof of the rights in an image that it carries: do not pass the files on where a row
below does not name a public licence of the image itself. Images marked as rendered show no patient.

| image | modality | split | package | file | rendered | licence | origin |
|---|---|---|---|---|---|---|---|
"""


def write_attribution(folder: Path, variants: Iterable[Variant]) -> None:
    """Writes `ATTRIBUTION.md`, a row an original, and `ATTRIBUTION.json`, an entry an image file with its SHA-256."""
    shown = list(variants)
    originals = {variant.original.id: variant.original for variant in shown}
    table = HEADER + "".join(map(_row, originals.values()))
    (folder / f"{NAME}.md").write_text(table, encoding="utf-8")
    entries = [_entry(variant) for variant in shown]
    (folder / f"{NAME}.json").write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _row(original: Original) -> str:
    opening = original.open
    cells = (
        original.id, original.modality, original.split, opening.package, opening.file,
        "yes" if original.rendered else "no", original.licence, original.origin,
    )  # fmt: skip
    return f"| {' | '.join(cells)} |\n"


def _entry(variant: Variant) -> dict[str, str | bool | None]:
    original = variant.original
    return {
        "sha256": hashlib.sha256(variant.png).hexdigest(),
        "original": original.id,
        "modality": original.modality,
        "split": original.split,
        "degradation": variant.degradation,
        "severity": variant.severity,
        "package": original.open.package,
        "file": original.open.file,
        "rendered": original.rendered,
        "licence": original.licence,
        "origin": original.origin,
    }
