"""What is said of results."""

from medq_tasks.degrading.job import Record
from medq_tasks.degrading.plan import Plan, parse_strengths
from medq_tasks.degrading.report import counts, failure_lines, volume_line

FAILED = [Record(f"ct.ring/{level}", "a.png", "failed", error="too small") for level in ("L1", "L2")]
DONE = Record("ct.ring/L1", "b.nii", "done", output="b_frame0002.nii", frame=2, frames=5)


def _plan(frame):
    return Plan(("all",), parse_strengths("L1"), seed=1, frame=frame)


def test_a_failed_image_is_one_line_however_many_results_it_lacks():
    assert failure_lines([*FAILED, DONE]) == ["a.png: too small (ct.ring/L1 and 1 more)"]


def test_each_cause_is_a_line_and_a_named_path_is_not_repeated():
    other = Record("", "c/d.png", "failed", error="/data/c/d.png: no modality")
    assert failure_lines([FAILED[0], other]) == ["a.png: too small (ct.ring/L1)", "/data/c/d.png: no modality"]


def test_results_are_counted_by_state():
    skipped = Record("ct.ring/L1", "e.png", "skipped", error="colour")
    assert counts([*FAILED, DONE, skipped]) == "1 written, 1 not applicable, 2 failed"


def test_volumes_are_mentioned_only_where_no_frame_was_asked_for():
    assert volume_line([DONE], _plan("middle")) is not None
    assert volume_line([DONE], _plan("all")) is None
    assert volume_line(FAILED, _plan("middle")) is None
