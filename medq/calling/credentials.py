"""Which credential a model needs, and whether it is there: asked before anything is spent."""

from __future__ import annotations

from medq.calling.providers import NO_KEY, PROVIDERS, provider_of
from medq.secrets import credential


def missing_variables(model_id: str, *, api_base: str | None = None, api_key_env: str | None = None) -> tuple[str, ...]:
    """Environment variables that must be set before `model_id` can be called; () when nothing is missing.

    Of alternatives the first is named. A server of the user's own (`api_base`) needs a key only if the configuration
    names one.
    """
    if api_key_env is not None:
        return () if credential(api_key_env) else (api_key_env,)
    provider = provider_of(model_id, api_base=api_base)
    if provider is None or not provider.credentials or (provider.openai_protocol and api_base is not None):
        return ()
    if any(all(credential(name) for name in names) for names in provider.credentials):
        return ()
    return tuple(name for name in provider.credentials[0] if not credential(name))


def api_key(model_id: str, *, api_base: str | None = None, api_key_env: str | None = None) -> str | None:
    """The key to send; None leaves the choice to the client library, for credentials of several parts.

    The key of OpenAI goes to another server than OpenAI's only for ids that start with `openai/`.
    """
    if api_key_env is not None:
        return credential(api_key_env)
    provider = provider_of(model_id, api_base=api_base)
    if provider is None:
        return None
    for names in provider.credentials:
        if len(names) == 1 and provider is not PROVIDERS["vertex_ai"] and names[0].endswith(("_KEY", "_TOKEN")):
            found = credential(names[0])
            if found:
                return found
    return NO_KEY if provider.openai_protocol else None
