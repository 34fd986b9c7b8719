"""Every configured model has a rule, and no bound lies below its count."""

from __future__ import annotations

from itertools import product

import pytest
import yaml

from medq.paths import CONF
from medq.planning.image_tokens import image_tokens

RULES = {
    "gpt4o": ("OpenAI: 85 + 170", True),
    "gpt5": ("OpenAI: 70 + 140", True),
    "claude4_sonnet": ("Anthropic", True),
    "gemini25_pro": ("Google", True),
    "grok4": ("xAI", False),
    "mistral_medium3": ("Mistral", False),
    "qwen7b": ("Qwen2.5-VL", True),
    "qwen32b": ("Qwen2.5-VL", True),
    "qwen72b": ("Qwen2.5-VL", True),
    "lingshu32b": ("Qwen2.5-VL", True),
    "internvl8b": ("InternVL", True),
    "internvl38b": ("InternVL", True),
    "medgemma27b": ("Gemma 3", True),
    "bimedix2": ("LLaVA", True),
}
IDS = [
    "openai/gpt-4o-2024-08-06", "gpt-5", "gpt-5-mini", "gpt-4o-mini", "o4-mini", "openai/gpt-6-next",
    "gemini/gemini-2.5-pro", "gemini/gemini-3-pro", "anthropic/claude-sonnet-4-20250514", "anthropic/claude-opus-4-8",
    "xai/grok-4-0709", "mistral/mistral-medium-2505", "hosted_vllm/Qwen/Qwen2.5-VL-7B-Instruct",
    "OpenGVLab/InternVL3-8B-hf", "someone/new",
]  # fmt: skip


@pytest.mark.parametrize("word", RULES)
def test_a_model_of_the_paper_is_counted_by_its_own_rule(word: str) -> None:
    settings = yaml.safe_load((CONF / "model" / f"{word}.yaml").read_text())
    rule = image_tokens(settings["id"], api_base=settings.get("api_base"))
    name, documented = RULES[word]
    assert rule.name.startswith(name)
    assert rule.documented is documented


@pytest.mark.parametrize("model_id", IDS)
def test_the_bound_is_never_below_the_count(model_id: str) -> None:
    rule = image_tokens(model_id)
    for width, height in product((1, 28, 385, 512, 1000, 1568, 2049, 4000), repeat=2):
        assert 1 <= rule.count(width, height) <= rule.most(width, height)


@pytest.mark.parametrize("model_id", ["someone/new", "openai/gpt-6-next", "hosted_vllm/tested"])
def test_a_model_without_a_rule_is_marked_and_bounded_above_all_known_rules(model_id: str) -> None:
    unknown = image_tokens(model_id)
    assert not unknown.documented
    for other in ("gpt-4o", "gemini/gemini-2.5-pro", "OpenGVLab/InternVL3-8B-hf", "Qwen2.5-VL-7B"):
        assert unknown.most(512, 512) >= image_tokens(other).count(512, 512)


def test_low_detail_costs_the_base_alone() -> None:
    assert image_tokens("openai/gpt-4o-2024-08-06", detail="low").most(2000, 2000) == 85
