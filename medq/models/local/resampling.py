"""What a processor made of an image: the size it resampled it to, the grid of patches or tiles, the pixels kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Size = tuple[int, int]


def resamplings(
    inputs: Mapping[str, Any], image_processor: Any, sizes: Sequence[Size], *, options: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """For each image of one question, of (width, height) in `sizes`, read from what the processor returned.

    `resized` is (width, height) in px, `patch_grid` (time, rows, columns) of patches or (tiles, rows, columns),
    `pixels_kept` the resampled area over the input's, above 1 where the processor enlarges, `in_view` the share of the
    image that a crop leaves. `options` are those of the call, which count before the processor's own.
    """
    if not sizes:
        return []
    if "image_grid_thw" in inputs:
        grids = [tuple(int(one) for one in grid) for grid in inputs["image_grid_thw"].tolist()]
        side = image_processor.patch_size
        return [_made(size, (grid[2] * side, grid[1] * side), grid) for size, grid in zip(sizes, grids, strict=True)]
    if getattr(image_processor, "crop_to_patches", False):
        given = {**vars(image_processor), **(options or {})}
        tiles = (int(given["min_patches"]), int(given["max_patches"]))
        return [_tiled(image_processor, size, tiles) for size in sizes]
    height, width = (int(one) for one in inputs["pixel_values"].shape[-2:])
    return [_whole(inputs, image_processor, size, (width, height)) for size in sizes]


def _tiled(image_processor: Any, size: Size, limits: tuple[int, int]) -> dict[str, Any]:
    """InternVL: a canvas of tiles, and a thumbnail beside them where there is more than one."""
    from transformers.models.got_ocr2.image_processing_pil_got_ocr2 import get_optimal_tiled_canvas

    side_w, side_h = image_processor.size.width, image_processor.size.height
    columns, rows = get_optimal_tiled_canvas((size[1], size[0]), (side_h, side_w), *limits)
    tiles = columns * rows + (columns * rows > 1)
    return _made(size, (columns * side_w, rows * side_h), (tiles, rows, columns))


def _whole(inputs: Mapping[str, Any], image_processor: Any, size: Size, side: Size) -> dict[str, Any]:
    """One square, or LLaVA-NeXT's tiles; CLIP's processor crops to the middle."""
    tiles = int(inputs["pixel_values"].shape[1]) if inputs["pixel_values"].ndim == 5 else 1
    made = _made(size, side, (tiles, 1, 1))
    if getattr(image_processor, "do_center_crop", False) and tiles == 1:
        shorter, longer = sorted(size)
        in_view = shorter / longer
        made |= {"in_view": round(in_view, 4), "pixels_kept": round(side[0] * side[1] / (shorter * shorter), 4)}
    return made


def _made(size: Size, resized: Size, grid: tuple[int, ...]) -> dict[str, Any]:
    kept = resized[0] * resized[1] / (size[0] * size[1])
    return {"resized": list(resized), "patch_grid": list(grid), "pixels_kept": round(kept, 4)}
