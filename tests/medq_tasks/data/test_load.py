from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medq_tasks.data import load_items
from medq_tasks.errors import DataError
from medq_tasks.item import Option

Tsv = Callable[..., Path]
Cell = Callable[..., str]
QA = "index image question A B C D answer modality"


def qa(index: str, image: str, *, question: str = "What?", answer: str = "A", modality: str = "CT") -> list[str]:
    return [index, image, question, "None", "N/A", "nan", "", answer, modality]


def test_the_official_perception_file_gives_items_with_every_field(write_tsv: Tsv, cell: Cell, image: Cell) -> None:
    path = write_tsv(
        "index image question A B C D answer modality question_type degradation_level concern source",
        ["q1", cell(1), "How bad?", "None", "Mild", "", "", "1", "MRI", "How", "Severe", "General", "Authentic"],
    )
    (item,) = load_items(path, task="perception")
    assert (item.id, item.task, item.split, item.answer) == ("q1", "perception", "test", "B")
    assert item.options == (Option("A", "None"), Option("B", "Mild"))
    axes = (item.modality, item.question_type, item.degradation_level, item.concern, item.source)
    assert axes == ("mri", "how", "severe", "general", "authentic")
    assert item.images[0].read() == image(1)


def test_words_that_pandas_takes_for_missing_stay_options(write_tsv: Tsv, cell: Cell) -> None:
    (item,) = load_items(write_tsv(QA, qa("q", cell(), answer="nan")), task="perception")
    assert [option.text for option in item.options] == ["None", "N/A", "nan"]
    assert item.answer == "C"


def test_options_go_as_far_as_the_columns_do(write_tsv: Tsv, cell: Cell) -> None:
    path = write_tsv("index image question A B C D E F answer", ["q", cell(), "What?", *"123456", "F"])
    (item,) = load_items(path, task="perception")
    assert [option.letter for option in item.options] == list("ABCDEF")


def test_a_row_may_share_an_earlier_or_a_later_image(write_tsv: Tsv, cell: Cell, image: Cell) -> None:
    path = write_tsv(QA, qa("q1", "q2"), qa("q2", cell(5)), qa("q3", "q1"))
    assert [item.images[0].read() for item in load_items(path, task="perception")] == [image(5)] * 3


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("q1", "q9")], r"row 2 \(index 'q1'\), column 'image': expected base64.*got 'q9'"),
        ([("q1", "q2"), ("q2", "q1")], r"name each other's \(q1 -> q2\)"),
        ([("q1", "q1")], r"name each other's \(q1\)"),
        ([("q1", "")], r"expected 1 image\(s\) for perception, got 0"),
    ],
)
def test_a_shared_image_that_leads_nowhere_is_an_error(
    write_tsv: Tsv, rows: list[tuple[str, str]], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        load_items(write_tsv(QA, *(qa(*row) for row in rows)), task="perception")


def test_paths_are_relative_to_the_file_and_may_be_lists(write_tsv: Tsv, tmp_path: Path, image: Cell) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a b.png").write_bytes(image(3))
    rows = [["q1", "images/a b.png", "Q?", "Yes", "No", "A"], ["q2", "['images/a b.png']", "Q?", "Yes", "No", "B"]]
    items = load_items(write_tsv("index image_path question A B answer", *rows), task="perception")
    assert [item.images[0].read() for item in items] == [image(3)] * 2


@pytest.mark.parametrize("path", ["../x.png", "/etc/hostname", "gone.png"])
def test_a_path_outside_or_without_a_file_names_row_and_column(write_tsv: Tsv, path: str) -> None:
    file = write_tsv("index image_path question A B answer", ["q1", path, "Q?", "Yes", "No", "A"])
    with pytest.raises(DataError, match=r"row 2 \(index 'q1'\), column 'image_path': expected"):
        load_items(file, task="perception")


def test_reasoning_rows_hold_the_experts_text(write_tsv: Tsv, cell: Cell) -> None:
    path = write_tsv("index image description", ["r1", cell(), "Sharp. Overall, the quality of this image is good."])
    (item,) = load_items(path, task="reasoning", split="test")
    assert (item.question, item.options, item.answer) == ("", (), None)
    assert item.reference == "Sharp. Overall, the quality of this image is good."


def test_a_pair_comes_from_two_columns_or_from_a_list(write_tsv: Tsv, cell: Cell, image: Cell) -> None:
    columns = write_tsv(
        "index image_a image_b description difficulty", ["c", cell(1), cell(2), "First.", "Fine-grained"]
    )
    (item,) = load_items(columns, task="comparison")
    assert [source.read() for source in item.images] == [image(1), image(2)]
    assert item.difficulty == "fine"
    listed = write_tsv("index image description", ["c", f"['{cell(1)}', '{cell(2)}']", "First."])
    (item,) = load_items(listed, task="comparison")
    assert [source.read() for source in item.images] == [image(1), image(2)]


@pytest.mark.parametrize(("a", "b", "column"), [(1, None, "image_b"), (None, 1, "image_a"), (None, None, "image_a")])
def test_a_pair_that_lacks_an_image_names_row_and_column(
    write_tsv: Tsv, cell: Cell, a: int | None, b: int | None, column: str
) -> None:
    pair = ["" if seed is None else cell(seed) for seed in (a, b)]
    path = write_tsv("index image_a image_b description", ["c0", cell(), cell(), "d"], ["c1", *pair, "d"])
    with pytest.raises(DataError, match=rf"row 3 \(index 'c1'\), column '{column}': expected an image of the pair"):
        load_items(path, task="comparison")


def test_a_list_of_one_is_no_pair(write_tsv: Tsv, cell: Cell) -> None:
    path = write_tsv("index image description", ["c", f"['{cell(1)}']", "First."])
    with pytest.raises(DataError, match=r"expected 2 image\(s\) for comparison, got 1"):
        load_items(path, task="comparison")


def degraded(index: str, image: str, kind: str, severity: str) -> list[str]:
    return [index, image, "What?", "x", "y", "", "", "z", "E", "CT", kind, severity, "OmniMedVQA"]


DEG = "index image question A B C D E answer modality degradation_type degradation_severity source"


def test_medq_deg_copies_join_their_clean_item(write_tsv: Tsv, cell: Cell) -> None:
    clean = write_tsv(DEG, degraded("v_17", cell(), "", ""), name="MedQ-Robust-good-test.tsv")
    copies = write_tsv(
        DEG,
        degraded("v_17", cell(1), "gaussian noise", "mild"),
        degraded("v_17", cell(2), "gaussian noise", "2"),
        degraded("v_17", cell(3), "low dose", "L1"),
        name="MedQ-Robust-simulate-test.tsv",
    )
    items = [*load_items(clean, task="degradation"), *load_items(copies, task="degradation")]
    assert [(item.degradation, item.severity) for item in items] == [
        (None, "L0"), ("gaussian_noise", "L1"), ("gaussian_noise", "L2"), ("low_dose", "L1"),
    ]  # fmt: skip
    assert {item.source_item for item in items} == {"v_17"}
    assert len({item.id for item in items}) == 4
    assert {(item.answer, item.source, item.split) for item in items} == {("E", "OmniMedVQA", "test")}


def test_the_same_degraded_copy_twice_is_a_duplicate(write_tsv: Tsv, cell: Cell) -> None:
    rows = [degraded("v", cell(seed), "low dose", "mild") for seed in (1, 2)]
    with pytest.raises(
        DataError, match=r"row 3 \(index 'v'\), column 'index': expected each index once, got that of row 2"
    ):
        load_items(write_tsv(DEG, *rows, name="MedQ-Robust-simulate-dev.tsv"), task="degradation")


@pytest.mark.parametrize(
    ("change", "column", "message"),
    [
        ({"answer": "D"}, "answer", r"expected the letter of one of A \('None'\), B \('N/A'\), C \('nan'\), got 'D'"),
        ({"question": " "}, "question", "expected a question, got an empty cell"),
        ({"modality": "PET"}, "modality", "expected one of ct, mri"),
        ({"index": ""}, "index", "expected an id"),
        ({"index": "q1"}, "index", "expected each index once, got that of row 2 again"),
    ],
)
def test_a_bad_cell_stops_with_row_index_column_and_reason(
    write_tsv: Tsv, cell: Cell, change: dict[str, str], column: str, message: str
) -> None:
    path = write_tsv(QA, qa("q1", cell()), qa(**{"index": "q2", "image": cell(), **change}))
    with pytest.raises(DataError) as caught:
        load_items(path, task="perception")
    text = str(caught.value)
    assert text.startswith(f"{path}, row 3")
    assert f"column {column!r}" in text
    assert re.search(message, text)
    assert "\n" not in text


def test_the_error_counts_the_further_bad_rows_and_names_the_command(write_tsv: Tsv, cell: Cell) -> None:
    path = write_tsv(QA, *(qa(f"q{place}", cell(), answer="X") for place in range(4)))
    with pytest.raises(DataError, match=rf"3 further bad rows: python -m medq_tasks validate {path}"):
        load_items(path, task="perception")


def test_rows_are_counted_as_an_editor_does(write_tsv: Tsv, cell: Cell) -> None:
    path = write_tsv(QA, qa("q1", cell(), question='"a\nb\nc"'), qa("q2", cell(), answer="X"))
    with pytest.raises(DataError, match=r"row 5 \(index 'q2'\)"):
        load_items(path, task="perception")


def test_the_split_comes_from_the_name_and_must_agree_with_what_is_asked(write_tsv: Tsv, cell: Cell) -> None:
    path = write_tsv(QA, qa("q", cell()), name="medqbench_QA_dev.tsv")
    assert load_items(path, task="perception")[0].split == "dev"
    with pytest.raises(DataError, match="the file's name says 'dev'"):
        load_items(path, task="perception", split="test")
    other = write_tsv(QA, qa("q", cell()), name="mine.tsv")
    assert load_items(other, task="perception", split="test")[0].split == "test"
    assert load_items(other, task="perception")[0].split is None


def test_a_split_column_is_filtered_and_still_shares_images(write_tsv: Tsv, cell: Cell, image: Cell) -> None:
    rows = [[*qa("q1", cell(4)), "dev"], [*qa("q2", "q1"), "Test"]]
    path = write_tsv(QA + " split", *rows, name="mine.tsv")
    (item,) = load_items(path, task="perception", split="test")
    assert (item.id, item.split, item.images[0].read()) == ("q2", "test", image(4))
    assert [item.split for item in load_items(path, task="perception")] == ["dev", "test"]
    with pytest.raises(DataError, match="no row of the split 'val'"):
        load_items(path, task="perception", split="val")


def test_columns_can_be_named(write_tsv: Tsv, cell: Cell) -> None:
    path = write_tsv("qid picture text A B gold organ", ["1", cell(), "Q?", "Yes", "No", "No", "ct"], name="mine.tsv")
    columns = {"id": "qid", "images": "picture", "question": "text", "modality": "organ"}
    (item,) = load_items(path, task="perception", columns=columns)
    assert (item.id, item.answer, item.modality) == ("1", "B", "ct")


def test_missing_columns_are_listed_beside_those_found(write_tsv: Tsv) -> None:
    with pytest.raises(DataError, match=r"the column\(s\) 'answer', 'A', 'image'.*found only: index, question"):
        load_items(write_tsv("index question", ["q", "Q?"]), task="perception")


@pytest.mark.parametrize(("name", "data"), [("a.tsv", b""), ("a.jsonl", b""), ("a.parquet", b"")])
def test_an_empty_file_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DataError, match="the file is empty"):
        load_items(tmp_path / name, task="perception")


def test_a_header_without_rows_is_refused(write_tsv: Tsv) -> None:
    with pytest.raises(DataError, match="found no rows"):
        load_items(write_tsv(QA), task="perception")


def test_a_missing_file_and_an_unknown_ending_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="found none there"):
        load_items(tmp_path / "none.tsv", task="perception")
    (tmp_path / "a.xlsx").write_bytes(b"x")
    with pytest.raises(DataError, match=r"ends in \.tsv, \.jsonl or \.parquet"):
        load_items(tmp_path / "a.xlsx", task="perception")


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), min_size=1, max_size=20)
CLEAN = CELLS.map(lambda text: "x" + text.strip())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(question=CLEAN, options=st.lists(CLEAN, min_size=2, max_size=6, unique_by=str.casefold), writer=st.booleans())
def test_items_written_by_csv_or_pandas_are_read_back(  # noqa: PLR0917
    tmp_path: Path, cell: Cell, image: Cell, question: str, options: list[str], writer: bool
) -> None:
    letters = list("ABCDEF")[: len(options)]
    header, row = ["index", "image", "question", *letters, "answer"], ["q", cell(7), question, *options, "B"]
    path = tmp_path / "mine.tsv"
    if writer:
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter="\t").writerows([header, row])
    else:
        pd.DataFrame([row], columns=header).to_csv(path, sep="\t", index=False)
    (item,) = load_items(path, task="perception")
    assert (item.question, [option.text for option in item.options], item.answer) == (question, options, "B")
    assert item.images[0].read() == image(7)


def test_images_are_not_held_in_memory(tmp_path: Path) -> None:
    """60 MB of images may not show up in the resident set of a process that loads the items."""
    path = tmp_path / "big_test.tsv"
    image = "A" * 3_000_000
    with path.open("w") as file:
        file.write("index\timage\tquestion\tA\tB\tanswer\n")
        file.writelines(f"q{row}\t{image}\tQ?\tYes\tNo\tA\n" for row in range(20))
    script = (
        "import sys; from pathlib import Path; from medq_tasks.data import load_items; import medq_tasks.data.tsv\n"
        "peak = lambda: int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
        "before = peak(); n = len(load_items(Path(sys.argv[1]), task='perception')); print(n, peak() - before)"
    )
    run = subprocess.run([sys.executable, "-c", script, str(path)], check=True, capture_output=True, text=True)
    rows, kilobytes = map(int, run.stdout.split())
    assert rows == 20
    assert kilobytes < 25_000
