"""The words that announce an answer, by language; the answer itself follows directly."""

from __future__ import annotations

import re

from medq_tasks.answers.fold import START

_NOUN = (
    r"(?:answer|ans|choice|selection|option|response|verdict|letter|pick|conclusion|prediction|classification|rating"
    r"|assessment|judge?ment|label|result|description|statement|one)"
)
_IS = r"(?:is|was|(?:would|should|must|will|has\ to|seems\ to|appears\ to|can\ only)\ be)(?![\w'])"
_CHOOSE = (
    r"(?:choose|chose|chosen|choosing|select(?:ed|ing)?|pick(?:ed|ing)?|go(?:ing)?\ with|went\ with|going\ for|go\ for"
    r"|opt(?:ed|ing)?\ for|answer(?:ed)?|say|vote\ for|settled?\ on|lean(?:ing)?\ towards?|conclude(?:\ that)?)"
)

# Each announces an answer on its own.
_STRONG = {
    "markup": r"\\f?boxed\s{0,4}\{|\[\[|<\|?answer\|?>",
    "json": r"[\"'](?:\w{1,20}[_ ])?(?:answer|choice|option|prediction|letter|response|selection|label|result)"
    r"(?:[_ ](?:letter|choice|option|key|id))?[\"']\s{0,4}:",
    "en: answer:": _NOUN + r"(?:\s{1,4}(?:letter|option|choice|given|selected|chosen|is))?[\s\"'*_`)\]]{0,6}[:=]",
    "en: answer is": _NOUN
    + r"(?:,[^,.\n]{1,80},|\s(?:to|for|in|of|given|based\ on|here|from|that|with)(?!\w)[^.\n:]{0,80}?)?\s{1,4}"
    + _IS,
    "en: I choose": r"(?:I|we|let\ me|let's)(?:'d|'ll|'ve|'m|\s(?:would|will|must|have\ to|am|are|have))?"
    rf"(?:\s(?:also|therefore|thus|definitely|confidently|then|personally|have\ to))?\s{_CHOOSE}",
    "en: heading": r"(?:final|correct)\s{1,4}(?:answer|choice)[*_]{0,3}\s{0,4}\n",
    "zh": r"(?:答案|[选選][项項])[\s*_]{0,4}(?:应该|應該|应|應|就|可能|最可能|很可能)?"
    r"(?:是|为|為|[选選](?:择|擇)?|[:=])"
    r"|(?<![不别非勿未挑])(?:[选選][择擇]?)(?:了|的是)?(?![项項取手用题題])|答\s?:",
    "ja": r"(?:正解|答え|回答|解答|正答|正しい(?:選択肢|もの|の))\s?(?:は|:)、?",
    "ko": r"(?:정답|답변|해답|답|올바른\s?(?:선택지|보기))\s?(?:은|는|:)",
    "es": r"respuesta(?:\s(?:correcta|final|más\s\w{1,12}))?\s{0,4}(?:es|sería|debe\sser|[:=])"
    r"|(?:opción|alternativa)\s(?:correcta|más\s\w{1,12})\s{0,4}(?:es|sería|:)|(?:elijo|escojo|selecciono|elegiría|me\squedo\scon)",
    "fr": r"réponse(?:\s(?:correcte|finale|exacte|juste))?\s{0,4}(?:est|serait|[:=])"
    r"|(?:option|proposition)\s(?:correcte|juste)\s{0,4}(?:est|:)"
    r"|je\s(?:choisis|sélectionne|dirais|choisirais|réponds|opte\spour)",
    "de": r"antwort(?:möglichkeit)?\s{0,4}(?:ist|lautet|wäre|[:=])|(?:richtig|korrekt)\s(?:ist|wäre)"
    r"|ich\s(?:wähle|nehme|würde|entscheide\smich\sfür|tippe\sauf)",
    "pt": r"resposta(?:\s(?:correta|final|certa))?\s{0,4}(?:é|seria|[:=])"
    r"|(?:alternativa|opção|letra)\s(?:correta|certa)\s{0,4}(?:é|:)|gabarito\s{0,4}:?|(?:escolho|seleciono|escolheria|marco)",
    "it": r"risposta(?:\s(?:corretta|finale|giusta|esatta))?\s{0,4}(?:è|sarebbe|[:=])|scelgo",
    "ru": r"(?:ответ|вариант)(?:ом)?\s{0,4}(?:[\-–—:=]|является|это|будет)?|выбираю|выбрал",
    "ar": r"(?:الإجابة|الاجابة|الجواب|إجابتي)(?:\s(?:الصحيحة|الصحيح|النهائية))?\s{0,4}(?:هي|هو|:)?|أختار|اخترت|اختار",
    "nl, pl, tr, id, vi, hi": r"antwoord\s{0,4}(?:is|:)|odpowied[źz]\s{0,4}(?:to|:)?|(?:cevap|yanıt)\s{0,4}:?"
    r"|jawaban(?:nya)?(?:\syang\sbenar)?\s{0,4}(?:adalah|:)|đáp\sán(?:\s(?:đúng|chính\sxác))?\s{0,4}(?:là|:)|उत्तर\s{0,4}(?:है|:)?",
}
# These announce an answer where one follows, but are ordinary words otherwise.
_WEAK = {
    "en": r"(?:therefore|thus|hence|so|consequently|accordingly|leav(?:es|ing)|in\ conclusion|in\ summary|overall"
    r"|finally|ultimately)"
    r"(?:,?\s(?:it|this|that)(?:'s|\sis|\smust\ be|\sshould\ be))?"
    r"|(?:it|this|that)(?:'s|\sis|\smust\ be|\sshould\ be|\swould\ be)"
    r"|(?:I|we)\s(?:think|believe|guess|suspect)(?:\sthat)?(?:\s(?:it|this)(?:'s|\sis))?",
    "signs": r"→|⇒|➜|➔|▶|∴|[=\-]>",
    "zh, ja, ko": r"因此|所以|综上|綜上|故|应为|應為|したがって|よって|従って|つまり|따라서|그러므로",
    "es, fr, de, pt, it": r"por\s(?:lo\s)?tanto|así\sque|en\sconclusi[oó]n"
    r"|donc|par\sconséquent|c'est|daher|somit|deshalb|portanto|logo"
    r"|quindi|pertanto",
    "ru": r"следовательно|таким\sобразом|поэтому",
}
# What may stand between the announcement and the answer.
_FILLER = re.compile(
    r"""[\s*_"'`(\[{<:$\\#>|=,、«「『\-–—]{0,12}
      (?:(?:the|definitely|clearly|most\ likely|probably|likely|simply|therefore|thus|indeed|actually|obviously
        |certainly|option|choice|letter|answer|alternative|statement|that|text|mathrm|textbf|mathbf|either|between|both
        |is|it\ is|it's
        |la|le|el|die|der|das|den|a(?=\s(?:alternativa|opção|letra|opción))|opción|réponse|proposition|antwort|opção
        |alternativa|letra|opzione|lettera|respuesta|вариант|буква|الخيار|خيار|الحرف|mit|für|auf|con|pour
        |[选選][项項]|選択肢|선택지|보기|[是为為](?=[\s:]{0,2}[A-Za-z(\"'*])|の)
        (?![A-Za-z\u00c0-\u024f\u0400-\u04ff])[\s*_"'`(\[{<:$\\,、-]{0,8}){0,6}""",
    re.VERBOSE | re.IGNORECASE,
)
_SUPPOSED = re.compile(
    rf"{START}(?:if|whether|unless|suppose|assuming|could|might)\s(?:(?:the|my|your|a|correct|right|best|final|option)\s)*\Z",
    re.IGNORECASE,
)
# The clause that a letter stands in only supposes it.
_IN_CONDITION = re.compile(rf"{START}(?:if|whether|unless|suppose|assuming)\s[^,.;:\n]*\Z", re.IGNORECASE)


def _compile(parts: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"{START}(?:{'|'.join(parts.values())})", re.IGNORECASE)


STRONG = _compile({key: part.replace(r"\ ", r"\s") for key, part in _STRONG.items()})
WEAK = _compile({key: part.replace(r"\ ", r"\s") for key, part in _WEAK.items()})


def answer_start(text: str, cue_end: int) -> int:
    """Where the answer begins that is announced by the words that end at `cue_end`."""
    filler = _FILLER.match(text, cue_end)
    return filler.end() if filler else cue_end


def supposed(text: str, start: int) -> bool:
    """Whether the announcement at `start` is only supposed: "if the answer is A"."""
    return _SUPPOSED.search(text[max(0, start - 48) : start]) is not None


def in_condition(text: str, at: int) -> bool:
    """Whether the clause up to `at` is a condition: "whether option A fits"."""
    return _IN_CONDITION.search(text[max(0, at - 48) : at]) is not None
