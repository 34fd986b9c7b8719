"""Which fault meets which call."""

from __future__ import annotations

import pytest

from medq.faultserver.plan import GROUPS, FaultPlan, parse_rates


def test_the_same_seed_content_and_attempt_meet_the_same_fault() -> None:
    one, two = (FaultPlan({"500": 0.5, "reset": 0.3}, seed=3) for _ in range(2))
    drawn = [(f"c{number}", attempt) for number in range(50) for attempt in (1, 2, 3)]
    assert [one.fault_for(*key) for key in drawn] == [two.fault_for(*key) for key in drawn]


def test_another_seed_meets_other_faults() -> None:
    drawn = [[FaultPlan({"500": 0.5}, seed=seed).fault_for(f"c{n}", 1) for n in range(50)] for seed in (1, 2)]
    assert drawn[0] != drawn[1]


def test_faults_come_at_their_rates() -> None:
    plan = FaultPlan({"500": 0.2, "reset": 0.1}, seed=1)
    drawn = [plan.fault_for(f"c{number}", 1) for number in range(5000)]
    assert drawn.count("500") / 5000 == pytest.approx(0.2, abs=0.02)
    assert drawn.count("reset") / 5000 == pytest.approx(0.1, abs=0.02)


def test_a_retry_can_succeed_where_the_first_attempt_failed() -> None:
    plan = FaultPlan({"500": 0.5}, seed=1)
    failed = [f"c{n}" for n in range(100) if plan.fault_for(f"c{n}", 1)]
    assert any(plan.fault_for(content, 2) is None for content in failed)


def test_a_content_that_fails_for_good_fails_at_every_attempt() -> None:
    plan = FaultPlan(fail_for_good=0.3, seed=1)
    doomed = [f"c{n}" for n in range(100) if plan.fault_for(f"c{n}", 1)]
    assert 15 <= len(doomed) <= 45
    assert all(plan.fault_for(content, attempt) == "500" for content in doomed for attempt in range(2, 30))


def test_the_rate_of_a_group_is_shared_out_among_its_members() -> None:
    rates = parse_rates("transient=0.3, 500=0.1")
    assert sum(rates.values()) == pytest.approx(0.4)
    assert rates["500"] == pytest.approx(0.1 + 0.3 / len(GROUPS["transient"]))


@pytest.mark.parametrize("text", ["rate429", "rate429=x", "=0.1"])
def test_rates_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|unknown"):
        FaultPlan(parse_rates(text))


@pytest.mark.parametrize("rates", [{"500": 0.7, "503": 0.7}, {"500": -0.1}, {"nonsense": 0.1}])
def test_impossible_plans_are_refused(rates: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"expected"):
        FaultPlan(rates)
