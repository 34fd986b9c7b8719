"""The files of a run as an artifact: without the journal, and without secrets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from medq.log.pictures import FOLDER, kept_image
from medq.records import CONFIG, MANIFEST, REPORT, RESULTS, SAMPLES, Sample
from medq.secrets import redact

FILES = (CONFIG, MANIFEST, RESULTS, SAMPLES, REPORT)


def add_files(artifact: Any, run_dir: Path, samples: Iterable[Sample]) -> None:
    """Adds the run's files and the images that its rows sent.

    Files are taken by name, so that a journal, a lock or a user's own file never travels. A text that holds a
    credential is added with the credential masked.
    """
    for name in FILES:
        if (run_dir / name).is_file():
            _add_text(artifact, run_dir / name)
    sent = {image.sent_sha256: image for sample in samples for image in sample.images}
    for image in sent.values():
        file = kept_image(run_dir, image)
        if file is not None:
            artifact.add_file(str(file), name=f"{FOLDER}/{file.name}", policy="immutable")


def _add_text(artifact: Any, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    masked = redact(text)
    if masked == text:
        artifact.add_file(str(file), policy="immutable")
        return
    with artifact.new_file(file.name, encoding="utf-8") as copy:
        copy.write(masked)
