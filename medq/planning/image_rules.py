"""How many tokens an image costs, family by family, as providers document it or processors of open weights compute it.

Each function takes width and height in px and returns a whole number of tokens, at least 1. Nothing is decoded: the
size comes from the file's header.
"""

from __future__ import annotations

from math import ceil, floor, sqrt

GEMINI_TOKENS = 258
GEMINI_SMALL_PX, GEMINI_TILE_PX = 384, 768
GEMINI_CROP_PX = (256, 768)
CLAUDE_PX_PER_TOKEN = 750
QWEN_SIDE_PX = 28
QWEN_AREA_PX = (56 * 56, 12_845_056)  # of the released processor's configuration
INTERNVL_TILE_PX, INTERNVL_TOKENS, INTERNVL_TILES = 448, 256, 12
GROK_TILE_PX, GROK_TOKENS, GROK_TILES = 448, 256, 6
MISTRAL_SIDE_PX = 28
GEMMA_TOKENS = 256
LLAVA_TOKENS = 576


def openai_tiles(width: int, height: int, *, base: int, tile: int, low_detail: bool = False) -> int:
    """Tiles of 512 px after scaling into 2048 × 2048 px and the shorter side down to 768 px; nothing is scaled up.

    Source: OpenAI, Images and vision, "Calculating costs".

    >>> openai_tiles(1024, 1024, base=85, tile=170), openai_tiles(2048, 4096, base=85, tile=170)
    (765, 1105)
    """
    if low_detail:
        return base
    across, down = _shrunk(width, height, long_px=2048)
    scale = min(1.0, 768 / min(across, down))
    return base + tile * _cells(across * scale, 512) * _cells(down * scale, 512)


def openai_patches(width: int, height: int, *, factor: float) -> int:
    """Patches of 32 px, at most 1536 after scaling down, times the model's factor. Same source.

    >>> openai_patches(1024, 1024, factor=1.0), openai_patches(1800, 2400, factor=1.0)
    (1024, 1452)
    """
    columns, rows = _cells(width, 32), _cells(height, 32)
    if columns * rows > 1536:
        scale = sqrt(1536 * 32**2 / (width * height))
        across, down = width * scale / 32, height * scale / 32
        scale *= min(floor(across) / across, floor(down) / down)
        columns, rows = _cells(width * scale, 32), _cells(height * scale, 32)
    return ceil(min(1536, columns * rows) * factor)


def claude(width: int, height: int, *, long_px: int = 1568, most: int = 1600) -> int:
    """A token for 750 px after scaling down to the longest side and the most tokens. Source: Anthropic, Vision.

    >>> claude(200, 200), claude(1000, 1000)
    (54, 1334)
    """
    across, down = _shrunk(width, height, long_px=long_px)
    return min(most, ceil(across * down / CLAUDE_PX_PER_TOKEN))


def gemini(width: int, height: int) -> int:
    """258 for an image within 384 × 384 px, else for each tile of 768 px. Source: Google, Understand and count tokens.

    >>> gemini(384, 384), gemini(1000, 700)
    (258, 516)
    """
    if max(width, height) <= GEMINI_SMALL_PX:
        return GEMINI_TOKENS
    return GEMINI_TOKENS * _cells(width, GEMINI_TILE_PX) * _cells(height, GEMINI_TILE_PX)


def gemini_cropped(width: int, height: int) -> int:
    """The other rule that Google gives, by a crop unit of two thirds of the shorter side, and one whole view more.

    Never below `gemini`. Source: Google, Image understanding, "Calculate tokens".

    >>> gemini_cropped(960, 540)
    1806
    """
    unit = min(GEMINI_CROP_PX[1], max(GEMINI_CROP_PX[0], floor(min(width, height) / 1.5)))
    return GEMINI_TOKENS * (_cells(width, unit) * _cells(height, unit) + 1)


def qwen_vl(width: int, height: int) -> int:
    """Patches of 28 px after rounding both sides to their multiples, and two marks; Qwen2.5-VL's processor.

    >>> qwen_vl(512, 512)
    326
    """
    across, down = (max(1, round(side / QWEN_SIDE_PX)) for side in (width, height))
    area = across * down * QWEN_SIDE_PX**2
    low, high = QWEN_AREA_PX
    if area > high:
        scale = sqrt(high / (width * height))
        across, down = (max(1, floor(side * scale / QWEN_SIDE_PX)) for side in (width, height))
    elif area < low:
        scale = sqrt(low / (width * height))
        across, down = (ceil(side * scale / QWEN_SIDE_PX) for side in (width, height))
    return across * down + 2


def internvl(width: int, height: int) -> int:
    """Tiles of 448 px, 256 tokens each, in the grid of 12 at most that is nearest in shape, and a thumbnail.

    Among grids of equal shape a larger one is taken where the image fills half of it; InternVL3's processor.

    >>> internvl(448, 448), internvl(896, 896)
    (258, 1282)
    """
    grids = sorted(
        (
            (across, down)
            for across in range(1, INTERNVL_TILES + 1)
            for down in range(1, INTERNVL_TILES + 1)
            if across * down <= INTERNVL_TILES
        ),
        key=lambda grid: grid[0] * grid[1],
    )
    tiles, nearest = 1, float("inf")
    for across, down in grids:
        distance = abs(width / height - across / down)
        fills = width * height > 0.5 * INTERNVL_TILE_PX**2 * across * down
        if distance < nearest or (distance == nearest and fills):
            tiles, nearest = across * down, distance
    return INTERNVL_TOKENS * (tiles + (tiles > 1)) + 2


def mistral(width: int, height: int, *, long_px: int = 1540) -> int:
    """Patches of 28 px after scaling down to the longest side, and a mark for each row; mistral-common's encoder.

    >>> mistral(560, 280)
    210
    """
    width, height = (max(1, round(side)) for side in _shrunk(width, height, long_px=long_px))
    return (_cells(width, MISTRAL_SIDE_PX) + 1) * _cells(height, MISTRAL_SIDE_PX)


def grok(width: int, height: int) -> int:
    """Tiles of 448 px, six at most, and one more, 256 tokens each: what xAI's documentation said of Grok's vision.

    >>> grok(448, 448), grok(4000, 4000)
    (512, 1792)
    """
    tiles = _cells(width, GROK_TILE_PX) * _cells(height, GROK_TILE_PX)
    return GROK_TOKENS * (min(GROK_TILES, tiles) + 1)


def _shrunk(width: float, height: float, *, long_px: int) -> tuple[float, float]:
    scale = min(1.0, long_px / max(width, height))
    return width * scale, height * scale


def _cells(side: float, cell_px: int) -> int:
    """Cells that cover a side; a side that rounding left a hair too long needs no cell more."""
    return max(1, ceil(side / cell_px - 1e-9))
