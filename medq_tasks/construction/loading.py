"""SPEC.yaml read and checked before any image is, and the bank as the spec changes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from medq_tasks.construction.bank import Bank, load_bank
from medq_tasks.construction.source import Source
from medq_tasks.construction.spec import BuildSpec
from medq_tasks.errors import DataError, InputError

INCLUDE = "include"


def load_spec(path: Path) -> BuildSpec:
    """The spec in a YAML file. Raises `DataError`, one line, for a file or value that cannot be used."""
    data = _read(path)
    try:
        spec = BuildSpec.model_validate(data)
        _check(spec)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(f"{path}: {place}: {first['msg']}, got {str(first['input'])[:80]!r}; correct it") from error
    except InputError as error:
        raise DataError(f"{path}: {error}") from error
    return spec


def bank_of(spec: BuildSpec) -> Bank:
    """The bank with the spec's vocabulary and content questions in it."""
    bank = load_bank()
    return replace(bank, vocabulary={**bank.vocabulary, **spec.vocabulary}, content={**bank.content, **spec.content})


def _read(path: Path, *, including: bool = True) -> Any:
    """The keys of a file over those of the file that it includes, which may include none itself."""
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path}: expected a readable spec, got {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: expected YAML, got {' '.join(str(error).split())}") from error
    if including and isinstance(data, dict) and INCLUDE in data:
        return _read(path.parent / str(data.pop(INCLUDE)), including=False) | data
    return data


def _check(spec: BuildSpec) -> None:
    bank = bank_of(spec)
    for modality, keys in spec.vocabulary.items():
        _known(keys, bank.attributes, f"vocabulary.{modality}")
    for modality, keys in spec.degradations.attributes.items():
        _known(keys, bank.vocabulary.get(modality, ()), f"degradations.attributes.{modality}")
    names = [source.id for source in spec.sources if source.id]
    _known(spec.degradations.images, names, "degradations.images", "sources named by `id`")
    if spec.degradations.images and spec.tasks != ("degradation",):
        raise DataError("degradations.images: have no words for questions about quality; set tasks to [degradation]")
    if len(set(names)) < len(names):
        raise DataError(f"sources: expected an `id` once, got {next(one for one in names if names.count(one) > 1)!r}")
    if spec.picture.markers and spec.degradations.applied_to == "stored":
        raise DataError("picture.markers: are drawn on pictures; set degradations.applied_to to `picture`")
    for source in spec.sources:
        _check_source(source, spec, bank)


def _check_source(source: Source, spec: BuildSpec, bank: Bank) -> None:
    from medq_tasks.degradations import get
    from medq_tasks.images import Window

    where = f"sources, {source.name}"
    if source.window is not None:
        Window.parse(source.window)
    _known(source.shows, bank.attributes, where)
    _known(source.attributes, bank.attributes, where)
    for name in spec.degradations.images.get(source.id or "", ()):
        get(name, source.modality)
    _known(source.facts, bank.content, where, "facts")
    answers = [(asked.answer, asked.options) for asked in source.questions]
    answers += [(fact.answer, fact.options or bank.content[key].options) for key, fact in source.facts.items()]
    for answer, options in answers:
        if answer not in options:
            raise DataError(f"{where}: expected an answer among the options {', '.join(options)}; got {answer!r}")


def _known(keys: Iterable[str], known: Any, where: str, what: str = "attributes") -> None:
    for key in keys:
        if key not in known:
            raise DataError(f"{where}: expected {what} of {', '.join(known)}; got {key!r}")
