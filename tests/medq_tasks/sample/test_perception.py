"""The perception questions: enough of them, balanced, and true by construction."""

from collections import Counter, defaultdict

import pytest

from medq_tasks.sample.catalogue import attributes, questions
from medq_tasks.sample.perception import Question, make_questions
from medq_tasks.sample.variants import Variant


@pytest.fixture(scope="module")
def asked(variants: list[Variant]) -> list[Question]:
    return [
        question
        for split in ("dev", "test")
        for question in make_questions(variant for variant in variants if variant.original.split == split)
    ]


def right(question: Question) -> str:
    return question.options["ABCD".index(question.answer)]


def named_attributes(question: Question) -> set[str]:
    """The attributes whose templates the question was made from, found by filling them again."""
    bank = {key: [*questions().yes_or_no.get(key, ()), *(how.question for how in questions().how.get(key, ()))]
            for key in attributes()}  # fmt: skip
    nouns = question.variant.original.nouns
    return {
        key for key, templates in bank.items()
        if any(template.format(image=noun, phrase="") == question.text for template in templates for noun in nouns)
    }  # fmt: skip


def test_there_are_at_least_150_questions_on_at_least_12_real_images(asked: list[Question]) -> None:
    assert len(asked) >= 150
    real = {question.variant.original.id for question in asked if not question.variant.original.rendered}
    assert len(real) >= 12


def test_every_value_of_every_axis_occurs_in_both_splits(asked: list[Question]) -> None:
    axes = defaultdict(set)
    for question in asked:
        split = question.variant.original.split
        axes[split] |= {question.question_type, question.concern, question.variant.level, question.variant.source}
    wanted = {
        "yes_or_no",
        "what",
        "how",
        "general",
        "modality_specific",
        "none",
        "mild",
        "severe",
        "authentic",
        "simulated",
    }
    assert axes["dev"] == wanted
    assert axes["test"] == wanted


def test_the_letters_of_the_answers_are_balanced_in_each_split(asked: list[Question]) -> None:
    letters: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for question in asked:
        letters[question.variant.original.split, len(question.options)][question.answer] += 1
    for (_, count), used in letters.items():
        assert max(used.values()) - min(used["ABCD"[place]] for place in range(count)) <= 1


def test_yes_and_no_are_about_equally_often_right(asked: list[Question]) -> None:
    for split in ("dev", "test"):
        answers = Counter(
            right(question) for question in asked
            if question.question_type == "yes_or_no" and question.variant.original.split == split
        )  # fmt: skip
        assert 0.4 <= answers["Yes"] / answers.total() <= 0.6


def test_options_are_two_to_four_and_distinct(asked: list[Question]) -> None:
    for question in asked:
        assert 2 <= len(question.options) <= 4
        assert len(set(question.options)) == len(question.options)


def test_no_question_is_asked_twice_of_an_image(asked: list[Question]) -> None:
    pairs = Counter((id(question.variant), question.text) for question in asked)
    assert max(pairs.values()) == 1


def test_a_yes_about_an_attribute_is_given_only_where_it_was_applied(asked: list[Question]) -> None:
    checked = 0
    for question in asked:
        names = named_attributes(question)
        if question.question_type == "yes_or_no" and names:
            assert (right(question) == "Yes") == (question.variant.attribute in names)
            checked += 1
    assert checked >= 80


def test_nothing_is_denied_that_the_original_shows_or_the_degradation_resembles(asked: list[Question]) -> None:
    for question in asked:
        variant = question.variant
        names = named_attributes(question) - {variant.attribute}
        if variant.attribute in named_attributes(question):
            continue
        for name in names:
            assert name not in variant.original.shows or len(names) > 1
            if variant.truth is not None and len(names) == 1:
                assert attributes()[name].family != variant.truth.family
                assert name not in variant.truth.unlike


def test_a_scale_is_answered_with_the_level_of_the_degradation(asked: list[Question]) -> None:
    for question in asked:
        if question.question_type != "how":
            continue
        scale = next(scale for scale in questions().scales.values() if set(scale.values()) == set(question.options))
        names = named_attributes(question)
        own = not names or question.variant.attribute in names
        assert right(question) == scale[question.variant.level if own else "none"]


def test_what_is_answered_with_the_label_of_the_applied_attribute(asked: list[Question]) -> None:
    what = [question for question in asked if question.question_type == "what"]
    for question in what:
        truth = question.variant.truth
        assert right(question) == (questions().what.none_label if truth is None else truth.label)
        families = [attribute.family for attribute in attributes().values() if attribute.label in question.options]
        assert truth is None or families.count(truth.family) == 1
    assert len(what) >= 40
