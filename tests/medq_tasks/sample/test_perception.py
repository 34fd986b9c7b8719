"""The perception questions: enough of them, balanced, and true by construction."""

from collections import Counter, defaultdict

import pytest

from medq_tasks.construction import load_spec
from medq_tasks.construction.bank import load_bank
from medq_tasks.sample import SPEC

BANK = load_bank()
SAMPLE = load_spec(SPEC)
NOUNS = {source.id: source.nouns for source in SAMPLE.sources}
SPLITS = ("dev", "test")


@pytest.fixture(scope="module")
def asked(rows, records):
    return [
        {**row, "picture": records[row["source_item"], row["degradation"] or None, row["severity"]]}
        for split in SPLITS
        for row in rows("perception", split)
    ]


def options(row) -> list[str]:
    return [row[letter] for letter in "ABCD" if row[letter]]


def right(row) -> str:
    return row[row["answer"]]


def named_attributes(row) -> set[str]:
    """The attributes whose templates the question was made from, found by filling them again."""
    return {
        key for key, attribute in BANK.attributes.items()
        for template in (*attribute.yes_or_no, *(how.question for how in attribute.how))
        if any(template.format(image=noun) == row["question"] for noun in NOUNS[row["source_item"]])
    }  # fmt: skip


def test_there_are_at_least_148_and_164_questions_on_at_least_12_real_images(asked):
    counts = Counter(row["picture"]["split"] for row in asked)
    assert counts["dev"] >= 148 and counts["test"] >= 164
    assert len({row["source_item"] for row in asked if row["rendered"] == "no"}) >= 12


@pytest.mark.parametrize("split", SPLITS)
def test_every_value_of_every_axis_and_every_modality_occurs_in_both_splits(asked, split):
    mine = [row for row in asked if row["picture"]["split"] == split]
    assert {row["question_type"] for row in mine} == {"yes_or_no", "what", "how"}
    assert {row["concern"] for row in mine} == {"general", "modality_specific"}
    assert {row["degradation_level"] for row in mine} == {"none", "mild", "severe"}
    assert {row["source"] for row in mine} == {"authentic", "simulated"}
    assert len({row["modality"] for row in mine}) == len({row["modality"] for row in mine[:10]}) == 7


def test_no_original_is_in_both_splits(asked):
    assert not set.intersection(*({row["source_item"] for row in asked if row["picture"]["split"] == split}
                                  for split in SPLITS))  # fmt: skip


def test_the_letters_of_the_answers_are_balanced_in_each_split(asked):
    letters = defaultdict(Counter)
    for row in asked:
        letters[row["picture"]["split"], len(options(row))][row["answer"]] += 1
    for (_, count), used in letters.items():
        assert max(used.values()) - min(used["ABCD"[place]] for place in range(count)) <= 1


@pytest.mark.parametrize("split", SPLITS)
def test_yes_and_no_are_about_equally_often_right(asked, split):
    answers = Counter(
        right(row) for row in asked if row["question_type"] == "yes_or_no" and row["picture"]["split"] == split
    )
    assert 0.4 <= answers["Yes"] / answers.total() <= 0.6


def test_options_are_two_to_four_and_distinct_and_no_question_is_asked_twice(asked):
    for row in asked:
        assert 2 <= len(options(row)) == len(set(options(row))) <= 4
    assert max(Counter((row["picture"]["file"], row["question"]) for row in asked).values()) == 1


def test_a_yes_about_an_attribute_is_given_only_where_it_was_applied(asked):
    checked = 0
    for row in asked:
        names = named_attributes(row)
        if row["question_type"] == "yes_or_no" and names:
            assert (right(row) == "Yes") == (row["picture"]["attribute"] in names)
            checked += 1
    assert checked >= 80


def test_nothing_is_denied_that_the_original_shows_or_the_degradation_resembles(asked):
    for row in asked:
        names, truth = named_attributes(row), BANK.attributes.get(row["picture"]["attribute"])
        if row["picture"]["attribute"] in names or len(names) != 1:
            continue
        [name] = names
        assert name not in row["picture"]["shows"]
        if truth is not None:
            assert BANK.attributes[name].family != truth.family
            assert name not in truth.unlike


def test_an_original_with_a_flaw_of_its_own_is_not_asked_for_its_overall_quality(asked):
    flawed = [row for row in asked if row["degradation_level"] == "none" and row["picture"]["shows"]]
    assert flawed
    assert all(named_attributes(row) for row in flawed)


def test_a_scale_is_answered_with_the_level_of_the_degradation(asked):
    for row in asked:
        if row["question_type"] == "how":
            scale = next(one for one in BANK.questions.scales.values() if {*one.values()} == {*options(row)})
            names = named_attributes(row)
            own = not names or row["picture"]["attribute"] in names
            assert right(row) == scale[row["degradation_level"] if own else "none"]


def test_what_is_answered_with_the_label_of_the_applied_attribute(asked):
    what = [row for row in asked if row["question_type"] == "what"]
    for row in what:
        truth = BANK.attributes.get(row["picture"]["attribute"])
        assert right(row) == (BANK.questions.what.none_label if truth is None else truth.label)
        known = [BANK.attributes[key] for key in SAMPLE.vocabulary[row["modality"]]]
        families = [attribute.family for attribute in known if attribute.label in options(row)]
        assert truth is None or families.count(truth.family) == 1
    assert len(what) >= 40
