"""Whether a provider still serves a configured snapshot: retired judges and models end a comparison with older runs."""

from __future__ import annotations

from datetime import date

from medq.calling.price import listed
from medq.models.settings import ModelSettings

NOTICE_DAYS = 90


def shutdown_notice(settings: ModelSettings, *, today: date) -> str | None:
    """A line for the user when the snapshot has ended or ends within `NOTICE_DAYS`; None otherwise.

    What stands at `shutdown` counts, else the day in LiteLLM's table; for the provider's own servers only, not for an
    `api_base` of the user's.
    """
    if settings.api_base is not None:
        return None
    day = settings.shutdown or listed_shutdown(settings.id or "")
    if day is None or (day - today).days > NOTICE_DAYS:
        return None
    if day <= today:
        return f"{settings.id} was shut down by its provider on {day}: calls will fail, or another model will answer"
    return f"{settings.id} is shut down by its provider on {day}: later runs cannot repeat this one"


def listed_shutdown(model_id: str) -> date | None:
    """The day on which the provider ends the model, as LiteLLM's table has it; None where it has none.

    >>> listed_shutdown("openai/no-such-model")
    """
    day = listed(model_id).get("deprecation_date")
    try:
        return date.fromisoformat(str(day)) if day else None
    except ValueError:  # the table is LiteLLM's: a day that cannot be read is none
        return None
