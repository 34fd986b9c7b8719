"""A processor under observation: one thread at a time, and what it gets and makes of each image is recorded."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import isroutine
from threading import RLock
from typing import Any

import numpy as np

from medq.models.local.picture import Picture, pixels_sha256
from medq.models.local.resampling import resamplings
from medq.models.local.turn import current

NEVER = ("videos", "audio", "audios")


class OneAtATime:
    """Passes every call on to `inner`, one thread at a time: fast tokenizers cannot be entered twice."""

    def __init__(self, inner: Any, lock: RLock) -> None:
        self._inner = inner
        self._lock = lock

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        return self._locked(found) if isroutine(found) else found

    def _locked(self, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def locked(*args: Any, **options: Any) -> Any:
            with self._lock:
                return call(*args, **options)

        return locked


class Watched(OneAtATime):
    """A processor whose images are compared with the question's own at the moment when it gets them."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        """What the processor returns; the question of this thread gets the record."""
        turn = current()
        # An empty list of videos or sounds is an error for some processors.
        options = {name: value for name, value in options.items() if not (name in NEVER and not value)}
        received = list(options.get("images") or ())
        options["text"] = self._with_one_beginning(options["text"])
        with self._lock:
            inputs = self._inner(*args, **options)
        sizes = [_size(image) for image in received]
        made = resamplings(inputs, self._inner.image_processor, sizes, options=options)
        images = [
            {**_identity(image, turn.pictures, place), "input": list(size), **one}
            for place, (image, size, one) in enumerate(zip(received, sizes, made, strict=True))
        ]
        turn.seen = {
            "pixels_identical": len(received) == len(turn.pictures) and all(one["identical"] for one in images),
            "images": images,
        }
        return inputs

    def _with_one_beginning(self, text: Any) -> Any:
        """A chat template writes the token that begins a text, and some tokenizers then put a second before it."""
        tokenizer = self._inner.tokenizer
        beginning = tokenizer.bos_token
        texts = [text] if isinstance(text, str) else list(text)
        if not beginning or tokenizer("").input_ids[:1] != [tokenizer.bos_token_id]:
            return texts
        return [one.removeprefix(beginning) for one in texts]


def _identity(image: Any, pictures: tuple[Picture, ...], place: int) -> dict[str, Any]:
    sha256 = pixels_sha256(np.asarray(image))
    expected = pictures[place].sha256 if place < len(pictures) else None
    return {"identical": sha256 == expected, "pixels_sha256": sha256}


def _size(image: Any) -> tuple[int, int]:
    width, height = image.size
    return int(width), int(height)
