"""Whether a configured model's credential is there: one line for the user, asked before anything is spent."""

from __future__ import annotations

from medq.calling.credentials import missing_variables
from medq.models.settings import ModelSettings


def missing_credential(settings: ModelSettings) -> str | None:
    """The error line, or None when nothing is missing. Imports no client library."""
    if settings.kind != "litellm" or settings.id is None:
        return None
    missing = missing_variables(settings.id, api_base=settings.api_base, api_key_env=settings.api_key_env)
    if not missing:
        return None
    names = " and ".join(missing)
    return f"model {settings.id} needs the environment variable {names}, which is not set: export it and run again"
