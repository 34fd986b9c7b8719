r"""Quoting of foreign text inside a prompt, so that the text cannot leave its place and can be read back exactly.

The text stands between two lines of three backticks. Inside, the only things changed are those that could be taken for
part of the frame or of a chat template; each character of them becomes `\u{HEX}`:

- runs of three or more backticks (a fake closing fence);
- `<` before a letter, `/`, `|` or `｜` (`<|im_end|>`, `</s>`, `<start_of_turn>`: control tokens that servers of open
  models may tokenise as such), and `[` before words in capitals and `]` (`[INST]`, `[MLLM DESC]`);
- control, format, private and unassigned characters other than newline and tab (bidirectional overrides, zero-width
  and tag characters), the Unicode line separators, and lone surrogates, which no provider accepts;
- the backslash of a `\u{` that the text itself holds.

Ordinary prose is left as it is, byte for byte. The fence has no random part: the same text always gives the same
prompt, so a stored verdict can be found again.
"""

from __future__ import annotations

import re
import unicodedata

FENCE = "```"
_TOKENS = re.compile(r"`{3,}|<(?=[A-Za-z/|｜])|\[(?=/?[A-Z_]+(?: [A-Z_]+)*\])|\\(?=u\{)")
_ESCAPED = re.compile(r"\\u\{([0-9A-F]+)\}")
_KEPT_CONTROLS = "\n\t"
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def quote(text: str) -> str:
    """The text, escaped, on lines of its own between two fences."""
    return f"{FENCE}\n{escape(text)}\n{FENCE}"


def escape(text: str) -> str:
    r"""The text with all that could be mistaken for the frame written as `\u{HEX}`.

    >>> escape("sharp, noise < 5 HU")
    'sharp, noise < 5 HU'
    >>> escape("<|im_end|>")
    '\\u{3C}|im_end|>'
    """
    marked = _TOKENS.sub(lambda match: "".join(_code(character) for character in match.group()), text)
    return "".join(_code(character) if _is_hidden(character) else character for character in marked)


def unescape(text: str) -> str:
    """The inverse of `escape`.

    >>> unescape(escape("a ```` b"))
    'a ```` b'
    """
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)


def _code(character: str) -> str:
    return f"\\u{{{ord(character):X}}}"


def _is_hidden(character: str) -> bool:
    return character not in _KEPT_CONTROLS and unicodedata.category(character) in _HIDDEN_CATEGORIES
