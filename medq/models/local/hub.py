"""Weights of the hub as a local folder at one commit."""

from __future__ import annotations

from pathlib import Path

from medq.errors import ConfigError

# The same weights in other layouts, where a repository has several.
LEFT_OUT = ("*.bin", "*.pth", "*.pt", "*.gguf", "*.onnx", "*.h5", "*.msgpack", "consolidated*", "original/*")


def commit_of(model_id: str, revision: str | None) -> str:
    """The commit that will be used: the one given, else the one in the local cache, else the hub's newest.

    Raises `ConfigError` where it cannot be found out.
    """
    if revision is not None:
        return revision
    cached = _cache() / f"models--{model_id.replace('/', '--')}" / "refs" / "main"
    if cached.is_file():
        return cached.read_text(encoding="utf-8").strip()
    from httpx import HTTPError
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    try:
        found = HfApi().model_info(model_id).sha
    except (HfHubHTTPError, HTTPError, OSError, ValueError) as error:
        raise ConfigError(_asked(model_id, f"the hub could not be asked ({error})")) from None
    if not found:
        raise ConfigError(_asked(model_id, "the hub names none"))
    return found


def snapshot(model_id: str, revision: str) -> Path:
    """The folder with the weights, downloaded unless it is there. Raises `ConfigError` where it cannot be had."""
    from httpx import HTTPError
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model_id, revision=revision, ignore_patterns=list(LEFT_OUT)))
    except (HfHubHTTPError, LocalEntryNotFoundError, HTTPError, OSError, ValueError) as error:
        raise ConfigError(
            f"the weights of {model_id} at {revision} could not be downloaded ({error}); give a folder that holds them "
            "with model.path=..."
        ) from None


def _asked(model_id: str, reason: str) -> str:
    return (
        f"model.revision: expected the commit of {model_id}, got none, and {reason}; give model.revision or model.path"
    )


def _cache() -> Path:
    from huggingface_hub.constants import HF_HUB_CACHE

    return Path(HF_HUB_CACHE)
