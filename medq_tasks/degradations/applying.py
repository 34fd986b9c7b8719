"""The one way in which a degradation is applied to an image, and replayed from its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from medq_tasks.degradations.fidelity import psnr, ssim
from medq_tasks.degradations.metadata import Metadata
from medq_tasks.degradations.registry import get
from medq_tasks.degradations.severity import Setting, resolve
from medq_tasks.degradations.spec import Effect, Image, Mask, Spec
from medq_tasks.degradations.stream import array_sha256, stream
from medq_tasks.degradations.validation import (
    check_colour,
    check_image,
    check_modality,
    check_seed,
    from_unit,
    is_grey_stored_as_rgb,
    to_unit,
)
from medq_tasks.errors import DegradationError


@dataclass(frozen=True, slots=True)
class Degraded:
    """A degraded image: `image` in the shape and dtype of the input, `mask` (H, W) of a local artefact, the record."""

    image: npt.NDArray[Any]
    mask: Mask | None
    meta: Metadata


def apply(
    name: str,
    image: npt.NDArray[Any],
    *,
    severity: float | None = None,
    level: str | None = None,
    params: Mapping[str, Any] | None = None,
    seed: int,
    modality: str | None = None,
) -> Degraded:
    """The image under a degradation.

    `name` is an id (`ct.low_dose`), an alias (`ghosting_artifact`) or a bare name (`low_dose`). The image is (H, W) or
    (H, W, 3), float32 in [0, 1], uint8 or uint16, and comes back in the same shape and dtype; three equal channels
    count as grey and stay equal. Give a `severity` in [0, 1] or a `level` (L0, L1, L2; none, mild, severe; 1 to 5);
    `params` sets single physical parameters. Severity 0 returns the input bit for bit.
    The result depends on nothing but the arguments. Raises `DegradationError` (one line) for bad input.
    """
    check_modality(modality)
    check_seed(seed)
    spec = get(name, modality)
    setting = resolve(spec, severity=severity, level=level, params=params)
    checked = check_image(image)
    check_colour(spec, checked)
    return _run(spec, checked, setting, seed=int(seed), modality=modality)


def replay(image: npt.NDArray[Any], meta: Metadata | Mapping[str, Any]) -> Degraded:
    """The degradation that a record describes, applied again to its clean image.

    With the same package versions on the same kind of processor the result equals the first one bit for bit
    (`meta.output_sha256`). Raises `DegradationError` if the image is not the one that was recorded.
    """
    record = meta if isinstance(meta, Metadata) else Metadata.from_dict(meta)
    spec = get(record.id, record.modality)
    checked = check_image(image)
    found = array_sha256(checked)
    if found != record.input_sha256:
        raise DegradationError(f"{record.id}: expected the image {record.input_sha256[:12]}, got {found[:12]}")
    setting = Setting(record.severity, record.level, record.parameters)
    return _run(spec, checked, setting, seed=record.seed, modality=record.modality)


def _run(spec: Spec, image: npt.NDArray[Any], setting: Setting, *, seed: int, modality: str | None) -> Degraded:
    clean = to_unit(image)
    as_rgb = spec.colour != "rgb" and is_grey_stored_as_rgb(image)
    if as_rgb:
        clean = np.ascontiguousarray(clean[..., 0])
    image_hash = array_sha256(image)
    effect = _effect(spec, clean, setting, stream(seed=seed, image_sha256=image_hash, id=spec.id))
    degraded = from_unit(effect.image, image.dtype)
    output = np.repeat(degraded[..., None], 3, axis=2) if as_rgb else degraded
    if setting.is_identity:
        output = image.copy()
    seen = to_unit(degraded)
    equal = np.array_equal(seen, clean)
    meta = Metadata(
        id=spec.id,
        modality=modality,
        category=spec.category,
        attribute=spec.attribute,
        severity=setting.severity,
        level=setting.level,
        seed=seed,
        parameters=setting.parameters,
        shape=image.shape,
        dtype=image.dtype.name,
        input_sha256=image_hash,
        output_sha256=array_sha256(output),
        psnr_db=None if equal else psnr(clean, seen),
        ssim=1.0 if equal else ssim(clean, seen),
        affected_area=None if effect.mask is None else float(effect.mask.mean()),
        stored_as_rgb=as_rgb,
        assumed=effect.assumed,
        facts=effect.facts,
    )
    return Degraded(output, effect.mask, meta)


def _effect(spec: Spec, clean: Image, setting: Setting, rng: np.random.Generator) -> Effect:
    if setting.is_identity:
        return Effect(clean, np.zeros(clean.shape[:2], bool) if spec.local else None)
    effect = spec.function(clean.copy(), rng, **setting.parameters)
    if effect.image.shape != clean.shape or not np.isfinite(effect.image).all():
        raise DegradationError(f"{spec.id}: gave no finite image of shape {clean.shape} for {dict(setting.parameters)}")
    image = np.clip(effect.image, 0, 1).astype(np.float32)
    return Effect(image, effect.mask, effect.facts, effect.assumed)
