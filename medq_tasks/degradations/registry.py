"""The registry: every module of this package that declares a degradation is found, none has to be listed."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from medq_tasks.degradations.spec import CATEGORIES, Curve, DegradationFunction, Spec
from medq_tasks.errors import DegradationError
from medq_tasks.item import MODALITIES

_declared: dict[str, Spec] = {}


def degradation(
    id: str,
    *,
    modalities: tuple[str, ...] = MODALITIES,
    category: str,
    attribute: str,
    curves: Mapping[str, Curve],
    source: str,
    fixed: Mapping[str, Any] | None = None,
    aliases: tuple[str, ...] = (),
    colour: str = "any",
    local: bool = False,
    levels: Mapping[str, float] | None = None,
) -> Callable[[DegradationFunction], DegradationFunction]:
    """Declares the decorated function `(image, rng, **parameters) -> Effect` as a degradation; see `Spec`."""
    if category not in CATEGORIES:
        raise ValueError(f"{id}: category must be one of {CATEGORIES}, got {category!r}")

    def declare(function: DegradationFunction) -> DegradationFunction:
        spec = Spec(
            id=id,
            function=function,
            modalities=frozenset(modalities),
            category=category,
            attribute=attribute,
            curves=curves,
            source=source,
            fixed=fixed or {},
            aliases=aliases,
            colour=colour,
            local=local,
            **({} if levels is None else {"levels": levels}),
        )
        for name in (id, *aliases):
            if name in _declared and _declared[name].id != id:
                raise ValueError(f"degradation name {name!r} is declared by {_declared[name].id} and by {id}")
            _declared[name] = spec
        return function

    return declare


@cache
def load_all() -> Mapping[str, Spec]:
    """Every declared degradation by id, in alphabetical order; imports the package's modules on first use."""
    import medq_tasks.degradations as package

    for module in pkgutil.walk_packages(package.__path__, prefix=f"{package.__name__}."):
        importlib.import_module(module.name)
    return dict(sorted((spec.id, spec) for spec in set_of_specs()))


def set_of_specs() -> list[Spec]:
    """The declared specs, each once."""
    return list({spec.id: spec for spec in _declared.values()}.values())


def get(name: str, modality: str | None = None) -> Spec:
    """The degradation of that id, alias or bare name (`low_dose`), the bare name resolved within the modality.

    With a modality, its own degradation of that name comes before an alias: `motion_blur` of an X-ray image is
    `xray.motion_blur`, without a modality the alias of `general.motion_blur`.

    Raises `DegradationError` for an unknown name (with the near ones) and for a modality that it does not fit.
    """
    specs = load_all()
    found = specs.get(f"{modality}.{name}") or _declared.get(name) or _by_bare_name(name, modality)
    if found is None:
        names = sorted({*_declared, *(key.split(".", 1)[1] for key in specs)})
        near = (
            ", ".join(difflib.get_close_matches(name, names, n=3)) or "`python -m medq_tasks degrade --list` lists all"
        )
        raise DegradationError(f"unknown degradation {name!r}; did you mean: {near}?")
    if modality is not None and modality not in found.modalities:
        fits = ", ".join(sorted(found.modalities))
        raise DegradationError(f"degradation {found.id} does not apply to modality {modality!r}; it applies to: {fits}")
    return found


def applicable(modality: str) -> list[Spec]:
    """The degradations that are meaningful for a modality, by id."""
    return [spec for spec in load_all().values() if modality in spec.modalities]


def _by_bare_name(name: str, modality: str | None) -> Spec | None:
    named = [spec for key, spec in load_all().items() if key.split(".", 1)[1] == name]
    fitting = [spec for spec in named if modality is None or modality in spec.modalities]
    return next(iter(fitting or named), None)
