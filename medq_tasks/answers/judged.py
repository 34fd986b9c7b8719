"""Options that a response calls right: "Option B is the best answer"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from medq_tasks.answers.cues import supposed
from medq_tasks.answers.letters import letters, named
from medq_tasks.answers.negation import negated
from medq_tasks.answers.option_text import OptionTexts
from medq_tasks.answers.reading import Candidate

_JUDGED = re.compile(
    r"""[*_"')\]`.:]{0,4}\s{0,3}(?:\([^()\n]{0,80}\)\s{0,3}|[:\-–—]?\s?[^.,\n:()]{1,60}?\s{1,2})?
      (?:(?:is|was|would\ be|must\ be|should\ be|seems|appears|seems\ to\ be|appears\ to\ be|looks)\s
          (?:\w{2,12}ly\s|most\s\w{2,12}ly\s|thus\s){0,2}(?:the\s|an?\s)?(?:most\s|best\s|only\s|more\s)?
          (?:correct|right|accurate|appropriate|best|better|answer|true|suitable|fitting|plausible|likely|valid)(?!\w)
        |(?:best\s|most\saccurately\s|correctly\s|accurately\s)(?:fits|describes|matches|captures|reflects)
        |(?:fits|describes|matches|captures|reflects)\sbest
        |\(correct\)|✓|✔|✅|(?:this\sis\s)?(?:correct|yes)(?=\s{0,3}(?:$|[.,;:!\n—-]|because|since))
        |(?:选项)?(?:是|为)?(?:正确|正確|最佳|最合适)|(?:が|は)(?:正解|正しい)|を選|(?:가|이)\s?(?:정답|맞|옳)
        |es\s(?:la\s)?(?:opción\s|respuesta\s)?correcta|est\s(?:la\s)?(?:bonne|correcte|juste)|ist\s(?:richtig|korrekt|die\srichtige)
        |é\s(?:a\s)?(?:alternativa\s|opção\s|resposta\s)?(?:correta|certa)|è\s(?:la\s)?(?:risposta\s)?corretta|верен|верный|правильный)""",
    re.VERBOSE | re.IGNORECASE,
)


def judged(text: str, options: OptionTexts) -> Iterator[Candidate]:
    """Every option that is called right, by its letter, from left to right."""
    starts = list(letters(text))
    for at, following in pairwise([*starts, len(text)]):
        letter = text[at].upper()
        verdict = _JUDGED.match(text, at + 1, following) if text[at].isupper() and letter in options.letters else None
        # The verdict belongs to the letter that stands directly before it, so it is sought up to the following one.
        if verdict and not (supposed(text, at) or named(text, at) or negated(text, at, at + 1)):
            yield Candidate(letter, "judged", (at, at + 1))
