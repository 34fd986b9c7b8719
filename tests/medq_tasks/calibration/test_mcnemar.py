"""McNemar's test."""

import numpy as np
import pytest

from medq_tasks.calibration import mcnemar_clustered, mcnemar_exact


@pytest.mark.parametrize(("lost", "gained"), [(0, 0), (1, 0), (10, 3), (25, 25), (40, 12)])
def test_the_exact_test_agrees_with_statsmodels(lost: int, gained: int) -> None:
    from statsmodels.stats.contingency_tables import mcnemar

    expected = mcnemar([[9, lost], [gained, 9]], exact=True).pvalue if lost + gained else 1.0
    assert mcnemar_exact(lost, gained) == pytest.approx(expected)


def test_with_one_pair_a_cluster_it_is_the_uncorrected_test() -> None:
    from statsmodels.stats.contingency_tables import mcnemar

    changes = [1] * 40 + [-1] * 22 + [0] * 100
    expected = mcnemar([[50, 40], [22, 50]], exact=False, correction=False).pvalue
    assert mcnemar_clustered(changes, range(len(changes))) == pytest.approx(expected)


def test_copies_in_a_cluster_tell_nothing_new() -> None:
    changes = [1, 1, 1, -1, 0, 1]
    once = mcnemar_clustered(changes, range(6))
    assert mcnemar_clustered(np.repeat(changes, 4).tolist(), np.repeat(range(6), 4).tolist()) == pytest.approx(once)
    assert mcnemar_clustered([0, 0], "ab") == 1.0
