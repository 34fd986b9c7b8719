"""Whether a provider still serves a configured snapshot: retired judges and models end a comparison with older runs."""

from __future__ import annotations

from datetime import date

from medq.models.settings import ModelSettings

NOTICE_DAYS = 90


def shutdown_notice(settings: ModelSettings, *, today: date) -> str | None:
    """A line for the user when the snapshot has ended or ends within `NOTICE_DAYS`; None otherwise.

    What stands at `shutdown` is checked for the provider's own servers only, not for an `api_base` of the user's.
    """
    day = settings.shutdown
    if day is None or settings.api_base is not None or (day - today).days > NOTICE_DAYS:
        return None
    if day <= today:
        return f"{settings.id} was shut down by its provider on {day}: calls will fail, or another model will answer"
    return f"{settings.id} is shut down by its provider on {day}: later runs cannot repeat this one"
