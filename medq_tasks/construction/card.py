"""The dataset card: what the set holds, in the form of the paper's Tables 2 to 5 and figure 9."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from medq_tasks.construction.bank import Bank, question_count
from medq_tasks.construction.original import Original
from medq_tasks.construction.spec import BuildSpec
from medq_tasks.degrading.job import write_whole

if TYPE_CHECKING:
    from medq_tasks.construction.building import Built

# MedQ-Bench, Tables 2, 4 and 5: shares of the published benchmark in per cent.
PUBLISHED = {
    "source": {"authentic": 41.3, "simulated": 33.9, "ai_generated": 24.8},
    "concern": {"modality_specific": 57.2, "general": 42.8},
    "degradation_level": {"none": 23.8, "mild": 44.6, "severe": 31.6},
}


def write_card(built: Built, spec: BuildSpec, bank: Bank) -> None:
    """Writes `README.md`."""
    write_whole(built.out / "README.md", card(built, spec, bank).encode())


def card(built: Built, spec: BuildSpec, bank: Bank) -> str:
    """The card as Markdown."""
    perception = _cells(built, "perception")
    items = [cells for task in ("perception", "reasoning", "comparison") for cells in _cells(built, task)]
    sections = [
        _head(built, spec, bank),
        _table("Files", ("file", "task", "split", "rows"), _files(built)),
        _shares("Source of the images, all items (form of Table 2)", items, "source"),
        _composition(built),
        _shares("Concern of the perception questions (form of Table 4)", perception, "concern"),
        _shares("Degradation level of the perception questions (form of Table 5)", perception, "degradation_level"),
        _attributes(built),
        _shares("Question type", perception, "question_type"),
        _shares("Letter of the right answer", perception, "answer"),
        _left_out(built),
        _origins(built),
    ]
    return "\n\n".join(sections) + "\n"


def _head(built: Built, spec: BuildSpec, bank: Bank) -> str:
    splits = Counter(variant.split for variant in built.variants if variant.clean)
    studies = Counter(split for split, _ in {(variant.split, variant.original.study) for variant in built.variants})
    mode = "templates" if spec.expansion.mode == "template" else f"templates, reworded by {spec.expansion.model}"
    return (
        f"# {spec.name}\n\n"
        "A benchmark of medical image quality in the files of MedQ-Bench and MedQ-Deg, made by "
        "`python -m medq_tasks build`.\n\n"
        f"- {splits['dev']} undegraded images of {studies['dev']} studies in dev, {splits['test']} of "
        f"{studies['test']} in test; split by study with seed {spec.seed}, near-duplicates across the splits refused\n"
        f"- pictures: {spec.picture.format}, longest side {spec.picture.maximum_side_px} px at most\n"
        f"- questions: {mode}, from a bank of {question_count(bank)} seed questions\n"
        "- the truth is what was applied, not what experts saw: degradations are simulated with recorded parameters "
        "(`images.jsonl`), and undegraded images count as good unless the spec says what they show. Have experts "
        "validate a sample before results are published.\n\n"
        "Columns marked as published are those of MedQ-Bench (arXiv 2510.01691), not of this set."
    )


def _files(built: Built) -> Iterable[tuple[str, ...]]:
    for table in built.tables:
        yield f"`{table.stem}.tsv`, `parquet/{table.stem}.parquet`", table.task, table.split, str(len(table.rows))


def _shares(title: str, cells: Sequence[dict[str, str]], axis: str) -> str:
    counts = Counter(cell.get(axis) or "not given" for cell in cells)
    published = PUBLISHED.get(axis, {})
    names = sorted(counts.keys() | published.keys(), key=lambda name: (-counts[name], name))
    rows = [
        (name, str(counts[name]), _percent(counts[name], len(cells)))
        + ((f"{published[name]:.1f} %" if name in published else "",) if published else ())
        for name in names
    ]
    header = (axis.replace("_", " "), "rows", "share", *(("published share",) if published else ()))
    return _table(title, header, [*rows, ("total", str(len(cells)), "", *(("",) if published else ()))])


def _composition(built: Built) -> str:
    keys = [(variant.original.modality, variant.source, variant.original.source.dataset) for variant in built.variants]
    counts, totals = Counter(keys), Counter(modality for modality, _, _ in keys)
    rows = [
        (*key, str(count), _percent(count, totals[key[0]]), str(totals[key[0]]))
        for key, count in sorted(counts.items())
    ]
    header = ("modality", "source type", "dataset", "images", "share of modality", "images of modality")
    return _table("Composition by modality and dataset (form of Table 3)", header, rows)


def _attributes(built: Built) -> str:
    copies = [(one.original.modality, one.attribute or str(one.degradation), one) for one in built.variants]
    counts = Counter((modality, name, one.level) for modality, name, one in copies if not one.clean)
    pairs = sorted({(modality, name) for modality, name, _ in counts})
    rows = [(*pair, str(counts[(*pair, "mild")]), str(counts[(*pair, "severe")])) for pair in pairs]
    return _table(
        "Images by modality and attribute (form of figure 9)", ("modality", "attribute", "mild", "severe"), rows
    )


def _left_out(built: Built) -> str:
    flagged = built.collection.flagged
    left = sum(not finding.kept for finding in flagged)
    removed = sum(len(names) for one in built.collection.removals.values() for names in one.actions.values())
    lines = [
        f"- {left} images left out because of burned-in text, {len(flagged) - left} kept after a person's check",
        f"- {len(built.unequal)} images left out so that dev and test hold equally many",
        f"- {len(built.refused)} degraded copies refused (no visible effect, or not applicable to the image)",
        f"- {len(built.rejected)} proposed questions rejected by the checks",
        f"- {removed} identifying DICOM attributes found and removed in {len(built.collection.removals)} files; no "
        "header is published",
    ]
    return "## Left out\n\n" + "\n".join(lines) + "\n\nAll of them are named in `report.json`."


def _origins(built: Built) -> str:
    rows = dict.fromkeys(_origin(one.original) for one in built.variants)
    table = _table("Where the images come from", ("images", "dataset", "rendered", "licence", "origin"), rows)
    return table + (
        "\n\nThe licence of a package is no proof of the rights in an image that it carries: do not pass images on "
        "where the row does not name a licence of the image itself. Rendered images show no patient."
    )


def _origin(original: Original) -> tuple[str, ...]:
    source = original.source
    name = source.id or original.modality
    return name, source.dataset, "yes" if original.rendered else "no", source.licence, source.origin


def _cells(built: Built, task: str) -> list[dict[str, str]]:
    return [dict(row.cells) for table in built.tables if table.task == task for row in table.rows]


def _table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"## {title}", "", f"| {' | '.join(header)} |", "|" + "---|" * len(header)]
    return "\n".join(lines + [f"| {' | '.join(row)} |" for row in rows])


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""
