"""The account of what reached the processor."""

from __future__ import annotations

from medq.models.local.ledger import Ledger


def seen(*, identical: bool = True, resized: tuple[int, int] = (10, 10), kept: float = 1.0, **more: object) -> dict:
    return {
        "images": [{"identical": identical, "input": [10, 10], "resized": list(resized), "pixels_kept": kept, **more}]
    }


def test_a_session_without_images_says_nothing() -> None:
    assert Ledger().summary() == {}
    assert Ledger().lines() == []


def test_the_line_counts_identical_resampled_and_cropped_images() -> None:
    ledger = Ledger()
    for one in (seen(), seen(resized=(5, 5), kept=0.25), seen(identical=False, resized=(5, 10), kept=0.5, in_view=0.5)):
        ledger.add(one)
    assert ledger.lines() == [
        "images bit-identical up to the processor: 2/3; it resampled 2 of them, median pixels kept 50 %, and cropped 1"
    ]
    assert ledger.summary() == {
        "images": 3,
        "bit_identical": 2,
        "resampled": 2,
        "cropped": 1,
        "pixels_kept": {"min": 0.25, "median": 0.5, "max": 1.0},
    }
