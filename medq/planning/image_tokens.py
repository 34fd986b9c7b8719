"""Which rule a model's images are counted by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil

from medq.calling.providers import bare_id, provider_of
from medq.planning import image_rules as rules

# Where only a rule of thumb is documented, the bound allows for a tenth more.
SLACK = 1.1
Count = Callable[[int, int], int]


@dataclass(frozen=True, slots=True)
class ImageTokens:
    """The rule of one model: `name` for the reader, `count` the tokens of an image of width × height px.

    `most` never counts fewer. `documented`: the provider or the open processor states the rule; else it is an estimate.
    """

    name: str
    count: Count
    most: Count
    documented: bool = True


def image_tokens(model_id: str, *, api_base: str | None = None, detail: str | None = None) -> ImageTokens:
    """The rule for a model, told by its id; the estimate of `unknown` where there is none.

    >>> image_tokens("openai/gpt-4o-2024-08-06").count(1024, 1024)
    765
    >>> image_tokens("someone/new-model").documented
    False
    """
    bare = bare_id(model_id).lower()
    for pattern, make in _FAMILIES:
        if pattern.search(bare):
            return make(bare, detail)
    provider = provider_of(model_id, api_base=api_base)
    make_for = _PROVIDERS.get("" if provider is None else provider.name)
    return _UNKNOWN if make_for is None else make_for(bare, detail)


def _openai(bare: str, detail: str | None) -> ImageTokens:
    for pattern, factor in _PATCHED:
        if pattern.search(bare):
            return _same(f"OpenAI: 32 px patches × {factor}", partial(rules.openai_patches, factor=factor))
    for pattern, base, tile in _TILED:
        if pattern.search(bare):
            count = partial(rules.openai_tiles, base=base, tile=tile, low_detail=detail == "low")
            return _same(f"OpenAI: {base} + {tile} a tile of 512 px", count)
    return _UNKNOWN


def _claude(bare: str, detail: str | None) -> ImageTokens:
    known = re.search(r"claude-3|claude-(opus|sonnet|haiku)-4(-[0156])?(-20|$)", bare) is not None
    return ImageTokens(
        "Anthropic: width × height / 750",
        rules.claude,
        lambda w, h: ceil(SLACK * rules.claude(w, h, long_px=2576, most=4784)),
        documented=known,
    )


def _gemini(bare: str, detail: str | None) -> ImageTokens:
    known = re.search(r"gemini-(1|2)", bare) is not None
    return ImageTokens(
        "Google: 258 a tile of 768 px",
        rules.gemini,
        lambda w, h: max(rules.gemini_cropped(w, h), 0 if known else 2 * 1120),
        documented=known,
    )


def _mistral(bare: str, detail: str | None) -> ImageTokens:
    return ImageTokens(
        "Mistral: 28 px patches and a mark a row",
        rules.mistral,
        lambda w, h: ceil(SLACK * rules.mistral(w, h)),
        documented=False,  # the encoder is public, its use for this model is not stated
    )


def _grok(bare: str, detail: str | None) -> ImageTokens:
    most = rules.grok(10**4, 10**4)
    return ImageTokens("xAI: 256 a tile of 448 px", rules.grok, lambda w, h: most, documented=False)


def _same(name: str, count: Count) -> ImageTokens:
    return ImageTokens(name, count, count)


def _fixed(name: str, tokens: int) -> Callable[[str, str | None], ImageTokens]:
    # Marks around the image differ by serving template.
    return lambda bare, detail: ImageTokens(name, lambda w, h: tokens, lambda w, h: ceil(SLACK * tokens))


def _open(name: str, count: Count) -> Callable[[str, str | None], ImageTokens]:
    return lambda bare, detail: ImageTokens(name, count, lambda w, h: ceil(SLACK * count(w, h)))


def _most_of_all(width: int, height: int) -> int:
    """More than any rule here gives for the image; OpenAI's outlier gpt-4o-mini aside."""
    return max(
        rules.openai_tiles(width, height, base=85, tile=170),
        ceil(SLACK * rules.claude(width, height, long_px=2576, most=4784)),
        rules.gemini_cropped(width, height),
        rules.qwen_vl(width, height),
        rules.internvl(width, height),
        rules.mistral(width, height),
        rules.grok(width, height),
        2 * 1120,
    )


_UNKNOWN = ImageTokens("no rule known: 28 px patches", rules.qwen_vl, _most_of_all, documented=False)
# (pattern of the bare id, factor of its patches)
_PATCHED = (
    (re.compile(r"^gpt-4\.1-mini|^gpt-5-mini"), 1.62),
    (re.compile(r"^gpt-4\.1-nano|^gpt-5-nano"), 2.46),
    (re.compile(r"^o4-mini"), 1.72),
)
# (pattern of the bare id, tokens of an image, tokens of a tile)
_TILED = (
    (re.compile(r"^gpt-4o-mini"), 2833, 5667),
    (re.compile(r"^(chat)?gpt-4o|^gpt-4\.1|^gpt-4\.5|^gpt-4-turbo"), 85, 170),
    (re.compile(r"^gpt-5(-\d{4}|-chat|$)"), 70, 140),
    (re.compile(r"^o[13]"), 75, 150),
)
_QWEN = _open("Qwen2.5-VL: 28 px patches", rules.qwen_vl)
_FAMILIES: tuple[tuple[re.Pattern[str], Callable[[str, str | None], ImageTokens]], ...] = (
    (re.compile(r"qwen2\.5-vl|lingshu"), _QWEN),
    (re.compile(r"internvl"), _open("InternVL: 256 a tile of 448 px", rules.internvl)),
    (re.compile(r"medgemma|gemma-3"), _fixed("Gemma 3: 256 an image", rules.GEMMA_TOKENS)),
    (re.compile(r"bimedix|llava-1\.5|llava-med"), _fixed("LLaVA: 576 an image", rules.LLAVA_TOKENS)),
    (re.compile(r"claude"), _claude),
    (re.compile(r"gemini"), _gemini),
    (re.compile(r"mistral|pixtral|magistral"), _mistral),
    (re.compile(r"grok"), _grok),
    (re.compile(r"^(chat)?gpt-|^o[134]"), _openai),
)
_PROVIDERS: dict[str, Callable[[str, str | None], ImageTokens]] = {"openai": _openai, "anthropic": _claude}
