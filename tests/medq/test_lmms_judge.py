"""The judge that MEDQ_JUDGE names: the same verdicts as in our own judge stage, from any thread, bought once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from judges import judge_rows_by_rules
from judges.axes import AXES
from medq.faultserver import serve
from medq.judging.stage import judge_answers
from medq.lmms_judge import JudgeLine, _row, judge_settings, open_judge
from medq_tasks.errors import InputError
from medq_tasks.lmms.judging import AnswerToJudge, AxisScore

ANSWERS = tuple(
    AnswerToJudge(
        f"q{n}", "reasoning", f"Noise is mild in region {n}. Overall, good.", "No noise. Overall, good.", "ct"
    )
    for n in range(12)
)
Scores = list[Mapping[str, AxisScore]]
Line = Callable[..., JudgeLine]


@pytest.fixture(autouse=True)
def own_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDQ_JUDGE_JOURNAL", str(tmp_path / "own" / "verdicts.sqlite"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-not-a-key")


@pytest.fixture
def line() -> Iterator[Line]:
    """Opens lines to a judge behind a local server and closes them."""
    lines: list[JudgeLine] = []

    def open_line(url: str, *keys: str) -> JudgeLine:
        lines.append(JudgeLine(judge_settings(words(url, *keys))))
        return lines[-1]

    yield open_line
    for one in lines:
        one.close()


def words(url: str, *keys: str) -> str:
    return " ".join(("openai_compatible judge.id=judging", f"judge.api_base={url}", *keys))


def in_threads(judge: Callable[[AnswerToJudge], Mapping[str, AxisScore]]) -> Scores:
    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(judge, ANSWERS))


def test_rules_judge_gives_the_verdicts_of_the_judge_stage() -> None:
    scores = in_threads(open_judge("rules"))
    stage = judge_rows_by_rules([_row(answer) for answer in ANSWERS])
    assert [{axis: one.record for axis, one in row.items()} for row in scores] == [row.as_dict() for row in stage]
    assert scores[0]["quality_accuracy"] == AxisScore("scored", 2, stage[0].axes["quality_accuracy"].as_dict())


def test_threads_get_the_verdicts_of_the_judge_stage_and_buy_each_once(tmp_path: Path, line: Line) -> None:
    with serve() as server:
        first = in_threads(line(server.url, "judge.rounds=2").judge)
        bought = server.stats()["calls"]
        again = in_threads(line(server.url, "judge.rounds=2").judge)
        assert server.stats()["calls"] == bought >= 2 * len(AXES) * len(ANSWERS)
        rows = [_row(answer) for answer in ANSWERS]
        settings = judge_settings(words(server.url, "judge.rounds=2"))
        stage = judge_answers(rows, settings, tmp_path / "stage", label="judging")
    assert first == again
    own = [{axis: one.as_dict()["score"] for axis, one in row.axes.items()} for row in stage.judgements]
    assert [{axis: one.score for axis, one in row.items()} for row in first] == own
    assert (tmp_path / "own" / "verdicts.sqlite").is_file()


def test_failed_verdicts_are_errors_and_no_numbers(line: Line) -> None:
    with serve(fail_for_good=0.3, seed=2) as server:
        every = [
            one
            for row in in_threads(line(server.url, "judge.timeout_s=1", "judge.deadline_s=1").judge)
            for one in row.values()
        ]
    failed = [one for one in every if one.state == "error"]
    assert 0 < len(failed) < len(every)
    assert all(one.score is None for one in failed)
    assert all(one.record["rounds"] for one in failed)


def test_unusable_judge_leaves_every_answer_unjudged_and_ends_no_evaluation(line: Line) -> None:
    with serve("401=1") as server:
        scores = in_threads(line(server.url).judge)
        calls = server.stats()["calls"]
    assert calls < len(AXES) * len(ANSWERS)
    assert {one.state for row in scores for one in row.values()} == {"error"}
    assert all(set(row) == set(AXES) for row in scores)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("gpt4", "unknown judge 'gpt4': did you mean gpt4o"),
        ("rules rounds=2", "expected keys as judge.rounds=3, got 'rounds=2'"),
        ("rules judge.round=2", "judge.round"),
        ("rules judge.rounds=0", "greater than or equal to 1"),
        ("openai_compatible", "judge.id: expected the id of a model"),
        ("gpt4o judge.deadline_s=1", "expected at least timeout_s"),
        ("rules judge.swap=true", "use python -m medq"),
    ],
)
def test_wrong_words_are_told_in_one_line(given: str, message: str) -> None:
    with pytest.raises(InputError, match=f"MEDQ_JUDGE={given}.*{message}") as raised:
        open_judge(given)
    assert "\n" not in str(raised.value)


def test_missing_credential_is_told_before_anything_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(InputError, match="OPENAI_API_KEY"):
        open_judge("gpt4o")


def test_judge_of_the_paper_is_named_by_its_option() -> None:
    settings = judge_settings("gpt4o judge.protocol=released")
    assert (settings.id, settings.temperature, settings.protocol) == ("openai/gpt-4o-2024-08-06", 0, "released")
