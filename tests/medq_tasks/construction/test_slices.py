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


def test_the_axes_take_turns_and_one_that_runs_out_leaves_its_share_to_the_others():
    given = [
        Candidate(n, 0.5, 1.0, axis=axis) for axis, length in (("stored", 9), ("y", 1), ("x", 9)) for n in range(length)
    ]
    made = choose(given, Slices(maximum=6))
    taken = [(one.axis, one.frame) for one in made if not one.reason]
    assert taken == [("stored", 1), ("stored", 4), ("stored", 7), ("y", 0), ("x", 2), ("x", 6)]


def test_one_slice_an_axis_is_its_middle():
    given = [Candidate(n, 0.5, 1.0, axis=axis) for axis in ("stored", "y", "x") for n in range(5)]
    taken = [(one.axis, one.frame) for one in choose(given, Slices()) if not one.reason]
    assert taken == [("stored", 2), ("y", 2), ("x", 2)]
