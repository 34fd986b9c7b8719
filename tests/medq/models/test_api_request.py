"""What a model behind an API sends: images, parameters, and the identity that stands for both."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from medq.errors import ConfigError
from medq.faultserver import serve
from medq.models.api import ApiModel, check_settings
from medq.models.interface import Answer, Failure
from medq.models.settings import ModelSettings
from medq_tasks.images.sent import SentImage
from tests.medq.models.asking import KEY, QUESTION, ask, image, request, settings


@pytest.fixture(autouse=True)
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "MISTRAL_API_KEY"):
        monkeypatch.setenv(name, KEY)


def test_two_images_go_out_bit_identical_in_order_before_the_prompt() -> None:
    pictures = image(bytes(range(256))), image(b"second")
    with serve() as server:
        ask(settings(api_base=server.url, images={"detail": "high"}), [request(0, *pictures)])
        (message,) = server.server.last_body["messages"]
    urls = [part["image_url"] for part in message["content"][:2]]
    assert [base64.b64decode(url["url"].partition(",")[2]) for url in urls] == [bytes(range(256)), b"second"]
    assert all(url["detail"] == "high" and url["url"].startswith("data:image/png;base64,") for url in urls)
    assert message["content"][2] == {"type": "text", "text": f"0 {QUESTION}"}


@pytest.mark.parametrize(
    ("limits", "pictures", "named"),
    [
        ({"max_count": 1}, [image(), image()], "max_count: expected at most 1 images, got 2"),
        ({"max_mb": 0.001}, [image(), image(b"x" * 1001)], "max_mb"),
        ({"max_px": 100}, [image(width=50, height=101)], "max_px"),
    ],
)
def test_a_broken_image_limit_is_named_and_nothing_is_sent(
    limits: dict[str, Any], pictures: list[SentImage], named: str
) -> None:
    with serve() as server:
        (failure,), _ = ask(settings(api_base=server.url, images=limits), [request(7, *pictures)])
        assert server.stats()["calls"] == 0
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.permanent, failure.attempts) == ("request", True, 0)
    assert named in failure.message
    assert "item7" in failure.message


def test_an_image_that_the_provider_scales_down_is_noted() -> None:
    rule = {"provider_resize": {"long_px": 2048, "short_px": 768}}
    with serve() as server:
        (small, large), _ = ask(
            settings(api_base=server.url, images=rule),
            [request(1, image(width=768, height=2048)), request(2, image(width=800, height=800))],
        )
    assert isinstance(small, Answer)
    assert isinstance(large, Answer)
    assert "resized_by_provider" not in small.notes
    assert large.notes["resized_by_provider"] is True


def test_dropped_parameters_are_in_every_answer_and_in_the_identity() -> None:
    with serve() as server:
        (answer,), model = ask(settings(id="openai/gpt-5-2025-08-07", api_base=server.url), [request()])
        body = server.server.last_body
    assert isinstance(answer, Answer)
    assert list(answer.notes["dropped_parameters"]) == ["temperature"]
    assert list(model.identity["dropped_parameters"]) == ["temperature"]
    assert model.identity["decoding"] == {"max_completion_tokens": 16}
    assert "temperature" not in body
    assert body["max_completion_tokens"] == 16


@pytest.mark.parametrize(("seed", "sent"), [(None, None), (3, 3), ("run", 5)])
def test_the_seed_that_is_sent_is_the_one_that_was_asked_for(seed: int | str | None, sent: int | None) -> None:
    with serve() as server:
        ask(settings(api_base=server.url, seed=seed), [request(seed=5)])
        assert server.server.last_body.get("seed") == sent


def test_everything_that_can_change_an_answer_is_in_the_identity_and_no_secret() -> None:
    base = settings(api_base="http://user:pa55word@127.0.0.1:1/v1")
    identity = ApiModel(base).identity
    assert "pa55word" not in json.dumps(dict(identity))
    changes: list[dict[str, Any]] = [
        {"id": "openai/other"},
        {"revision": "abc"},
        {"api_base": "http://127.0.0.1:2/v1"},
        {"temperature": 1},
        {"max_tokens": 17},
        {"top_p": 0.5},
        {"seed": 1},
        {"extra": {"top_k": 1}},
        {"images": {"detail": "high"}},
        {"retry_truncated": 0},
    ]
    for change in changes:
        assert (
            ApiModel(base.model_copy(update=ModelSettings(**{**base.model_dump(), **change}).__dict__)).identity
            != identity
        ), change
    for same in ({"concurrency": 3}, {"timeout_s": 9}, {"retries": 1}, {"note": "x"}):
        assert ApiModel(base.model_copy(update=same)).identity == identity


def test_wrong_settings_are_told_before_any_call(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match=r"model\.api_base"):
        check_settings(settings(id="hosted_vllm/x"))
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ConfigError, match="OPENAI_API_KEY"):
        check_settings(settings())
    check_settings(settings(api_base="http://127.0.0.1:1/v1"))
