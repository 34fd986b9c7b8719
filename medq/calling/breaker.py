"""The circuit breaker: stops a run in which nothing can succeed, after a handful of calls instead of all of them."""

from __future__ import annotations

from medq.calling.call import Fault
from medq.errors import ModelUnusable

TRIPS_AFTER = 5
# These say that the model as a whole cannot be used, also when it could before (a key revoked, credit used up).
_ALWAYS = ("credential", "not_found")


class CircuitBreaker:
    """Counts calls in a row that failed in one way.

    A wrong request ("request") and a server out of reach count only while nothing has succeeded: afterwards they are a
    matter of single items, or will pass. A server that answers with errors of its own never trips the breaker.
    """

    def __init__(self, model_id: str, *, trips_after: int = TRIPS_AFTER) -> None:
        self._model_id = model_id
        self._trips_after = trips_after
        self._succeeded = False
        self._run: tuple[str, int | None] | None = None
        self._length = 0
        self._reason: str | None = None

    def check(self) -> None:
        """Raises `ModelUnusable` once the breaker has tripped."""
        if self._reason is not None:
            raise ModelUnusable(self._reason)

    def succeeded(self) -> None:
        """A call was answered."""
        self._succeeded = True
        self._run, self._length = None, 0

    def failed(self, fault: Fault) -> None:
        """A call failed after all its attempts; raises `ModelUnusable` if it is the last one too many."""
        always = fault.permanent and fault.kind in _ALWAYS
        at_first = (fault.permanent and fault.kind == "request") or fault.unreachable
        if not always and (self._succeeded or not at_first):
            return
        same = self._run == (fault.kind, fault.status)
        self._run, self._length = (fault.kind, fault.status), self._length + 1 if same else 1
        if self._length >= self._trips_after and self._reason is None:
            self._reason = (
                f"stopped: {self._length} calls in a row to {self._model_id} failed in the same way: {fault.message}"
            )
        self.check()
