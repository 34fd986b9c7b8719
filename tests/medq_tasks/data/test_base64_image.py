from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medq_tasks.data.base64_image import decode_base64
from medq_tasks.errors import ImageError


@given(st.binary(min_size=1, max_size=200))
def test_plain_wrapped_and_data_urls_give_the_same_bytes(data: bytes) -> None:
    text = base64.b64encode(data)
    for form in (text, base64.encodebytes(data), b"data:image/png;base64," + text, b" " + text + b"\r\n"):
        assert decode_base64(form, "cell") == data


@pytest.mark.parametrize("text", [b"", b"  ", b"abc", b"ab=c", b"a*bc", b"abcd=", "aäbc".encode(), b"data:,"])
def test_anything_else_is_refused_with_the_cell_named(text: bytes) -> None:
    with pytest.raises(ImageError, match=r"f\.tsv, row 3: expected base64"):
        decode_base64(text, "f.tsv, row 3")
