import io

import numpy as np
import pytest
from PIL import Image as Pillow

from medq_tasks.degradations.general.compression import encode

# ITU-T T.81 table K.1, in zigzag order as a JPEG file stores it
LUMINANCE = [16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58,
             51, 61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103,
             62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99]  # fmt: skip


def _scaled(quality):
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    return [min(255, max(1, (value * scale + 50) // 100)) for value in LUMINANCE]


def _stored_table(data):
    start = data.index(b"\xff\xdb") + 5
    return list(data[start : start + 64])


@pytest.mark.parametrize("quality", [3, 5, 18, 50, 60, 90])
def test_the_file_holds_the_standard_table_scaled_to_the_quality(quality, noise_image):
    assert _stored_table(encode(noise_image, quality=quality)) == _scaled(quality)


def test_the_output_is_what_pillow_decodes(run, real_images):
    clean = real_images["histopathology"][0]
    buffer = io.BytesIO()
    Pillow.fromarray(np.rint(clean * 255).astype(np.uint8)).save(buffer, "JPEG", quality=20, subsampling="4:2:0")
    expected = np.asarray(Pillow.open(buffer), dtype=np.float32) / 255
    assert np.array_equal(run("general.compression", clean, quality=20).image, expected)


def test_fewer_bytes_are_needed_as_severity_rises(run, real_images):
    clean = real_images["histopathology"][0]
    sizes = [run("general.compression", clean, s).facts["bytes_per_pixel"] for s in (0.1, 0.4, 0.9)]
    assert np.all(np.diff(sizes) < 0)
