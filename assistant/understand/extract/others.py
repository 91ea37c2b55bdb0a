"""Numbers by themselves, places in a row, telephone numbers, yes and no."""

from __future__ import annotations

import re

from assistant.understand.extract.cardinals import place
from assistant.understand.extract.node import Maybe, Node
from assistant.understand.extract.numerals import number
from assistant.understand.extract.scan import Scan, Value, by_language

_RELATIVE = by_language(
    en={
        "current+1": "next one|next|the next one|following one|following",
        "current-1": "previous one|previous|prior one",
        "current+0": "current one|this one|current",
        "end+0": "last one|last|the last one|ultimate",
        "end-1": "penultimate|penultimate one|the second to last|second to last"
        "|the last but one"
        "|last but one|next to last|the next to last|second last"
        "|the one before the last one|the one before the last"
        "|the penultimate one|second to the last",
        "end-2": "antepenultimate|antepenultimate one|the third to last|third to last"
        "|last but two"
        "|the antepenultimate one|the last but two",
    },
    es={
        "current+1": "siguiente|próximo|próxima",
        "current-1": "anterior|previo|previa",
        "current+0": "actual",
        "end+0": "último|última|ultimo|ultima",
        "end-1": "penúltimo|penúltima|anterior al último|anterior al ultimo"
        "|antes del último|anterior a la última",
        "end-2": "antepenúltimo|antepenúltima",
    },
)
_NO_NUMBER = {
    "en": [
        "this",
        "that",
        "which",
        "the",
        "another",
        "each",
        "no",
        "any",
        "every",
        "some",
        "the",
        "next",
        "last",
        "other",
        "previous",
    ],
    "es": [],
}
_EXPRESSIONS = {"en": {"last": ("time", "resort", "name", "but"), "next": ("of",)}, "es": {}}


def plain(s: Scan, i: int) -> Maybe:
    """A number that is not part of something else: a unit, a place in a row, a word."""
    if s.language == "en" and s.at(i) in ("one", "a", "an") and _is_pronoun(s, i):
        return None
    if s.glued(i) and i and s.at(i - 1).isalpha() and s.at(i).isdecimal():
        return None
    found = number(s, i)
    if found is None:
        return None
    end = found[1]
    third = place(s, i)
    if third and third[1] >= end and not s.at(i).isdecimal() and s.language == "en":
        return None
    if s.at(i).isdecimal() and (written := place(s, i)) and written[1] >= end:
        return None
    if s.glued(end) and s.at(end)[:1].isalpha() and s.at(end - 1)[-1:].isdecimal():
        return None
    return Node("number", i, end, [float(found[0])])


def _is_pronoun(s: Scan, i: int) -> bool:
    """ "This one", "the first one"; but "one hundred" is a number."""
    found = number(s, i)
    alone = found is not None and found[1] == i + 1
    return alone and (s.at(i - 1) in _NO_NUMBER["en"] or place(s, i - 1) is not None)


def in_row(s: Scan, i: int) -> Maybe:
    """A place in a row, from the start, from the end, or from here."""
    if (found := s.match(i, _RELATIVE[s.language])) and not _idiom(s, i, found[1]):
        return Node("ordinal.relative", i, found[1], [found[0]])
    nth = place(s, i) or (place(s, i, plural=True) if s.language == "es" else None)
    if nth is None:
        return None
    if s.language == "en" and s.at(i) in ("a", "an") and not s.at(i + 1).startswith("hund"):
        return None
    return Node("ordinal", i, nth[1], [str(nth[0])])


def _idiom(s: Scan, i: int, end: int) -> bool:
    after = s.at(end)
    return any(
        after in words for word, words in _EXPRESSIONS[s.language].items() if s.at(i) == word
    )


_PHONE = re.compile(
    r"(?:(?<![\w.$/=])(?<!\d-)|(?<!\d)(?=[(+])|(?<=#-)|(?<=-)(?=\d\(\d{3}\)))"
    r"(?:\(? ?\+ ?\d{1,3} ?\)?[ \-]?|\(\d{1,5}\)[ \-]?|\( ?\d{1,5} ?\)[ \-]?|00 ?\d{1,3}[ \-])?"
    r"(?:\(\d{1,5}\)[ \-]?|\( ?\d{1,5} ?\)[ \-]?)?"
    r"\d(?:[\d]|[ \-./](?=\(?\d)|-[ ](?=\d)|(?<=\d) ?/ ?(?=\d)|[ ]?\(\d{1,5}\)[ \-]?(?=\d))*\d"
    r"(?: ?(?:ext\.?|x|extension) ?\d{1,5})?(?![\w=])(?!\.\d)",
    re.IGNORECASE,
)
_THEN_DATE = re.compile(r" \d{1,2}/\d{1,2}/\d{4}.*$")
_FEWEST_DIGITS, _MOST_DIGITS = 7, 16
_NO_PHONE = re.compile(
    r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d+\.\d+|\d{3}-\d{2}-\d{4}"
    r"|\d{1,3}(?:\.\d{1,3}){3}|\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{3,4}|\d{4}-\d{4})$"
)


def phones(text: str) -> list[Value]:
    found = []
    for match in _PHONE.finditer(text):
        said = _THEN_DATE.sub("", match[0])
        digits = sum(c.isdecimal() for c in said)
        before = text[: match.start()].rstrip()[-1:]
        if not _FEWEST_DIGITS <= digits <= _MOST_DIGITS or _NO_PHONE.match(said):
            continue
        if (before and before in "=%*") or text[match.end() : match.end() + 1] in ("%", "="):
            continue
        if said[0].isdecimal() and "(" not in said and _joined_on(text, match.start()):
            continue
        found.append(Value("phonenumber", match.start(), match.start() + len(said), (said,)))
    return found


def _joined_on(text: str, start: int) -> bool:
    """Whether figures go on from something else: "7-1234567", but not "#Name#-1234567"."""
    return text[start - 1 : start] in ("-", "+", "/") and text[start - 2 : start - 1] != "#"


_YES_NO = by_language(
    en={
        "True": "yes|yeah|yep|yup|sure|ok|okay|agree|of course|right|correct|true|y|👌|👍"
        "|absolutely"
        "|definitely|certainly|sounds good|uh huh",
        "False": "no|nope|nah|not ok|not okay|disagree|false|never|n|not right|no way|not|👎|✋|🖐",
    },
    es={
        "True": "sí|si|vale|claro|por supuesto|de acuerdo|ok|okay|correcto|exacto|cierto"
        "|👌|👍|seguro",
        "False": "no|falso|nunca|en desacuerdo|jamás|para nada|de ningún modo|👎|✋|🖐",
    },
)
_TONES = "🏻🏼🏽🏾🏿"


def choice(s: Scan) -> list[Value]:
    """The first yes or no of an answer."""
    for i in range(len(s)):
        if found := s.match(i, _YES_NO[s.language]):
            end = found[1] + (s.at(found[1]) in _TONES and bool(s.at(found[1])))
            return [Value("boolean", s.starts[i], s.ends[end - 1], (found[0] == "True",))]
    return []
