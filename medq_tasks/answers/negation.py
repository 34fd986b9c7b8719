"""Letters and texts that a response names in order to turn them down."""

from __future__ import annotations

import re

from medq_tasks.answers.fold import END, START

_DENIAL = rf"""(?:{START}(?:not|never|neither|nor|without|rather\ than|instead\ of|other\ than|except|excluding
      |exclude[sd]?|eliminat(?:e|es|ed|ing)|reject(?:s|ed|ing)?|rul(?:e|es|ed|ing)\ out|unlike|than|versus|vs\.?|against
      |nicht|kein\w{{0,2}}|pas|не|ни|nem|ليس|no\ es|não\ é|n'est\ pas)
      |n't|不是|并非|而非|不选|排除|不)"""
_BEFORE = re.compile(
    _DENIAL
    + r"""(?:\s{1,3}(?:the|be|is|a|an|so|very|really|simply|just|options?|answer|choices?|opción|réponse|likely)){0,3}
      [\s"'(\[*_`]{0,4}\Z""",
    re.VERBOSE | re.IGNORECASE,
)
# A list that is denied as a whole: "not A, B or C".
_OPTIONS = r"\s{1,3}(?:options?\s|choices?\s)?[\"'(]?(?-i:[A-Z])[\"')]?"
_LIST_BEFORE = re.compile(
    rf"{_DENIAL}{_OPTIONS}(?:,\s?(?-i:[A-Z])){{0,4}},?\s(?:and|or|nor)\s\Z", re.VERBOSE | re.IGNORECASE
)
_LIST_OPENS = re.compile(rf"{_DENIAL}{_OPTIONS}(?:,\s?(?-i:[A-Z])){{0,4}},\s?\Z", re.VERBOSE | re.IGNORECASE)
_LIST_GOES_ON = re.compile(rf"(?:,\s?(?-i:[A-Z])){{0,4}},?\s(?:and|or|nor)\s(?-i:[A-Z]){END}", re.IGNORECASE)
_QUALITY_BEFORE = re.compile(
    rf"{START}(?:no|free of|free from|absence of|lack of|lacks|lacking|less than|more than|beyond|non)"
    rf"(?:\s{{1,3}}(?:any|visible|obvious|significant|clear|signs? of|evidence of)){{0,3}}\s{{1,3}}\Z",
    re.IGNORECASE,
)
_WRONG = (
    r"(?:in(?:correct|accurate|valid|appropriate|consistent|applicable)|wrong|false|implausible|irrelevant|unlikely"
    r"|excluded|eliminated)"
)
_AFTER = re.compile(
    rf"""[*_"')\]`]{{0,4}}\s{{0,3}}(?:\([^()\n]{{0,80}}\)\s{{0,3}})?
      (?:[:\-–—]\s{{0,3}}(?:not\ (?:correct|right|present|visible|supported|applicable|likely|the\ case)|no{END}
        |{_WRONG})
      |[❌✗✘×]
      |[.)]\s{{0,3}}(?:{_WRONG})
      |\({_WRONG}\)
      |(?:is|are|was|were|would\ be|must\ be|seems|appears|can\ be|could\ be)\s{{1,3}}
         (?:\w{{1,12}}ly\s{{1,3}}|also\s{{1,3}}|therefore\s{{1,3}}|thus\s{{1,3}}){{0,2}}
         (?:not{END}|too\ |{_WRONG}|ruled\ out|out{END}|less\ (?:likely|accurate|suitable))
      |(?:isn't|aren't|wasn't|doesn't|does\ not|do\ not|don't|cannot|can't|won't|fails?\ to|overstates|understates)
       {END}
      |(?:选项)?(?:是|为)?(?:不对|错误|錯誤|不正确|不正確|错|不符)|(?:は|では|じゃ)?(?:誤り|間違い|不正解|ない|ありません|なく)
      |(?:가|이|은|는)?\s?(?:아니|아닙|틀)
      |(?:est|es|ist|é|è)\s(?:incorrect[eao]?|fausse?|falsch|falsa|errad[ao]|sbagliat[ao])
      |неверн|неправильн|не\ подходит)""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE_CHARS = 64


def negated(text: str, start: int, end: int) -> bool:
    """Whether the letter or text from `start` to `end` is denied: "not B", "Option A is incorrect", "不选A"."""
    before = text[max(0, start - _BEFORE_CHARS) : start]
    return _BEFORE.search(before) is not None or _AFTER.match(text, end) is not None or _in_list(before, text, end)


def _in_list(before: str, text: str, end: int) -> bool:
    if _LIST_BEFORE.search(before):
        return True
    return _LIST_OPENS.search(before) is not None and _LIST_GOES_ON.match(text, end) is not None


def absent(text: str, start: int, end: int) -> bool:
    """Whether an option's text is denied or said to be missing: also "no motion blur", "free of noise"."""
    before = text[max(0, start - _BEFORE_CHARS) : start]
    return negated(text, start, end) or _QUALITY_BEFORE.search(before) is not None
