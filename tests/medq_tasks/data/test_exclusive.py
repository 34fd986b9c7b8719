"""One holder at a time."""

import threading
from pathlib import Path

from medq_tasks.data.exclusive import exclusive


def test_the_second_waits_is_told_so_and_comes_after_the_first(tmp_path: Path) -> None:
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        with exclusive(tmp_path / "deep" / "held", waits=waiting.set):
            order.append("second")

    with exclusive(tmp_path / "deep" / "held"):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_who_finds_it_free_is_not_told_to_wait(tmp_path: Path) -> None:
    told: list[None] = []
    for _ in range(2):
        with exclusive(tmp_path / "held", waits=lambda: told.append(None)):
            pass
    assert told == []
