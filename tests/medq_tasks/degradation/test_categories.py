"""Categories of degradations."""

from medq_tasks.degradation.categories import MEMBERS, category_of
from medq_tasks.degradations.registry import get


def test_the_19_ids_have_the_category_that_the_engine_declares_or_the_papers_where_they_differ() -> None:
    names = [name for members in MEMBERS.values() for name in members]
    assert (len(names), len(set(names))) == (19, 19)
    differing = {name for name in names if get(name).category != category_of(name)}
    assert differing <= {"bubble_artifact"}  # a local blur for the paper, an inclusion for the engine


def test_a_degradation_of_the_engine_has_its_own_category_and_another_name_none() -> None:
    assert category_of("ct.ring") == "artifacts"
    assert category_of("fog") is None
    assert category_of("ct.fog") is None
    assert category_of(None) is None
