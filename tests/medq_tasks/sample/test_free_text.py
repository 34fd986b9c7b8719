"""The no-reference and comparison items."""

import re
from collections import Counter

import pytest

LEVEL_WORDS = {"none": r"clear|sharp|Sharpness", "mild": r"\b[Mm]ild", "severe": r"\b[Ss]evere"}
SPLITS = ("dev", "test")


@pytest.mark.parametrize("split", SPLITS)
def test_there_are_enough_items_of_each_kind(rows, split):
    assert len(rows("reasoning", split)) >= 20
    assert Counter(row["difficulty"] for row in rows("comparison", split)).keys() == {"coarse", "fine"}
    assert len(rows("comparison", split)) >= 24


@pytest.mark.parametrize("split", SPLITS)
def test_a_reference_has_three_to_five_sentences_its_level_and_its_label(rows, records, split):
    labels = {"none": "good", "mild": "usable", "severe": "reject"}
    for row in rows("reasoning", split):
        level = row["degradation_level"]
        assert 3 <= len(re.findall(r"\.(?: |$)", row["description"])) <= 5
        assert re.search(LEVEL_WORDS[level], row["description"])
        assert row["description"].endswith(f" Overall, the quality of this image is {labels[level]}.")
        picture = records[row["source_item"], row["degradation"] or None, row["severity"]]
        assert level != "none" or not picture["shows"], "an image with a flaw of its own is called good"


@pytest.mark.parametrize("split", SPLITS)
def test_a_comparison_names_the_less_degraded_image_which_stands_first_as_often_as_second(rows, split):
    orders = Counter()
    for row in rows("comparison", split):
        first = re.search(r"[^.]*first image[^.]*\.", row["description"])[0]
        second = re.search(r"[^.]*second image[^.]*\.", row["description"])[0]
        worse_first = bool(re.search(r"[Ss]evere", first))
        assert worse_first != bool(re.search(r"[Ss]evere", second))
        better = "second" if worse_first else "first"
        assert re.search(rf"Overall, the {better} image (has|is of) higher quality\.$", row["description"])
        clean = any(not re.search(r"[Ss]evere|[Mm]ild", side) for side in (first, second))
        assert clean == (row["difficulty"] == "coarse")
        assert row["image_a"] != row["image_b"]
        orders[row["difficulty"], better] += 1
    for difficulty in ("coarse", "fine"):
        assert abs(orders[difficulty, "first"] - orders[difficulty, "second"]) <= 1


def test_references_vary_in_wording(rows):
    openings = {row["description"].split(" a")[0] for row in rows("reasoning", "test")}
    assert len(openings) >= 3
