"""The official data sets on the hub, and the files of each task in them."""

from __future__ import annotations

from dataclasses import dataclass

from medq_tasks.errors import DataError


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set on the hub. `revision` is what the first fetch resolves to a commit, which is then kept."""

    name: str
    repo: str
    revision: str = "main"


DATASETS = {
    "medq-bench": Dataset("medq-bench", "jiyaoliufd/MedQ-Bench"),
    "medq-deg": Dataset("medq-deg", "jiyaoliufd/MedQ-DEG-Bench"),
}

# Task to its data set and the names of its files.
FILES = {
    "perception": ("medq-bench", ("medqbench_QA_{split}.tsv",)),
    "reasoning": ("medq-bench", ("medqbench_description_{split}.tsv",)),
    "comparison": ("medq-bench", ("medqbench_paired_description_{split}.tsv",)),
    "degradation": ("medq-deg", ("MedQ-Robust-good-{split}.tsv", "MedQ-Robust-simulate-{split}.tsv")),
}


def dataset_named(name: str) -> Dataset:
    """The data set of that name. Raises `DataError` with the names that there are."""
    if name not in DATASETS:
        raise DataError(f"dataset: expected one of {', '.join(DATASETS)}, got {name!r}")
    return DATASETS[name]
