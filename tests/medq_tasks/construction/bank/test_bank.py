import pytest

from medq_tasks.construction.bank import load_bank, question_count
from medq_tasks.degradations import get
from medq_tasks.item import MODALITIES


def test_the_bank_holds_at_least_150_seed_questions_and_no_text_twice_for_one_attribute():
    bank = load_bank()
    assert question_count(bank) >= 150
    for attribute in bank.attributes.values():
        assert len(set(attribute.yes_or_no)) == len(attribute.yes_or_no) >= 2


@pytest.mark.parametrize("modality", MODALITIES)
def test_every_attribute_of_a_modality_has_a_degradation_words_and_questions(modality):
    bank = load_bank()
    assert modality in bank.words
    for key in bank.vocabulary[modality]:
        attribute = bank.attributes[key]
        assert get(attribute.degradation_for(modality), modality)
        assert set(attribute.seen) == {"mild", "severe"}
        assert all(how.scale in bank.questions.scales for how in attribute.how)
        assert "mild" in attribute.seen["mild"].lower() and "severe" in attribute.seen["severe"].lower()


@pytest.mark.parametrize("modality", MODALITIES)
def test_option_labels_of_a_modality_are_distinct(modality):
    bank = load_bank()
    labels = [bank.attributes[key].label for key in bank.vocabulary[modality]]
    assert len(set(labels)) == len(labels)


def test_likeness_names_attributes_that_exist():
    bank = load_bank()
    for attribute in bank.attributes.values():
        assert set(attribute.unlike) <= set(bank.attributes)


def test_every_scale_has_three_distinct_steps_and_is_used_by_a_question():
    bank = load_bank()
    used = {how.scale for attribute in bank.attributes.values() for how in attribute.how}
    assert used | {how.scale for how in bank.questions.overall} == set(bank.questions.scales)
    assert all(len(set(scale.values())) == 3 for scale in bank.questions.scales.values())


def test_what_may_be_true_together_are_options_of_the_question():
    for asked in load_bank().content.values():
        assert {one for group in asked.together for one in group} <= {*asked.options}
