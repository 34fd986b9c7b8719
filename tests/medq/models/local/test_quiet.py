"""The terminal stays the user's."""

from __future__ import annotations

import warnings

import pytest

from medq.models.local.quiet import NoBar


def test_a_bar_that_shows_nothing_takes_what_tqdm_takes(capsys: pytest.CaptureFixture[str]) -> None:
    bar = NoBar(total=3, disable=False, desc="Model Responding")
    bar.update(1)
    bar.update()
    bar.close()
    assert capsys.readouterr() == ("", "")


@pytest.mark.local
def test_warnings_and_logs_inside_the_block_say_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    from loguru import logger

    from medq.models.local.quiet import quiet

    with quiet():
        warnings.warn("a warning", stacklevel=1)
        logger.warning("a log line")
    assert capsys.readouterr() == ("", "")
