from pathlib import Path

from medq_tasks.construction.bank import load_bank
from medq_tasks.construction.original import Original
from medq_tasks.construction.robustness import make_robust_items
from medq_tasks.construction.spec import Source, UserQuestion
from medq_tasks.construction.variants import Variant


def variants(anatomy: str | None, *questions: UserQuestion) -> list[Variant]:
    original = Original("ct-0", Path("a"), "0", 0, "ct", "s", Source(path="a", questions=questions), None, 1, anatomy)
    levels = ((None, "none", "L0"), ("ring", "mild", "L1"), ("ring", "severe", "L2"))
    return [Variant(original, "dev", key, level, code, key, "a.png", "0", None) for key, level, code in levels]


def test_metadata_and_the_users_own_questions_are_asked_of_every_version():
    own = UserQuestion(question="Which side?", options=("Left", "Right"), answer="Left", capability="Counting")
    made = make_robust_items(variants("CHEST", own), load_bank())
    assert [item.question for item in made[::3]] == [
        "Which side?",
        "Which imaging modality was this image acquired with?",
        "Which body region does this image show?",
    ]
    assert {item.source_item for item in made[:3]} == {made[0].id}
    assert len({item.id for item in made}) == 9
    for item in made[6:]:
        assert item.options["ABCD".index(item.answer)] == "Chest" and len(set(item.options)) == 4


def test_without_anatomy_no_region_is_asked_about():
    assert len(make_robust_items(variants(None), load_bank())) == 3
