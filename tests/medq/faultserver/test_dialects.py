"""The same request and answer in three dialects."""

from __future__ import annotations

import pytest

from medq.faultserver.dialects import AnthropicDialect, Completion, GeminiDialect, OpenAIDialect
from medq.faultserver.prompt import make_prompt

IMAGE = "iVBORw0="


def test_openai_reads_text_images_and_schema() -> None:
    prompt = OpenAIDialect().read(
        {
            "model": "m",
            "messages": [
                {"role": "system", "content": "You are."},
                {
                    "role": "user",
                    "content": [{"type": "image_url", "image_url": {"url": IMAGE}}, {"type": "text", "text": "Q"}],
                },
            ],
            "response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": {"type": "integer"}}},
        },
        model=None,
    )
    assert (prompt.model, prompt.text, prompt.images, prompt.schema) == (
        "m",
        "You are.\nQ",
        (IMAGE,),
        {"type": "integer"},
    )


def test_anthropic_reads_system_text_and_images() -> None:
    prompt = AnthropicDialect().read(
        {
            "model": "m",
            "system": [{"type": "text", "text": "You are."}],
            "messages": [
                {
                    "role": "user",
                    "content": [{"type": "image", "source": {"data": IMAGE}}, {"type": "text", "text": "Q"}],
                }
            ],
        },
        model=None,
    )
    assert (prompt.model, prompt.text, prompt.images) == ("m", "You are.\nQ", (IMAGE,))


def test_gemini_reads_the_model_from_the_address() -> None:
    prompt = GeminiDialect().read(
        {
            "system_instruction": {"parts": [{"text": "You are."}]},
            "contents": [{"parts": [{"inline_data": {"data": IMAGE}}, {"text": "Q"}]}],
        },
        model="gemini-2.5-pro",
    )
    assert (prompt.model, prompt.text, prompt.images) == ("gemini-2.5-pro", "You are.\nQ", (IMAGE,))


@pytest.mark.parametrize("dialect", [OpenAIDialect(), AnthropicDialect(), GeminiDialect()])
@pytest.mark.parametrize("finish", ["stop", "length", "content_filter"])
def test_every_finish_can_be_written(dialect: OpenAIDialect, finish: str) -> None:
    prompt = make_prompt(model="m", texts=["Q"], images=[IMAGE])
    written = dialect.write(Completion(prompt=prompt, text="A", finish=finish, model="m"))
    assert written != dialect.write(Completion(prompt=prompt, text="A", finish="stop", model="m")) or finish == "stop"
    assert dialect.error(status=429, message="slow down")["error"]["message"] == "slow down"
