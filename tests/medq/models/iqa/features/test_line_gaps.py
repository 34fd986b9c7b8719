"""Lines that were not acquired."""

import numpy as np
import pytest

from medq.models.iqa.features.line_gaps import line_gaps
from tests.medq.models.iqa.features.pictures import grey, scene


def undersampled(every: int, axis: int) -> np.ndarray:
    line = np.arange(256)
    keep = (line % every == 0) | (np.abs(line - 128) < 12)
    mask = keep[:, None] if axis == 0 else keep[None, :]
    phase = np.exp(1j * np.linspace(0, 3, 256))[:, None]
    kspace = np.fft.fftshift(np.fft.fft2(scene() * phase))
    return np.abs(np.fft.ifft2(np.fft.ifftshift(kspace * mask)))


@pytest.mark.parametrize("axis", [0, 1])
def test_missing_lines_show_along_either_axis(axis: int) -> None:
    assert line_gaps(grey(undersampled(3, axis))) > 2 * line_gaps(grey(scene()))


def test_a_complete_scan_is_smooth() -> None:
    assert line_gaps(grey(scene())) < 0.05
