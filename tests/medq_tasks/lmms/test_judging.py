"""How lmms-eval's tasks find the judge that MEDQ_JUDGE names."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from threading import Barrier, Thread

import pytest

from medq_tasks.errors import InputError
from medq_tasks.lmms import judging
from medq_tasks.lmms.judging import AnswerToJudge, AxisScore, judge_of_environment

opened: list[str] = []


def open_fake(words: str) -> judging.Judge:
    """What a package registers."""
    opened.append(words)

    def judge(answer: AnswerToJudge) -> dict[str, AxisScore]:
        return {"completeness": AxisScore("scored", float(len(answer.response)), {"judge": words})}

    return judge


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    point = EntryPoint("fake", f"{__name__}:open_fake", judging.GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda self: open_fake)
    monkeypatch.setattr(judging, "entry_points", lambda group: [point] if group == judging.GROUP else [])
    opened.clear()
    judging._open.cache_clear()
    yield
    judging._open.cache_clear()


def test_registered_package_gets_the_words_of_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDQ_JUDGE", " gpt4o judge.rounds=3 ")
    judge = judge_of_environment()
    assert judge is not None
    assert opened == ["gpt4o judge.rounds=3"]
    assert judge(AnswerToJudge("1", "reasoning", "four", "text", None))["completeness"].score == 4


def test_without_the_variable_there_is_no_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MEDQ_JUDGE", raising=False)
    assert judge_of_environment() is None
    assert opened == []


def test_threads_share_one_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDQ_JUDGE", "rules")
    found: list[object] = []
    barrier = Barrier(8)

    def look() -> None:
        barrier.wait()
        found.append(judge_of_environment())

    threads = [Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == ["rules"]
    assert len(set(map(id, found))) == 1


def test_missing_package_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDQ_JUDGE", "rules")
    monkeypatch.setattr(judging, "entry_points", lambda group: [])
    with pytest.raises(InputError, match=r"MEDQ_JUDGE=rules.*install the checkout again"):
        judge_of_environment()
