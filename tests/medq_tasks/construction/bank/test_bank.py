import pytest

from medq_tasks.construction.bank import load_bank, question_count
from medq_tasks.degradations import get
from medq_tasks.item import MODALITIES


def test_the_bank_holds_at_least_150_seed_questions_and_no_text_twice_for_one_attribute():
    bank = load_bank()
    assert question_count(bank) >= 150
    for templates in bank.questions.yes_or_no.values():
        assert len(set(templates)) == len(templates)


@pytest.mark.parametrize("modality", MODALITIES)
def test_every_attribute_of_a_modality_has_a_degradation_words_and_questions(modality):
    bank = load_bank()
    assert modality in bank.words
    for key in bank.vocabulary[modality]:
        attribute = bank.attributes[key]
        assert get(attribute.degradation_for(modality), modality)
        assert set(attribute.seen) == {"mild", "severe"}
        assert bank.questions.yes_or_no[key] and bank.questions.how[key]
        assert all(how.scale in bank.questions.scales for how in bank.questions.how[key])


@pytest.mark.parametrize("modality", MODALITIES)
def test_option_labels_of_a_modality_are_distinct(modality):
    bank = load_bank()
    labels = [bank.attributes[key].label for key in bank.vocabulary[modality]]
    assert len(set(labels)) == len(labels)


def test_likeness_names_attributes_that_exist():
    bank = load_bank()
    for attribute in bank.attributes.values():
        assert set(attribute.unlike) <= set(bank.attributes)
