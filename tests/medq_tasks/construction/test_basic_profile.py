"""The table of the basic profile is whole, and its open actions resolve to what is valid for every type."""

from importlib.resources import files

import pytest
from pydicom.datadict import dictionary_has_tag, keyword_for_tag

from medq_tasks.construction.basic_profile import BESIDE_THE_TABLE, EDITION, profile, rule_of


def test_the_table_names_its_edition_and_holds_all_of_it():
    head, *rows = files("medq_tasks.construction").joinpath("basic_profile.csv").read_text("utf-8").splitlines()
    assert f"PS3.15 {EDITION}, table E.1-1" in head
    assert len(rows) - 1 == 652 == len(profile()) - len(BESIDE_THE_TABLE)


def test_keywords_are_those_of_the_dictionary():
    known = {tag: rule.keyword for tag, rule in profile().items() if dictionary_has_tag(tag)}
    assert len(known) > 600
    assert known == {tag: keyword_for_tag(tag) for tag in known}


@pytest.mark.parametrize(
    ("tag", "table", "action"),
    [
        (0x00100010, "Z", "Z"),  # Patient's Name
        (0x00100020, "Z/D", "D"),  # Patient ID
        (0x00080080, "X/Z/D", "D"),  # Institution Name
        (0x00080018, "U", "U"),  # SOP Instance UID
        (0x00082112, "X/Z/U*", "U"),  # Source Image Sequence
        (0x00080022, "X/Z", "Z"),  # Acquisition Date
        (0x00080021, "X/D", "D"),  # Series Date
        (0x0040A730, "D", "D"),  # Content Sequence
        (0x00104000, "X", "X"),  # Patient Comments
        (0x50FE3000, "X", "X"),  # Curve Data of the last group
        (0x60FE4000, "X", "X"),  # Overlay Comments of the last group
    ],
)
def test_an_open_action_resolves_to_the_one_valid_for_every_type(tag, table, action):
    rule = rule_of(tag)
    assert rule is not None
    assert (rule.table, rule.action) == (table, action)


@pytest.mark.parametrize("tag", [0x00280010, 0x7FE00010, 0x00080060, 0x60000010, 0x00180050])
def test_what_describes_the_pixels_is_kept(tag):
    assert rule_of(tag) is None
