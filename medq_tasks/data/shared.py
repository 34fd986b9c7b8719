"""Images that a row shares with another one, named by that row's index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from medq_tasks.data.build import Draft
from medq_tasks.data.columns import IMAGE_FIELDS, Columns
from medq_tasks.data.problem import CellError, Problem, shown
from medq_tasks.data.table import ImagePart
from medq_tasks.item import ImageSource, Item


def share_images(
    drafts: Sequence[Draft], columns: Columns, *, wanted_split: str | None = None
) -> tuple[list[Item], list[int], list[Problem]]:
    """The items with their images, the row of each, and the rows that name an image that is not there.

    A row may name a later one, or one that shares its image too. Where `wanted_split` is set only items of that
    split are given; the images of other rows can still be shared.
    """
    owners: dict[str, list[Draft]] = {}
    if any(isinstance(part, str) for draft in drafts for part in draft.parts):
        for draft in drafts:
            owners.setdefault(draft.index, []).append(draft)
    items, rows, problems = list[Item](), list[int](), list[Problem]()
    column = next((columns.name(name) for name in IMAGE_FIELDS if name in columns.places), "")
    for draft in drafts:
        if wanted_split and draft.item.split != wanted_split:
            continue
        if draft.item.images:
            items.append(draft.item)
            rows.append(draft.row)
            continue
        try:
            images = _resolve(draft, owners, (draft.index,))
            wanted = 2 if draft.item.task == "comparison" else 1
            if len(images) != wanted:
                raise CellError(column, f"expected {wanted} image(s) for {draft.item.task}, got {len(images)}")
        except CellError as error:
            problems.append(Problem(draft.row, draft.index, column, error.reason))
        else:
            items.append(replace(draft.item, images=images))
            rows.append(draft.row)
    return items, rows, problems


def _resolve(draft: Draft, owners: Mapping[str, list[Draft]], chain: tuple[str, ...]) -> tuple[ImageSource, ...]:
    images: tuple[ImageSource, ...] = ()
    for part in draft.parts:
        images += _owned(part, owners, chain) if isinstance(part, str) else (part,)
    return images


def _owned(index: ImagePart, owners: Mapping[str, list[Draft]], chain: tuple[str, ...]) -> tuple[ImageSource, ...]:
    named = shown(index)
    found = owners.get(str(index), [])
    if not found:
        reason = f"expected base64 of an image or the index of a row that has one, got {named}; correct the cell"
        raise CellError("", reason)
    if index in chain:
        raise CellError("", f"expected an image, got rows that name each other's ({' -> '.join(chain)}); add it once")
    if len(found) > 1:
        raise CellError("", f"expected the index of one row, got {named}, which {len(found)} rows have; add the image")
    return _resolve(found[0], owners, (*chain, str(index)))
