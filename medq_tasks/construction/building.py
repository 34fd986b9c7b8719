"""SPEC.yaml to a benchmark: the whole pipeline in order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from medq_tasks.construction.bank import Bank
from medq_tasks.construction.card import write_card
from medq_tasks.construction.checksums import write_checksums
from medq_tasks.construction.collecting import Collection, collect
from medq_tasks.construction.duplicates import across_splits, fingerprint
from medq_tasks.construction.equalising import equalised
from medq_tasks.construction.expansion.choosing import make_expander
from medq_tasks.construction.expansion.expander import Expander, Rejected, expand_all
from medq_tasks.construction.loading import bank_of, load_spec
from medq_tasks.construction.original import Original
from medq_tasks.construction.parquet import write_parquet
from medq_tasks.construction.references import make_descriptions, make_pairs
from medq_tasks.construction.robustness import make_robust_items
from medq_tasks.construction.rotation import Rotation
from medq_tasks.construction.seeds import make_seeds
from medq_tasks.construction.spec import BuildSpec
from medq_tasks.construction.splitting import SPLITS, split_by_study
from medq_tasks.construction.tables import (
    Row,
    comparison_rows,
    perception_rows,
    reasoning_rows,
    robust_rows,
    write_tsv,
)
from medq_tasks.construction.variants import PICTURES, STATE, Refused, Variant, make_variants, plain, record_of
from medq_tasks.construction.writing import Writing
from medq_tasks.degrading.job import write_whole
from medq_tasks.errors import DataError
from medq_tasks.images import open_pixels

# Stem of the files by task; MedQ-Deg comes in two, clean and degraded, and in one that holds both.
FILES = {
    "perception": "medqbench_QA_{split}",
    "reasoning": "medqbench_description_{split}",
    "comparison": "medqbench_paired_description_{split}",
    "degradation": "MedQ-Robust-{part}-{split}",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One written file: its stem, task and rows."""

    stem: str
    task: str
    split: str
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the folder, its tables, and what was left out and why."""

    out: Path
    tables: tuple[Table, ...]
    collection: Collection
    variants: tuple[Variant, ...]
    refused: tuple[Refused, ...]
    rejected: tuple[Rejected, ...]
    unequal: tuple[str, ...]


def build(spec_path: Path, out: Path) -> Built:
    """Builds the benchmark of a spec into a folder; running it again makes only what is missing or has changed.

    The same spec, sources and versions give the same bytes. Raises `InputError`, one line, for a spec or an image that
    cannot be used, and for near-duplicates across dev and test.
    """
    spec = load_spec(spec_path)
    bank = bank_of(spec)
    expander = make_expander(spec.expansion, out / STATE)
    collection = collect(spec, spec_path.resolve().parent, out / STATE)
    splits = split_by_study(collection.originals, seed=spec.seed)
    kept, unequal = equalised(collection.originals, splits) if spec.equal_splits else (collection.originals, [])
    out.mkdir(parents=True, exist_ok=True)
    variants, refused = make_variants(spec, bank, _with_markers(spec, kept, splits), splits, out)
    _remove_strangers(out, variants)
    _refuse_duplicates(spec, variants, out)
    tables, rejected = _tables(spec, bank, variants, expander)
    for table in tables:
        write_tsv(out / f"{table.stem}.tsv", table.task, table.rows, out)
        if spec.parquet:
            write_parquet(out / "parquet" / f"{table.stem}.parquet", table.task, table.rows, out)
    unused = tuple(original.id for original in unequal)
    built = Built(out, tuple(tables), collection, tuple(variants), tuple(refused), tuple(rejected), unused)
    _write_reports(built, bank)
    write_card(built, spec, bank)
    write_checksums(out)
    return built


def _with_markers(spec: BuildSpec, originals: Sequence[Original], splits: Mapping[str, str]) -> list[Original]:
    """The originals with how many markers each gets: 1 to the most, in turn within a split."""
    if spec.picture.markers is None:
        return list(originals)
    turn, numbers = Rotation(), range(1, spec.picture.markers.most + 1)
    return [replace(original, markers=turn.next(splits[original.id], numbers)) for original in originals]


def _tables(
    spec: BuildSpec, bank: Bank, variants: Sequence[Variant], expander: Expander
) -> tuple[list[Table], list[Rejected]]:
    tables: list[Table] = []
    seeds = make_seeds(variants, bank, spec.perception) if "perception" in spec.tasks else []
    questions, rejected = expand_all(seeds, expander, bank)
    descriptions = make_descriptions(variants, bank) if "reasoning" in spec.tasks else []
    pairs = make_pairs(variants, bank, spec.comparisons) if "comparison" in spec.tasks else []
    robust = make_robust_items(variants, bank) if "degradation" in spec.tasks else []
    for split in SPLITS:
        rows = {
            "perception": perception_rows([one for one in questions if one.variant.split == split]),
            "reasoning": reasoning_rows([one for one in descriptions if one.variant.split == split]),
            "comparison": comparison_rows([one for one in pairs if one.first.split == split]),
        }
        tables += [Table(FILES[task].format(split=split), task, split, made) for task, made in rows.items()]
        for part, sides in (("good", (True,)), ("simulate", (False,)), ("all", (True, False))):
            mine = [one for one in robust if one.variant.split == split and one.variant.clean in sides]
            stem = FILES["degradation"].format(part=part, split=split)
            tables.append(Table(stem, "degradation", split, robust_rows(mine)))
    return [table for table in tables if table.rows], rejected


def _refuse_duplicates(spec: BuildSpec, variants: Sequence[Variant], out: Path) -> None:
    prints = [
        fingerprint(variant.original.id, variant.split, open_pixels((out / variant.file).read_bytes(), variant.file))
        for variant in variants
        if variant.clean
    ]
    rule = spec.duplicates
    found = across_splits(prints, maximum_bits=rule.maximum_bits, minimum_correlation=rule.minimum_correlation)
    if not found:
        return
    paths = {variant.original.id: variant.original.path for variant in variants}
    named = "; ".join(
        f"{paths[one.first]} and {paths[one.second]} ({one.bits} of 64 bits differ, correlation {one.correlation:.3f})"
        for one in found[:5]
    )
    raise DataError(
        f"near-duplicates across dev and test: expected none, got {len(found)}: {named}; "
        "give them the same `study`, or leave one out"
    )


def _remove_strangers(out: Path, variants: Sequence[Variant]) -> None:
    """Pictures of an earlier spec in the same folder would otherwise be published with this one."""
    mine = {variant.file for variant in variants}
    for path in (out / PICTURES).glob("*.png"):
        if f"{PICTURES}/{path.name}" not in mine:
            path.unlink()


def _write_reports(built: Built, bank: Bank) -> None:
    """`images.jsonl` (a record a picture) and `report.json` (tags removed, text flagged, slices, what was left out)."""
    absent = Writing(bank).absent
    records = [record_of(variant) | {"absent": absent(variant)} for variant in built.variants]
    lines = [json.dumps(record, sort_keys=True) for record in records]
    write_whole(built.out / "images.jsonl", "".join(f"{line}\n" for line in lines).encode())
    report: dict[str, Any] = {
        "deidentification": {key: asdict(removal) for key, removal in built.collection.removals.items()},
        "burned_in_text": [asdict(finding) for finding in built.collection.flagged],
        "slices": {key: [asdict(one) for one in made] for key, made in built.collection.slices.items()},
        "left_out_for_equal_splits": list(built.unequal),
        "degradations_refused": [plain(one) for one in built.refused],
        "questions_rejected": [asdict(one) for one in built.rejected],
    }
    write_whole(built.out / "report.json", (json.dumps(report, indent=1, sort_keys=True) + "\n").encode())
