"""Damaged DICOM: pixels or an `ImageError`, never another failure."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medq_tasks.errors import ImageError
from medq_tasks.images import Window, probe, to_sent

NAMES = ["MR_small.dcm", "MR_small_RLE.dcm", "MR_small_jp2klossless.dcm", "vlut_04.dcm", "SC_rgb_jpeg_dcmtk.dcm"]


@pytest.mark.filterwarnings("ignore")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=250, deadline=None)
@given(
    name=st.sampled_from(NAMES),
    damage=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=6),
    window=st.sampled_from([None, Window("minmax"), Window("full")]),
)
def test_damage_gives_an_image_or_an_image_error(
    dicom: Callable[[str], bytes], name: str, damage: list[tuple[float, int]], window: Window | None
) -> None:
    content = bytearray(dicom(name))
    for place, value in damage:
        content[int(len(content) * place**3)] = value
    try:
        sent = to_sent(bytes(content), name="damaged", window=window)
    except ImageError as error:
        assert "\n" not in str(error)
    else:
        assert probe(sent.data, "sent").format == "png"


@pytest.mark.parametrize("name", ["rtplan.dcm", "test-SR.dcm", "waveform_ecg.dcm"])
def test_dicom_that_is_no_image_says_what_it_is(dicom: Callable[[str], bytes], name: str) -> None:
    with pytest.raises(ImageError, match="holds no pixels"):
        probe(dicom(name), name)
