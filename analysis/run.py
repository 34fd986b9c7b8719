"""A finished run, read whole from its folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from analysis.errors import AnalysisError
from medq.records import CONFIG, MANIFEST, RESULTS, SAMPLES, Results, Sample, read_manifest, read_results, read_samples

OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class Run:
    """A run's folder and what lies in it; `config` is the text of `config.yaml`, empty where there is none."""

    path: Path
    results: Results
    samples: tuple[Sample, ...]
    manifest: dict[str, Any]
    config: str

    @property
    def name(self) -> str:
        """The folder's name, with its parent's where that is a date folder of `runs/`."""
        parent = self.path.parent.name
        return f"{parent}/{self.path.name}" if parent[:2] == "20" else self.path.name

    @property
    def dataset(self) -> str | None:
        """The name of the data as the manifest gives it ("official", "sample", "local"); None where it is silent."""
        dataset = self.manifest.get("dataset")
        name = dataset.get("name") if isinstance(dataset, dict) else dataset
        return None if name is None else str(name)

    @property
    def is_official(self) -> bool:
        """Whether the run is on the official data, the only case in which published rows may stand beside it."""
        return self.dataset == OFFICIAL

    @property
    def splits(self) -> tuple[str, ...]:
        """The splits that occur among the rows, sorted."""
        return tuple(sorted({sample.split for sample in self.samples if sample.split}))


def load_run(path: Path) -> Run:
    """Everything of the run in `path`; a missing manifest or config reads as empty.

    Raises `AnalysisError` when `results.json` or `samples.jsonl` is missing or is not what `medq` writes.
    """
    path = path.resolve()
    for name in (RESULTS, SAMPLES):
        if not (path / name).is_file():
            raise AnalysisError(
                f"expected the folder of a finished run with {name}, found none in {path}: "
                "give a folder that `python -m medq` wrote, or resume that run"
            )
    try:
        results, samples = read_results(path), tuple(read_samples(path))
    except (ValidationError, UnicodeDecodeError) as error:
        raise AnalysisError(f"a file of {path} is not what medq writes: {_first_line(error)}") from error
    return Run(path, results, samples, _manifest(path), _config(path))


def _first_line(error: ValidationError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return str(error)
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{error.title}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _manifest(path: Path) -> dict[str, Any]:
    if not (path / MANIFEST).is_file():
        return {}
    try:
        return read_manifest(path)
    except json.JSONDecodeError as error:
        raise AnalysisError(f"{MANIFEST} of {path} is not JSON: {error}") from error


def _config(path: Path) -> str:
    return (path / CONFIG).read_text(encoding="utf-8") if (path / CONFIG).is_file() else ""
