"""The Dunning–Kruger tests, on hand-made values and on the published figure."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

import analysis.published
from medq_tasks.calibration import Measured, between_models, effect_within, within_model

Voted = Callable[..., Measured]
DIGITISED = Path(analysis.published.__file__).parent / "medq_deg_calibration_digitised.csv"
ROWS = list(csv.DictReader(DIGITISED.read_text(encoding="utf-8").splitlines()))
LEVELS = ("l0", "l1", "l2")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["model"])
def test_published_shift_is_confidence_minus_accuracy_within_the_digitising_error(row: dict[str, str]) -> None:
    for level in LEVELS:
        difference = float(row[f"confidence_{level}"]) - float(row[f"accuracy_{level}"])
        assert float(row[f"calibration_shift_{level}"]) == pytest.approx(difference, abs=0.006)


def test_all_19_published_models_show_the_effect_within() -> None:
    assert len(ROWS) == 19
    for row in ROWS:
        accuracy = (float(row["accuracy_l0"]), float(row["accuracy_l2"]))
        shift = (float(row["calibration_shift_l0"]), float(row["calibration_shift_l2"]))
        assert effect_within(accuracy=accuracy, shift=shift).holds


def test_most_published_pairs_of_models_show_the_effect_between() -> None:
    accuracy = {row["model"]: float(row["accuracy_l0"]) for row in ROWS}
    shift = {row["model"]: float(row["calibration_shift_l0"]) for row in ROWS}
    found = between_models(accuracy, shift)
    assert found.pairs == 19 * 18 // 2 - sum(
        one < other and accuracy[one] == accuracy[other] for one in accuracy for other in accuracy
    )
    assert found.share is not None
    assert found.share > 0.7


def test_between_models_by_hand() -> None:
    found = between_models({"a": 0.7, "b": 0.6, "c": 0.5}, {"a": 0.1, "b": 0.3, "c": 0.2})
    assert (found.pairs, found.agreeing, found.exceptions) == (3, 2, (("c", "b"),))
    assert (found.share, found.tau) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    assert between_models({"a": 0.5, "b": 0.5}, {"a": 0.0, "b": 1.0}).share is None


def test_between_models_is_minus_kendalls_tau_where_nothing_is_tied() -> None:
    from scipy.stats import kendalltau

    accuracy = {row["model"]: float(row["accuracy_l0"]) + n * 1e-6 for n, row in enumerate(ROWS)}
    shift = {row["model"]: float(row["calibration_shift_l0"]) + n * 1e-6 for n, row in enumerate(ROWS)}
    expected = -kendalltau(list(accuracy.values()), list(shift.values())).statistic
    assert between_models(accuracy, shift).tau == pytest.approx(expected)


def test_equal_shifts_still_hold_and_a_rise_of_accuracy_does_not() -> None:
    assert effect_within(accuracy=(0.7, 0.6), shift=(0.2, 0.2)).holds
    assert not effect_within(accuracy=(0.6, 0.7), shift=(0.2, 0.3)).holds
    assert not effect_within(accuracy=(0.7, 0.6), shift=(0.2, 0.1)).holds


def test_within_a_model_by_hand(voted: Voted) -> None:
    items = []
    for n in range(24):
        items.append(voted("AAAA", source=str(n), severity="L0"))
        items.append(voted("BBBB" if n % 2 else "AAAA", source=str(n), severity="L2"))
    found = within_model(items)
    assert found is not None
    assert (found.holds, found.accuracy_drop, found.shift_rise) == (True, 0.5, 0.5)
    assert found.accuracy_drop_ci95 is not None
    assert found.accuracy_drop_ci95[0] < 0.5 < found.accuracy_drop_ci95[1]
    few = within_model(items[:8])
    assert few is not None
    assert (few.holds, few.accuracy_drop_ci95) == (True, None)
    assert within_model(items[::2]) is None
    assert within_model([]) is None
