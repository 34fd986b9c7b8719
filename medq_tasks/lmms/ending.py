"""How a model's answer ended, carried through lmms-eval, which passes on texts alone.

medq's own models inside lmms-eval say so at the end of a text that was cut off or filtered; scores then come out as
they do in `python -m medq`.
"""

from __future__ import annotations

import re

from medq_tasks.answers.read import CUT_OFF, FILTERED

_MARK = re.compile(r"\n?\[MEDQ_FINISH_REASON=([a-z_]+)\]\s*\Z")


def with_ending(text: str, finish_reason: str | None) -> str:
    """`text`, and after it the provider's word where it changes how the text is read.

    >>> with_ending("B", "stop"), with_ending("", "content_filter")
    ('B', '[MEDQ_FINISH_REASON=content_filter]')
    """
    reason = (finish_reason or "").lower()
    if not reason or (text.strip() and reason not in CUT_OFF | FILTERED):
        return text
    mark = f"[MEDQ_FINISH_REASON={reason}]"
    return f"{text}\n{mark}" if text.strip() else mark


def without_ending(text: str) -> tuple[str, str | None]:
    """The text and its finish reason; None where none is said.

    >>> without_ending("It is blur\\n[MEDQ_FINISH_REASON=length]"), without_ending("B")
    (('It is blur', 'length'), ('B', None))
    """
    found = _MARK.search(text)
    return (text, None) if found is None else (text[: found.start()], found[1])
