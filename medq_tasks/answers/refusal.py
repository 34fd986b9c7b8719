"""Responses that decline to answer."""

from __future__ import annotations

import re

from medq_tasks.answers.reading import Span

_DO = (
    r"(?:provide|give|offer|assist|help|analy[sz]e|assess|evaluate|interpret|diagnose|answer|comply|fulfil+|view|access"
    r"|process|open|determine|comment|make|render|engage|continue|discuss|examine|review|perform|judge|say|tell|confirm"
    r"|support|identify|grade|rate|read|respond|choose|select|decide|complete|participate|fulfill)"
)
_CANNOT = r"(?:can(?:no|')t|can\snot|could\snot|couldn't|won't|will\snot|must\snot|may\snot)"
_UNABLE = r"(?:unable|not\sable|not\s(?:qualified|equipped|trained|permitted|allowed|designed|in\sa\sposition))"
_SOFTLY = (
    r"(?:\s(?:to|be\sable\sto|really|currently|reliably|safely|in\sgood\sconscience|directly|therefore|properly)){0,3}"
)
# The speaker declines.
_DECLINED = re.compile(
    rf"""(?<!\w)(?:(?:I|we)(?:'m|'re|\sam|\sare)?(?:\s(?:sorry|afraid)[^.\n]{{0,20}}?)?\s?(?:{_CANNOT}|\s{_UNABLE}){_SOFTLY}\s{_DO}(?!\w)
      |(?:I|we)(?:'m|'re|\sam|\sare)\s{_UNABLE}{_SOFTLY}\s{_DO}(?!\w)
      |sorry[^\n]{{0,60}}?(?:{_CANNOT}|{_UNABLE}){_SOFTLY}\s{_DO}(?!\w)
      |(?:as|am|'m)\s(?:just\s|only\s)?an?\s(?:\w{{1,12}}[\s-]){{0,2}}?(?:AI|language\smodel|assistant)(?!\w)[^.\n]{{0,80}}?(?:{_CANNOT}|{_UNABLE}|don't|do\snot)(?!\w)
      |(?:I|we)\s(?:do\snot|don't)\s(?:actually\s|currently\s)?(?:have|possess)\s(?:the\s|any\s)?(?:ability|capability|access|enough|sufficient|information|expertise|qualifications?|image|an\simage)
      |(?:I|we)\s(?:{_CANNOT}|do\snot|don't)\ssee\s(?:the|an?|any|your)\s(?:\w{{1,12}}\s){{0,2}}(?:image|picture|photo|attachment|file|scan)s?(?!\w)
      |(?:I|we)(?:'d|\swould)?\s(?:must|have\sto|need\sto|prefer\sto|rather)?\s?(?:decline|refrain|abstain|prefer\snot|rather\snot|respectfully\sdecline)
      |(?:against|violates?)\s(?:my|our|the)\s(?:\w{{1,12}}\s){{0,2}}(?:policy|policies|guidelines)
      |(?:not|don't)\s(?:feel\s)?(?:comfortable|appropriate\sfor\sme)
      |(?:no\simage|image\s(?:is|was)\s(?:missing|not\s(?:provided|attached|visible|available|displayed|shown|included)))
      |please\s(?:upload|provide|attach|share|send)\s(?:the|an?)\s(?:\w{{1,12}}\s){{0,2}}image)
      |(?:抱歉|对不起|很遗憾)[^。\n]{{0,40}}(?:无法|不能)|我(?:无法|不能|不便)|无法(?:提供|回答|判断|评估|分析|诊断|确定|协助|查看)
      |申し訳|お答えできません|(?:判断|診断|回答|分析|評価)(?:は|することは)?(?:できません|できかねます)
      |죄송|(?:답변|판단|분석|평가|진단)할\s수\s없
      |(?<!\w)(?:lo\ssiento|no\spuedo\s\w{{3,}}|no\spodemos\s\w{{3,}}|désolée?|je\sne\speux\spas|je\sne\ssuis\spas\s(?:en\smesure|capable)
        |es\stut\smir\sleid|tut\smir\sleid|ich\skann\s[^.\n]{{0,40}}nicht|desculpe|sinto\smuito|lamento|não\sposso\s\w{{3,}}
        |mi\sdispiace|non\sposso\s\w{{3,}}|извините|к\sсожалению|я?\s?не\sмогу\s\w{{3,}})
      |عذر|آسف|لا\sأستطيع|لا\sيمكنني""",
    re.VERBOSE | re.IGNORECASE,
)
# The question is said to have no answer: a refusal only where nothing else can be read.
_UNDECIDED = re.compile(
    r"""(?<!\w)(?:(?:it|this|that|the\sanswer|quality|the\squality)\s(?:is\s(?:not\spossible|impossible)|(?:cannot|can't|can\snot)\sbe)
      |(?:impossible|not\spossible)\sto\s(?:determine|tell|say|assess|evaluate|judge)
      |(?:insufficient|not\senough)\s(?:information|detail|data|evidence)
      |(?:consult|see|speak\sto|contact|ask)\s(?:with\s)?(?:a|an|your)\s(?:\w{1,14}\s){0,3}(?:radiologist|physician|doctor|professional|specialist|expert|pathologist)
      |(?:I|we)\s(?:don't|do\snot)\sknow|I'm\snot\ssure|I\sam\snot\ssure|not\scertain
      |(?:unable|not\sable)\sto\s(?:determine|assess|evaluate|answer|tell|provide|analy[sz]e))""",
    re.VERBOSE | re.IGNORECASE,
)


def declined(text: str) -> Span | None:
    """Where the speaker declines to answer ("I can't provide a medical assessment"), None where nobody does.

    >>> declined("I'm unable to analyse a medical image.") is not None
    True
    >>> declined("I cannot see any artifact.") is None
    True
    """
    return _span(_DECLINED.search(text))


def undecided(text: str) -> Span | None:
    """Where the question is said to have no answer ("it cannot be determined"), None where it is not."""
    return _span(_UNDECIDED.search(text))


def _span(found: re.Match[str] | None) -> Span | None:
    return None if found is None else found.span()
