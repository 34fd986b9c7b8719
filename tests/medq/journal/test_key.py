import pytest

from medq.journal import answer_key

BASE = {"prompt": "Is it sharp?", "images": ["aa"], "sample": 0}
IDENTITY = {"kind": "litellm", "id": "m", "temperature": 0.0}


@pytest.mark.parametrize(
    "change",
    [
        {"prompt": "Is it sharp? "},
        {"images": ["ab"]},
        {"images": ["aa", "aa"]},
        {"images": []},
        {"sample": 1},
        {"identity": {**IDENTITY, "temperature": 1.0}},
        {"identity": {**IDENTITY, "revision": "2"}},
    ],
)
def test_all_that_can_change_an_answer_changes_the_key(change: dict[str, object]) -> None:
    changed = {"identity": IDENTITY, **BASE, **change}
    assert answer_key(changed.pop("identity"), **changed) != answer_key(IDENTITY, **BASE)  # type: ignore[arg-type]


def test_the_order_of_two_images_changes_the_key() -> None:
    keys = {answer_key(IDENTITY, prompt="p", images=order, sample=0) for order in (["a", "b"], ["b", "a"])}
    assert len(keys) == 2


def test_the_order_of_the_identity_does_not() -> None:
    reordered = dict(reversed(IDENTITY.items()))
    assert answer_key(reordered, **BASE) == answer_key(IDENTITY, **BASE)  # type: ignore[arg-type]
