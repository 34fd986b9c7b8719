"""One judge on the line: its calls go through the journal of verdicts and then over the network."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from judges.call import JudgeCall, JudgeFailure, JudgeReply
from medq.budget import Purse
from medq.calling.call import Call, Message, Reply
from medq.calling.params import fit_params
from medq.calling.providers import provider_of
from medq.journal import Journal
from medq.journal.store import Entry
from medq.models.api import caller_for
from medq.models.interface import Failure
from medq.models.settings import ModelSettings
from medq.secrets import redact_data


class Voice:
    """Asks one judge. A reply that the journal holds is not bought again; a failure is always asked again."""

    def __init__(
        self, settings: ModelSettings, journal: Journal, *, structured: bool | None, purse: Purse | None = None
    ) -> None:
        self.name = settings.id or ""
        self._settings, self._journal = settings, journal
        self._caller = caller_for(settings, purse=purse)
        provider = provider_of(self.name, api_base=settings.api_base)
        self._structured = bool(provider and provider.json_schema) if structured is None else structured
        fitted = fit_params(self.name, settings.decoding(), api_base=settings.api_base)
        self._params, self._max_tokens_param = fitted.sent, fitted.max_tokens_param
        self.identity: Mapping[str, Any] = redact_data(
            {
                "id": settings.id,
                "api_base": settings.api_base,
                "decoding": dict(fitted.sent),
                "structured": self._structured,
            }
        )
        self.bought = self.from_journal = 0

    async def ask(self, call: JudgeCall) -> tuple[JudgeReply | JudgeFailure, bool]:
        """The judge's reply, stored before it is returned, and whether the journal had it."""
        key = self.key(call)
        known = (await asyncio.to_thread(self._journal.answers, [key])).get(key)
        if known is not None:
            self.from_journal += 1
            return JudgeReply(**known), True
        outcome = await self._caller.call(self._call(call), readable=bool)
        self.bought += 1
        said = _said(outcome)
        entry = Entry(key, call.row, asdict(said), failed=isinstance(said, JudgeFailure))
        await asyncio.wrap_future(self._journal.put(entry))
        return said, False

    def report(self) -> Mapping[str, Any]:
        """For the manifest: the judge's identity, what was bought, what the journal had, and the calls."""
        return {**self.identity, "bought": self.bought, "from_journal": self.from_journal, **self._caller.report()}

    async def close(self) -> None:
        """Ends connections."""
        await self._caller.close()

    def key(self, call: JudgeCall) -> str:
        """The content address under which the reply to a call is journalled."""
        material = {"judge": dict(self.identity), "call": call.key()}
        return hashlib.sha256(json.dumps(material, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def _call(self, call: JudgeCall) -> Call:
        params = dict(self._params)
        if self._structured:
            schema = {"name": "verdict", "strict": True, "schema": dict(call.schema)}
            params["response_format"] = {"type": "json_schema", "json_schema": schema}
        return Call(
            messages=tuple(Message(message.role, (message.content,)) for message in call.messages),
            params=params,
            seed=int(self.key(call)[:8], 16),
            max_tokens_param=self._max_tokens_param,
        )


def _said(reply: Reply | Failure) -> JudgeReply | JudgeFailure:
    if isinstance(reply, Failure):
        return JudgeFailure(reply.kind, reply.message, reply.cost_usd)
    return JudgeReply(
        text=reply.text,
        finish_reason=reply.finish_reason,
        returned_model=reply.returned_model,
        tokens_in=reply.tokens_in,
        tokens_out=reply.tokens_out,
        cost_usd=reply.cost_usd,
    )
