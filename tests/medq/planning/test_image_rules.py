"""Token counts of images, each computed by hand from the provider's published rule."""

from __future__ import annotations

import pytest

from medq.planning import image_rules as rules


@pytest.mark.parametrize(
    ("size", "tokens"),
    [
        ((1024, 1024), 765),  # OpenAI's example: 768 x 768, 4 tiles
        ((2048, 4096), 1105),  # OpenAI's example: 1024 x 2048, then 768 x 1536, 6 tiles
        ((512, 512), 255),  # 1 tile
        ((513, 512), 425),  # 2 tiles
        ((128, 64), 255),  # nothing is scaled up
        ((1920, 1080), 1105),  # 1365.3 x 768, 3 x 2 tiles
    ],
)
def test_gpt_4o_pays_85_and_170_a_tile(size: tuple[int, int], tokens: int) -> None:
    assert rules.openai_tiles(*size, base=85, tile=170) == tokens


def test_gpt_5_pays_70_and_140_a_tile_and_low_detail_the_base_alone() -> None:
    assert rules.openai_tiles(1024, 1024, base=70, tile=140) == 70 + 4 * 140
    assert rules.openai_tiles(4096, 8192, base=85, tile=170, low_detail=True) == 85


@pytest.mark.parametrize(
    ("size", "factor", "tokens"),
    [
        ((1024, 1024), 1.0, 1024),  # OpenAI's example
        ((1800, 2400), 1.0, 1452),  # OpenAI's example: 1056 x 1408, 33 x 44 patches
        ((1024, 1024), 1.62, 1659),
        ((33, 32), 1.0, 2),
    ],
)
def test_patches_of_32_px_stop_at_1536(size: tuple[int, int], factor: float, tokens: int) -> None:
    assert rules.openai_patches(*size, factor=factor) == tokens


@pytest.mark.parametrize(
    ("size", "tokens"),
    [((200, 200), 54), ((1000, 1000), 1334), ((1092, 1092), 1590), ((3000, 1500), 1600), ((3136, 392), 410)],
)
def test_claude_pays_a_token_for_750_px(size: tuple[int, int], tokens: int) -> None:
    assert rules.claude(*size) == tokens


@pytest.mark.parametrize(
    ("size", "tokens"),
    [((384, 384), 258), ((768, 768), 258), ((769, 768), 516), ((1536, 1536), 1032), ((1000, 700), 516)],
)
def test_gemini_pays_258_a_tile_of_768_px(size: tuple[int, int], tokens: int) -> None:
    assert rules.gemini(*size) == tokens


@pytest.mark.parametrize(
    ("size", "tokens"),
    [
        ((512, 512), 18 * 18 + 2),
        ((1000, 700), 36 * 25 + 2),
        ((28, 28), 2 * 2 + 2),  # raised to 56 x 56 px
        ((8000, 8000), 128 * 128 + 2),  # lowered to 3584 x 3584 px
    ],
)
def test_qwen_pays_a_token_for_28_px_squared(size: tuple[int, int], tokens: int) -> None:
    assert rules.qwen_vl(*size) == tokens


@pytest.mark.parametrize(
    ("size", "tiles"),
    [
        ((448, 448), 1),
        ((8, 8), 1),
        ((896, 896), 4 + 1),  # fills the 2 x 2 grid, and a thumbnail
        ((1344, 448), 3 + 1),
        ((800, 600), 12 + 1),  # 4 : 3 exactly
    ],
)
def test_internvl_pays_256_a_tile_and_a_thumbnail(size: tuple[int, int], tiles: int) -> None:
    assert rules.internvl(*size) == 256 * tiles + 2


@pytest.mark.parametrize(("size", "tokens"), [((560, 280), 21 * 10), ((3080, 1540), 56 * 28), ((29, 28), 3)])
def test_mistral_pays_patches_and_a_mark_a_row(size: tuple[int, int], tokens: int) -> None:
    assert rules.mistral(*size) == tokens


@pytest.mark.parametrize(("size", "tokens"), [((448, 448), 512), ((900, 500), 1792), ((4000, 4000), 1792)])
def test_grok_pays_at_most_six_tiles_and_one(size: tuple[int, int], tokens: int) -> None:
    assert rules.grok(*size) == tokens
