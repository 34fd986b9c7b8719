"""`python -m medq models [WORD] [--json | --markdown]`: what can be chosen as `model=`, without loading anything."""

from __future__ import annotations

import json
from collections.abc import Sequence

from medq.catalogue.card import card_lines
from medq.catalogue.document import models_document
from medq.catalogue.entry import entries, entry
from medq.catalogue.table import LEGEND, as_data, catalogue_table
from medq.errors import ConfigError
from medq.groups import options
from medq.terminal import say, say_error, say_table

WIDTH = 160
USAGE = """\
python -m medq models [WORD] [--json]    the models; WORD: an option, or a part of an id, a licence, a paper's name
python -m medq models --markdown         docs/models.md
"""


def models_command(arguments: Sequence[str]) -> int:
    """Prints the catalogue, the part of it that has WORD, or one model in full; returns the exit code."""
    words = [argument for argument in arguments if not argument.startswith("-")]
    if {"-h", "--help"} & set(arguments):
        say(USAGE.rstrip())
        return 0
    try:
        _print(words, flags=set(arguments) - set(words))
    except ConfigError as error:
        say_error(str(error))
        return error.exit_code
    return 0


def _print(words: Sequence[str], *, flags: set[str]) -> None:
    if len(words) > 1 or len(flags) > 1 or flags - {"--json", "--markdown"} or (words and "--markdown" in flags):
        raise ConfigError(f"models: expected [WORD] [--json] or --markdown, got {' '.join([*words, *sorted(flags)])}")
    word = words[0] if words else None
    one = entry(word) if word in options("model") else None
    found = [one] if one is not None else list(entries(word))
    if not found:
        raise ConfigError(f"no model has {word!r} in its option, id, licence or names; `python -m medq models` has all")
    if "--json" in flags:
        say(json.dumps([as_data(each) for each in found], indent=2, ensure_ascii=False))
    elif "--markdown" in flags:
        say(models_document(found).rstrip())
    elif one is not None:
        say("\n".join(card_lines(one)))
    else:
        say_table(catalogue_table(found), width=WIDTH)
        say(LEGEND)
