from medq_tasks.construction.slices import Candidate, choose
from medq_tasks.construction.spec import Slices


def test_every_slice_is_recorded_with_the_reason_why_it_was_left_out():
    given = [Candidate(0, 0.01, 1.0), Candidate(1, 0.4, 0.3), *(Candidate(n, 0.4, 1.0) for n in range(2, 6))]
    made = choose(given, Slices(maximum=2))
    assert [one.frame for one in made] == [0, 1, 2, 3, 4, 5]
    assert "foreground 0.010" in made[0].reason and "side ratio 0.30" in made[1].reason
    assert [one.frame for one in made if not one.reason] == [3, 5]


def test_fewer_fitting_slices_than_wanted_are_all_taken_and_none_is_no_error():
    assert [one.reason for one in choose([Candidate(0, 0.5, 1.0)], Slices(maximum=4))] == [""]
    assert choose([Candidate(0, 0.0, 1.0)], Slices())[0].reason
