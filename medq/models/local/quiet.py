"""Keeps progress bars, logs and warnings of transformers and lmms-eval off the user's terminal."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class NoBar:
    """Stands in for tqdm: shows nothing."""

    def __init__(self, *_args: Any, **_options: Any) -> None:
        """Takes what tqdm takes."""

    def update(self, _count: int = 1) -> None:
        """Nothing to move on."""

    def close(self) -> None:
        """Nothing to end."""


@contextmanager
def quiet() -> Iterator[None]:
    """Inside the block imports and constructors say nothing; afterwards lmms-eval and transformers log errors alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        silence()
        yield
        silence()


def silence() -> None:
    """`lmms_eval.models` points loguru at stdout when it is imported, so this runs before and after."""
    import transformers
    from loguru import logger

    logger.remove()
    logger.disable("lmms_eval")
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    logging.getLogger("accelerate").setLevel(logging.ERROR)
