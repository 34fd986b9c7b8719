"""One undegraded image of a benchmark under construction: which slice of which file, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from medq_tasks.construction.source import Source
from medq_tasks.construction.volume import Axis


@dataclass(frozen=True, slots=True)
class Original:
    """`id` holds no file name, since names can identify a patient. `study` is a pseudonym of the patient or study.

    `bounds` are the rescaled values (HU for CT) of black and white and who declared them, None for 8 bits as they are.
    `shrink` is the whole factor of the sides, the source's own and that of the largest picture together. `markers` are
    drawn on it. `body_part` is what a DICOM header calls it. `frame` counts along `axis`.
    """

    id: str
    path: Path
    sha256: str
    frame: int
    modality: str
    study: str
    source: Source
    bounds: tuple[float, float, str] | None
    shrink: float
    body_part: str = ""
    markers: int = 0
    axis: Axis = "stored"

    @property
    def rendered(self) -> bool:
        """Whether it was computed and shows no patient."""
        return self.source.render is not None
