"""A provider's limits on images, checked before sending: a breach is named, nothing is resized to get around it."""

from __future__ import annotations

from collections.abc import Sequence

from medq.models.settings import ImageSettings
from medq_tasks.images.sent import SentImage


def broken_limit(images: Sequence[SentImage], limits: ImageSettings) -> str | None:
    """The first limit that `images` break, with what was found; None when all hold."""
    if limits.max_count is not None and len(images) > limits.max_count:
        return f"model.images.max_count: expected at most {limits.max_count} images, got {len(images)}"
    for number, image in enumerate(images, start=1):
        megabytes = len(image.data) / 1e6
        if limits.max_mb is not None and megabytes > limits.max_mb:
            return (
                f"model.images.max_mb: expected at most {limits.max_mb:g} MB, got {megabytes:.2f} MB in image {number}"
            )
        side = max(image.width, image.height)
        if limits.max_px is not None and side > limits.max_px:
            return f"model.images.max_px: expected sides of at most {limits.max_px} px, got {side} px in image {number}"
    return None


def resized_by_provider(images: Sequence[SentImage], limits: ImageSettings) -> bool:
    """Whether the provider says that it scales one of `images` down before its model sees it."""
    rule = limits.provider_resize
    if rule is None:
        return False
    return any(
        (rule.long_px is not None and max(image.width, image.height) > rule.long_px)
        or (rule.short_px is not None and min(image.width, image.height) > rule.short_px)
        for image in images
    )
