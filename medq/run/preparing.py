"""How the questions of a run are made ready to send, whichever process sends them."""

from __future__ import annotations

from pathlib import Path

from medq.models.interface import Model
from medq.run.question import Preparer
from medq.run.seen import SeenImages
from medq.run.work import Work


def preparer(work: Work, model: Model, run_dir: Path) -> Preparer:
    """What reads the images of a question, keeps them for the report where wanted, and works out its key."""
    config = work.config
    keep = SeenImages(config.run.root / "images", run_dir).keep if config.run.keep_images else None
    return Preparer(
        identity=model.identity,
        seed=config.run.seed,
        window=work.window,
        allow_lossy=config.data.allow_lossy,
        keep=keep,
    )
