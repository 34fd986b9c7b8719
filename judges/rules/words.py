"""The closed word lists by which a mention of an attribute is negated, graded or judged."""

from __future__ import annotations

import re

ABSENT, MILD, MODERATE, SEVERE = 0, 1, 2, 3

NEGATOR = re.compile(
    r"\b(?:no(?! longer\b| doubt\b)|not(?! only\b| just\b| merely\b)|\w+n't|cannot|without|neither|nor|never|none of"
    r"|free (?:of|from)|lack(?:s|ing|ed)?(?: of| in)?|absence of|devoid of|loss of|hardly any|barely any|rather than"
    r"|instead of|unaffected by|avoid(?:s|ing|ed)?|eliminat(?:es|ing|ed))\b"
)
SCOPE_END = re.compile(
    r"\b(?:due to|because|owing to|caused by|from|as a result|and (?:the|its?|has|have|is|are|shows?|a|good|excellent"
    r"|adequate|acceptable|high|sharp|clear|well|strong|uniform|appropriate|sufficient|preserv\w+|severe|poor|marked"
    r"|significant|visible|noticeable|moderate|heavy))\b|:"
)
COPULA = r"(?:is|are|was|were|be|been|appears?|remains?|seems?|looks?|:|being|stays?|becomes?)"
ABSENT_WORDS = (
    "absent minimal minimally negligible low lower lowest little few fewer less least barely hardly reduced "
    "suppressed undetectable well-controlled controlled minimized minimised nonexistent imperceptible invisible "
    "nil none zero insignificant"
)
MILD_WORDS = (
    "mild mildly slight slightly minor subtle faint small bit somewhat tolerable acceptable light weak weaker limited"
)
SEVERE_WORDS = (
    "severe severely significant significantly prominent prominently extensive extensively heavy heavily strong "
    "strongly marked markedly pronounced substantial substantially serious seriously extreme extremely major "
    "considerable considerably dominant intense high excessive excessively gross grossly widespread profound "
    "profoundly overwhelming critical completely entirely much far very almost nearly dense"
)
MODERATE_WORDS = (
    "moderate moderately noticeable noticeably visible visibly some more higher increased elevated apparent "
    "evident obvious present partial partially"
)
GOOD_WORDS = (
    "good excellent high higher highest adequate acceptable strong stronger sufficient optimal superior better "
    "best clear clearer improved appropriate great greater fine balanced uniform even homogeneous sharp sharper "
    "satisfactory preserved preserves preserving preserve maintained maintains reasonable suitable well enhanced "
    "proper outstanding consistent normal intact remarkable distinct natural rich ample improves improving "
    "enhances enhancing crisp finer correct exceptional allowing"
)
FAIR_WORDS = "moderate moderately fair fairly average modest mediocre medium"
BAD_WORDS = (
    "poor poorly poorer low lower lowest weak weaker reduced reduces reducing reduce limited limits limiting "
    "limit insufficient inadequate decreased decreases degraded degrades degrading compromised compromises "
    "compromising uneven suboptimal diminished diminishes inferior impaired impairs impairing worse worst less "
    "lost bad loses losing obscured obscures obscuring obscure hinders hindering hinder hampers limited "
    "complicate complicates affecting affects faint flat dull unnatural inconsistent abnormal blurred hiding "
    "hides masking masks"
)
WEAKENERS = "less poorly barely insufficiently reduced hardly lacks least inadequately not"
SOFTENERS = "moderately fairly partially somewhat partly reasonably"


def word_set(words: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(words.split())
