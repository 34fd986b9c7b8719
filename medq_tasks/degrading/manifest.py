"""The manifest of a folder of results: its plan and its records, and what decides their pixels."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from medq_tasks.degradations.metadata import ENGINE_VERSION, package_versions
from medq_tasks.degrading.job import Record, write_whole
from medq_tasks.degrading.plan import Plan

MANIFEST = "manifest.json"
JOURNAL = ".journal.jsonl"


def fingerprint(plan: Plan) -> dict[str, Any]:
    """What decides the pixels of a result besides the image, the degradation and the severity."""
    return {
        "seed": plan.seed,
        "modality": plan.modality,
        "params": dict(plan.params),
        "window": list(plan.window) if plan.window else None,
        "frame": plan.frame,
        "engine_version": ENGINE_VERSION,
        "versions": dict(package_versions()),
    }


def journal_line(record: Record, plan: Plan) -> str:
    """A record with its plan, as a line of the journal."""
    return json.dumps({**asdict(record), "plan": fingerprint(plan)}) + "\n"


def in_order(records: Iterable[Record]) -> list[Record]:
    """The records by folder, source and frame: the order of a manifest, whatever the order of the work."""
    return sorted(records, key=lambda record: (record.folder, record.source, record.frame))


def write_manifests(target: Path, plan: Plan, records: Sequence[Record]) -> None:
    """One manifest a folder of results; a record without a folder (no modality could be read) stands in none."""
    folders: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.folder:
            folders[record.folder].append(record)
    for folder, entries in folders.items():
        degradation, _, severity = folder.partition("/")
        content = {
            "degradation": degradation,
            "severity": severity,
            "plan": fingerprint(plan),
            "images": [asdict(record) for record in entries],
        }
        write_whole(target / folder / MANIFEST, (json.dumps(content, indent=1) + "\n").encode())
