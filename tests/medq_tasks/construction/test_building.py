import hashlib
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from medq_tasks.construction import build
from medq_tasks.data import load_items, validate
from medq_tasks.errors import DataError

TABLES = {
    "medqbench_QA_{split}": "perception",
    "medqbench_description_{split}": "reasoning",
    "medqbench_paired_description_{split}": "comparison",
    "MedQ-Robust-good-{split}": "degradation",
    "MedQ-Robust-simulate-{split}": "degradation",
    "MedQ-Robust-all-{split}": "degradation",
}
RUN_ON = {
    "perception": "medqbench_QA_test",
    "reasoning": "medqbench_description_test",
    "comparison": "medqbench_paired_description_test",
    "degradation": "MedQ-Robust-all-test",
}


def picture(seed: int, side: int = 64) -> np.ndarray:
    """A smooth random grey picture: no two seeds look alike."""
    coarse = np.random.default_rng(seed).integers(0, 255, (6, 6), dtype=np.uint8)
    return np.asarray(Image.fromarray(coarse).resize((side, side), Image.Resampling.BICUBIC))


def write_spec(folder: Path, text: str) -> Path:
    path = folder / "spec.yaml"
    path.write_text(f"name: own\n{text}")
    return path


def sums(out: Path) -> str:
    return (out / "SHA256SUMS").read_text()


@pytest.mark.parametrize("stem", TABLES)
@pytest.mark.parametrize("split", ["dev", "test"])
def test_every_table_validates_deeply_and_its_parquet_holds_the_same_items(built, stem, split):
    task, name = TABLES[stem], stem.format(split=split)
    checked = validate(built / f"{name}.tsv", task=task)
    assert checked.ok and checked.rows, checked.problems
    tsv = load_items(built / f"{name}.tsv", task=task)
    parquet = load_items(built / "parquet" / f"{name}.parquet", task=task)
    for one, other in zip(tsv, parquet, strict=True):
        assert (one.id, one.question, one.options, one.answer, one.reference) == (
            other.id, other.question, other.options, other.answer, other.reference,
        )  # fmt: skip
        assert [image.read() for image in one.images] == [image.read() for image in other.images]


@pytest.mark.parametrize("task", RUN_ON)
def test_medq_runs_on_what_was_built_from_a_dicom_series(built, tmp_path, task):
    command = [
        sys.executable, "-m", "medq", f"+task={task}", "data=local", f"data.path={built / RUN_ON[task]}.tsv",
        f"run.dir={tmp_path / task}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[3])
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / task / "results.json").read_text())
    assert results["complete"] and results["integrity"]["bit_identical"] == results["integrity"]["images"]


def test_dev_and_test_share_no_study_and_hold_equally_many_images(built):
    records = [json.loads(line) for line in (built / "images.jsonl").read_text().splitlines()]
    clean = [record for record in records if record["attribute"] is None]
    studies = {side: {one["study"] for one in clean if one["split"] == side} for side in ("dev", "test")}
    assert not studies["dev"] & studies["test"]
    assert len(set(Counter(one["split"] for one in clean).values())) == 1
    assert any(one["frame"] for one in clean), "no slice of the series beyond the first"


def test_the_answers_of_degraded_copies_are_those_of_the_clean_item(built):
    for split in ("dev", "test"):
        clean = {item.id: item for item in load_items(built / f"MedQ-Robust-good-{split}.tsv", task="degradation")}
        copies = load_items(built / f"MedQ-Robust-simulate-{split}.tsv", task="degradation")
        assert {copy.severity for copy in copies} == {"L1", "L2"}
        for copy in copies:
            source = clean[copy.source_item]
            assert (copy.question, copy.options, copy.answer) == (source.question, source.options, source.answer)


def test_letters_of_two_option_answers_are_balanced_in_each_split(built):
    for split in ("dev", "test"):
        items = load_items(built / f"medqbench_QA_{split}.tsv", task="perception")
        letters = Counter(item.answer for item in items if len(item.options) == 2)
        assert abs(letters["A"] - letters["B"]) <= 1


def test_the_checksums_are_those_of_every_published_file(built):
    listed = dict(line.split("  ")[::-1] for line in sums(built).splitlines())
    files = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    published = {name for name in files if not name.startswith(".state/")} - {"SHA256SUMS"}
    assert set(listed) == published
    assert all(hashlib.sha256((built / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


def test_nothing_of_a_patient_reaches_a_published_file(built):
    text = "".join(path.read_text() for path in built.iterdir() if path.suffix in {".json", ".jsonl", ".md"})
    for identifying in ("PANCREAS_0001", "CQ500", "Sssssss", "1.3.6.1.4.1", "1.3.12.2", "693_UNCI", "explicit_VR"):
        assert identifying not in text
    removed = json.loads((built / "report.json").read_text())["deidentification"]
    assert len(removed) == 4
    assert all("PatientName" in one["actions"]["Z"] for one in removed.values())


def test_the_same_spec_gives_the_same_bytes_and_a_second_run_makes_no_picture_anew(built, tmp_path, spec_file):
    out = tmp_path / "again"
    build(spec_file, out)
    assert sums(out) == sums(built)
    before = {path: path.stat().st_mtime_ns for path in (out / "images").iterdir()}
    gone = sorted(before)[3]
    gone.unlink()
    build(spec_file, out)
    assert sums(out) == sums(built)
    after = {path: path.stat().st_mtime_ns for path in (out / "images").iterdir()}
    assert [path for path in before if after[path] != before[path]] == [gone]


def test_a_mirrored_copy_on_the_other_side_is_refused_with_both_names(tmp_path):
    Image.fromarray(picture(1)).save(tmp_path / "first.png")
    Image.fromarray(picture(1)[:, ::-1]).resize((90, 90)).save(tmp_path / "mirrored.jpg", quality=60)
    spec = write_spec(tmp_path, 'sources: [{path: "*.*g", modality: ultrasound}]\n')
    with pytest.raises(DataError, match=r"near-duplicates.*(first\.png.*mirrored\.jpg|mirrored\.jpg.*first\.png)"):
        build(spec, tmp_path / "out")
    assert not list((tmp_path / "out").glob("*.tsv"))


def test_eight_bit_and_sixteen_bit_files_of_every_format_become_sixteen_bit_pictures(tmp_path):
    import nibabel
    import tifffile

    Image.fromarray(picture(1)).save(tmp_path / "a.jpg", quality=95)
    Image.fromarray(picture(2)).save(tmp_path / "b.png")
    tifffile.imwrite(tmp_path / "c.tif", picture(3).astype(np.uint16) * 200)
    volume = np.stack([picture(seed) for seed in (4, 5, 6, 7)], axis=2).astype(np.int16)
    nibabel.save(nibabel.Nifti1Image(volume, np.eye(4)), tmp_path / "d.nii.gz")
    spec = write_spec(
        tmp_path,
        "picture: {format: png16}\nslices: {maximum: 2}\ndegradations: {per_image: 1}\nsources:\n"
        '  - {path: "[ab].*", modality: ultrasound}\n'
        "  - {path: c.tif, modality: xray, window: full}\n"
        '  - {path: d.nii.gz, modality: mri, window: "0,300"}\n',
    )
    built = build(spec, tmp_path / "out")
    clean = [one for one in built.variants if one.attribute is None]
    assert {one.original.modality for one in clean} == {"ultrasound", "xray", "mri"}
    for one in clean:
        with Image.open(built.out / one.file) as opened:
            assert opened.mode == "I;16"
    [deep] = [one for one in clean if one.original.modality == "xray"]
    assert np.array_equal(np.asarray(Image.open(built.out / deep.file)), picture(3).astype(np.uint16) * 200)


def test_pictures_of_an_earlier_spec_do_not_stay_in_the_folder(tmp_path):
    for seed in (1, 2):
        Image.fromarray(picture(seed)).save(tmp_path / f"{seed}.png")
    source = 'sources: [{path: "*.png", modality: ultrasound}]\n'
    first = build(write_spec(tmp_path, f"degradations: {{per_image: 3}}\n{source}"), tmp_path / "out")
    second = build(write_spec(tmp_path, f"degradations: {{per_image: 1}}\n{source}"), tmp_path / "out")
    files = {path.name for path in (tmp_path / "out" / "images").iterdir()}
    assert files == {Path(one.file).name for one in second.variants}
    assert len(files) < len(first.variants)


def test_text_burned_into_the_pixels_leaves_the_image_out_until_a_person_has_checked_it(tmp_path):
    from PIL import ImageDraw

    for seed in (1, 2, 3):
        marked = Image.fromarray((picture(seed, 200) * 0.6).astype(np.uint8))
        if seed == 3:
            ImageDraw.Draw(marked).text((10, 10), "MUSTERMANN 1970", fill=255, font_size=16)
        marked.save(tmp_path / f"{seed}.png")
    source = 'sources: [{path: "*.png", modality: ultrasound}]\n'
    built = build(write_spec(tmp_path, source), tmp_path / "out")
    assert [finding.kept for finding in built.collection.flagged] == [False]
    assert sum(one.attribute is None for one in built.variants) == 2
    checked = build(write_spec(tmp_path, source.replace("}]", ", burned_in_text: checked}]")), tmp_path / "out")
    assert [finding.kept for finding in checked.collection.flagged] == [True]


@pytest.mark.parametrize(("applied_to", "dtype"), [("stored", "float32"), ("picture", "uint8")])
def test_degradations_are_applied_to_stored_values_or_to_the_windowed_picture_as_the_spec_says(
    tmp_path, applied_to, dtype
):
    for seed in (1, 2):
        Image.fromarray(picture(seed).astype(np.uint16) * 200).save(tmp_path / f"{seed}.png")
    spec = write_spec(
        tmp_path,
        f"tasks: [degradation]\nparquet: false\ndegradations: {{applied_to: {applied_to}, per_image: 1}}\n"
        "sources: [{path: '*.png', modality: xray, window: full}]\n",
    )
    built = build(spec, tmp_path / "out")
    assert {one.record["dtype"] for one in built.variants if not one.clean} == {dtype}
    assert {path.name for path in built.out.glob("*.tsv")} == {
        f"MedQ-Robust-{part}-{split}.tsv" for part in ("good", "simulate", "all") for split in ("dev", "test")
    }
    assert not (built.out / "parquet").exists()
