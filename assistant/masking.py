"""Names, numbers and addresses out of texts that are kept or shown: logs, the trace, exports.

By form, in both languages, and by what this device knows of (`people`). A name that has no form and
that nobody told us of, in the midst of a sentence, is not found. So this makes a slip smaller, and
is no anonymisation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SPOKEN_EMAIL = re.compile(
    r"\b[\w.+-]+ (?:at|arroba) [\w-]+(?: [\w-]+)? (?:dot|punto) (?:\w+ (?:dot|punto) )?\w{2,}\b",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w.,:/-])\+?\(?\d(?:[\d ()./-]{4,28})\d(?![\w:])")
_TIME = r"(?:[01]\d|2[0-3])(?:[0-5]\d){0,2}"
_DATE = re.compile(
    rf"\d{{4}}-\d{{2}}-\d{{2}}(?:[T ]{_TIME})?|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}"
)
_DECIMAL = re.compile(r"\d+\.\d+")  # a telephone begins with "+34."
_IDENTITY = re.compile(r"\b(?:\d{8}[- ]?[A-Za-z]|[XYZxyz]-?\d{7}-?[A-Za-z])\b")  # DNI, NIE
_NUMBER_WORDS = (
    "zero oh one two three four five six seven eight nine double triple "
    "cero uno dos tres cuatro cinco seis siete ocho nueve"
)
_SPOKEN_DIGITS = re.compile(
    rf"\b(?:(?:{'|'.join(_NUMBER_WORDS.split())}|\d)[ ,-]+){{5,}}"
    rf"(?:{'|'.join(_NUMBER_WORDS.split())}|\d)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\b\d{1,5}[a-z]?,? (?:[\w'.-]+ ){1,4}?"
    r"(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|terrace|square)\b\.?",
    re.IGNORECASE,
)
_CALLE = re.compile(
    r"\b(?:calle|c/|avenida|avda\.?|av\.|paseo|plaza|camino|carretera|ronda|travesía) ?"
    r"(?:[\w'.-]+,? ){1,6}?(?:,? ?(?:n[úu]mero|n[º°.]+|num\.?) ?)?\d{1,5}\b",
    re.IGNORECASE,
)

_CALL = (
    r"(?:call|phone|ring|dial|text|message|e-?mail|write to|talk to|speak (?:to|with)"
    r"|llamar? a|tel[ée]fonear? a|escrib(?:e|ir|a) a|habl(?:a|ar|e) con"
    r"|(?:manda|env[íi]a)(?:r|le)? (?:un |una )?(?:mensaje|correo|e-?mail)? ?a"
    r"|llamar? al|escrib(?:e|ir|a) al)"
)
_AM = r"(?:my name is|i am called|call me|me llamo|mi nombre es|ll[áa]mame)"
_AFTER = re.compile(rf"(?<!\bmy )\b(?P<verb>{_CALL}|{_AM}) (?P<rest>[^,.;:!?¿¡\n]+)", re.IGNORECASE)
_ENDS_A_NAME = frozenset(
    "that to on at about and or in for from with when by if because tomorrow today now please "
    "again back later tonight que a en para por con cuando de sobre y o si porque mañana hoy ahora "
    "luego esta este desde hasta".split()
)
_NO_NAME = frozenset(
    "me you him her it us them someone somebody everyone the a an my your this lo la los las le "
    "is are was les el un una mi tu su alguien todos".split()
)
_KIN = frozenset(
    "mum mom mother dad father brother sister wife husband son daughter doctor boss "
    "mamá papá madre padre hermano hermana mujer marido hijo hija médico jefe casa home".split()
)
"""Who is named so is told apart from nobody."""
_MOST_WORDS = 3
_WORD = re.compile(r"[^\W_]+(?:['’-](?![sS]\b)[^\W_]+)*")  # of "Ana's", Ana
_LONGEST_NAME = 5  # words


@dataclass(frozen=True, slots=True)
class Known:
    """Names that are masked wherever they stand. whole: in capitals or not; parts: of those that
    are words, too ("Will", "Rosa"), and so only where they begin with a capital. Both as `plain`
    has them."""

    whole: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    def __or__(self, other: Known) -> Known:
        return Known(self.whole | other.whole, self.parts | other.parts)


NOBODY = Known()


def plain(name: str) -> str:
    """A name as it is looked up: its words in small letters."""
    return " ".join(_WORD.findall(name.lower()))


def named(names: Iterable[str]) -> Known:
    """These names, whole."""
    return Known(frozenset(known for name in names if len(known := plain(name)) > 1))


def mask(text: str, names: Known = NOBODY) -> str:
    """`text` with a word in brackets in the place of what is personal; twice is as good as once.

    names: of people whom this device knows of. Takes as long for ten thousand as for one.
    """
    text = _STREET.sub("[address]", _CALLE.sub("[address]", text))
    text = _EMAIL.sub("[email]", _SPOKEN_EMAIL.sub("[email]", text))
    text = _IBAN.sub(_if(_is_account, "[account]"), text)
    text = _IDENTITY.sub("[number]", text)
    text = _DIGITS.sub(_digits, _SPOKEN_DIGITS.sub("[number]", text))
    text = _AFTER.sub(_named, text)
    return _without(text, names) if names.whole or names.parts else text


def _without(text: str, names: Known) -> str:
    """The longest names first, from the left."""
    words = list(_WORD.finditer(text))
    found, at, done = [], 0, 0
    while at < len(words):
        for count in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            start, end = words[at].start(), words[at + count - 1].end()
            said = plain(text[start:end])
            capital = count == 1 and text[start].isupper()
            own = text[start - 1 : start] == "[" and text[end : end + 1] == "]"
            if not own and (said in names.whole or (capital and said in names.parts)):
                found += [text[done:start], "[name]"]
                done, at = end, at + count - 1
                break
        at += 1
    return "".join([*found, text[done:]])


def _if(holds: Callable[[str], bool], mark: str) -> Callable[[re.Match[str]], str]:
    return lambda found: mark if holds(found.group()) else found.group()


def _digits(found: re.Match[str]) -> str:
    """A telephone, a card, or a number that is neither: a date, a year, a sum."""
    text = found.group()
    plain = "".join(filter(str.isdigit, text))
    if _DATE.fullmatch(text.strip("() ")) or _DECIMAL.fullmatch(text) or len(plain) < 7:
        return text
    if 13 <= len(plain) <= 19 and _luhn(plain):
        return "[card]"
    return "[number]"


def _luhn(digits: str) -> bool:
    """The check digit of cards (ISO/IEC 7812)."""
    doubled = [int(d) * (1 + n % 2) for n, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_account(text: str) -> bool:
    """The check digits of an IBAN (ISO 13616)."""
    plain = text.replace(" ", "").upper()
    if not 15 <= len(plain) <= 34:
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def _named(found: re.Match[str]) -> str:
    """What stands after "call": up to three words, until one that ends a name."""
    rest = found["rest"].split()
    skipped = 1 if rest and rest[0].lower() in _NO_NAME and len(rest) > 1 else 0
    count = 0
    for word in rest[skipped : skipped + _MOST_WORDS]:
        if word.lower() in _ENDS_A_NAME or word.startswith("["):
            break
        count += 1
    taken = rest[skipped : skipped + count]
    if not taken or taken[0].lower() in _NO_NAME | _KIN:
        return found.group()
    left = [*rest[:skipped], "[name]", *rest[skipped + count :]]
    return f"{found['verb']} {' '.join(left)}"
