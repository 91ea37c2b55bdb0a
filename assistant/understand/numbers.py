"""Numbers in words and digits, in English and Spanish, below a million millions.

The functions take plain words (see `normalize`), the index to look at, and the language; they
give the value and the index after it, or None when no number begins there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Found = tuple[float, int] | None
Whole = tuple[int, int] | None


def _numbered(text: str, start: int = 0, step: int = 1) -> dict[str, int]:
    return {word: start + n * step for n, word in enumerate(text.split())}


_ONES = {
    "en": _numbered(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen"
    ),
    "es": _numbered(
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince"
        " dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres"
        " veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
    )
    | {"veintiun": 21, "veintiuna": 21},
}
_TENS = {
    "en": _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    "es": _numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10),
}
_SPANISH_HUNDREDS = (
    {"cien": 100, "ciento": 100}
    | _numbered(
        "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos"
        " novecientos",
        200,
        100,
    )
    | _numbered(
        "doscientas trescientas cuatrocientas quinientas seiscientas setecientas ochocientas"
        " novecientas",
        200,
        100,
    )
)
_ARTICLES = {"en": ("a", "an"), "es": ("un", "una")}  # one, but only before something counted
_THOUSAND = {"en": "thousand", "es": "mil"}
_LARGE = {
    "en": {"billion": 10**9, "million": 10**6},
    "es": {"millones": 10**6, "millon": 10**6},
}
_POINT = {"en": ("point",), "es": ("coma", "punto")}
_MINUS = {"en": ("minus", "negative"), "es": ("menos",)}
_PERCENT = {"en": ("percent",), "es": ("por", "ciento")}
_AND = {"en": "and", "es": "y"}
_HALVES = {"en": ("half",), "es": ("media", "medio")}
_FRACTIONS = {
    "en": _numbered("half third quarter fifth", 2)
    | _numbered("halves thirds quarters fifths", 2)
    | {"fourth": 4, "fourths": 4, "tenth": 10, "tenths": 10},
    "es": _numbered("medio tercio cuarto quinto", 2)
    | _numbered("medios tercios cuartos quintos", 2)
    | {"decimo": 10, "decimos": 10},
}

_INTEGER = re.compile(r"\d{1,12}")
_DECIMAL = re.compile(r"\d{1,12}\.\d{1,6}")
_RATIO = re.compile(r"(\d{1,3})/([1-9]\d{0,2})")


def at(words: Sequence[str], i: int) -> str:
    """The word at an index; empty beyond the end."""
    return words[i] if 0 <= i < len(words) else ""


def matches(words: Sequence[str], i: int, expected: Sequence[str]) -> bool:
    return tuple(words[i : i + len(expected)]) == tuple(expected)


def number(words: Sequence[str], i: int, language: str) -> Found:
    """Any number: "twenty five", "two and a half", "three point one four", "30 percent",
    "minus five", "three quarters". A whole value is given as an int."""
    if at(words, i) in _MINUS[language]:
        found = _unsigned(words, i + 1, language)
        return (-found[0], found[1]) if found else None
    return _unsigned(words, i, language)


def whole(words: Sequence[str], i: int, language: str) -> Whole:
    """A whole number from zero on: "two hundred and five", "dos mil veinticinco", "205"."""
    total, last, found = 0, 10**12, False
    while (part := _below_million(words, i, language)) is not None:
        value, end = part
        scale = _LARGE[language].get(at(words, end), 1)
        if scale >= last or value * scale >= last:
            break
        total, last, i, found = total + value * scale, scale, end + (scale > 1), True
        if scale == 1:
            break
        if at(words, i) == "and" and _below_million(words, i + 1, language):
            i += 1
    return (total, i) if found else None


def with_digits(words: Sequence[str], language: str) -> Iterator[tuple[str, int]]:
    """Each word with its index, but every whole number in digits: "twenty five eggs" gives
    "25" at 0 and "eggs" at 2."""
    i = 0
    while i < len(words):
        found = whole(words, i, language)
        yield (str(found[0]) if found else words[i]), i
        i = found[1] if found else i + 1


def may_go_on(words: Sequence[str], language: str) -> bool:
    """Whether the last word is a number that others often follow: "twenty", "a hundred"."""
    last = at(words, len(words) - 1)
    if matches(words, len(words) - 2, _PERCENT[language]):
        return False
    if last.isdigit():
        return int(last) % 10 == 0 and int(last) > 0 and last != "10"
    larger = last == _THOUSAND[language] or last in _LARGE[language] or last == "hundred"
    return larger or last in _TENS[language] or (language == "es" and last in _SPANISH_HUNDREDS)


def below_hundred(words: Sequence[str], i: int, language: str) -> Whole:
    """0 to 99, in words or digits."""
    word = at(words, i)
    if _INTEGER.fullmatch(word):
        return (int(word), i + 1) if int(word) < 100 else None
    if word in _ONES[language]:
        return _ONES[language][word], i + 1
    if word not in _TENS[language]:
        return None
    tens = _TENS[language][word]
    ones_at = i + 1
    if language == "es":
        if at(words, ones_at) != "y":
            return tens, ones_at
        ones_at += 1
    ones = _ONES[language].get(at(words, ones_at))
    if ones is None and language == "es" and at(words, ones_at) in _ARTICLES["es"]:
        ones = 1
    return (tens + ones, ones_at + 1) if ones and ones < 10 else (tens, i + 1)


def fraction_after(words: Sequence[str], i: int, language: str) -> Found:
    """What adds a part: "and a half", "y media", "and a quarter", "y cuarto"."""
    if at(words, i) != _AND[language]:
        return None
    i += 1
    if at(words, i) in _HALVES[language]:
        return 0.5, i + 1
    if language == "es" and at(words, i) == "cuarto":
        return 0.25, i + 1
    return _fraction(words, i, language)


def _unsigned(words: Sequence[str], i: int, language: str) -> Found:
    found = _fraction(words, i, language) or _mixed(words, i, language)
    if found is None:
        return None
    value, end = found
    if is_percent(words, end, language):
        end += len(_PERCENT[language])
    return (int(value) if value == int(value) else value), end


def is_percent(words: Sequence[str], i: int, language: str) -> bool:
    """Whether a percent sign stands here; "dos por ciento tres" is 2 times 103."""
    after = i + len(_PERCENT[language])
    if not matches(words, i, _PERCENT[language]):
        return False
    return language == "en" or below_hundred(words, after, "es") is None


def _mixed(words: Sequence[str], i: int, language: str) -> Found:
    """A whole number or a decimal, and what follows it: "and a half", "1/2", "point five"."""
    if _DECIMAL.fullmatch(at(words, i)):
        value, end = float(words[i]), i + 1
        scale = _LARGE[language].get(at(words, end))
        return (value * scale, end + 1) if scale else (value, end)
    found = whole(words, i, language)
    if found is None:
        return None
    base, end = found
    if part := fraction_after(words, end, language):
        return base + part[0], part[1]
    if (ratio := _RATIO.fullmatch(at(words, end))) and int(ratio[1]) < int(ratio[2]):
        return base + int(ratio[1]) / int(ratio[2]), end + 1
    if at(words, end) in _POINT[language] and (decimals := _decimals(words, end + 1, language)):
        return float(f"{base}.{decimals[0]}"), decimals[1]
    return base, end


def _decimals(words: Sequence[str], i: int, language: str) -> tuple[str, int] | None:
    """What follows "point": digit by digit, or one number ("coma veinticinco")."""
    ones = _ONES[language] | ({"oh": 0} if language == "en" else {})
    digits, start = "", i
    while re.fullmatch(r"\d", at(words, i)) or ones.get(at(words, i), 10) < 10:
        digits += str(ones.get(words[i], words[i]))
        i += 1
    if rest := below_hundred(words, i, language):
        digits, i = digits + str(rest[0]), rest[1]
    return (digits, i) if i > start else None


def _fraction(words: Sequence[str], i: int, language: str) -> Found:
    """ "1/2", "a half", "three quarters", "tres cuartos"; "half" alone too."""
    if ratio := _RATIO.fullmatch(at(words, i)):
        return int(ratio[1]) / int(ratio[2]), i + 1
    if language == "en" and at(words, i) == "half":
        return 0.5, i + 1
    top = (1, i + 1) if at(words, i) in _ARTICLES[language] else below_hundred(words, i, language)
    if top is None or not top[0]:
        return None
    bottom = _FRACTIONS[language].get(at(words, top[1]))
    return (top[0] / bottom, top[1] + 1) if bottom else None


def _below_million(words: Sequence[str], i: int, language: str) -> Whole:
    thousand = _THOUSAND[language]
    if language == "es" and at(words, i) == thousand:
        found: Whole = (1, i)
    else:
        found = _below_thousand(words, i, language)
    if found is None or at(words, found[1]) != thousand or not 0 < found[0] < 1000:
        return found
    value, end = found[0] * 1000, found[1] + 1
    rest = _below_thousand(words, end + (at(words, end) == "and"), language)
    if rest is None and at(words, end) in _ARTICLES["es"] and language == "es":
        rest = (1, end + 1)  # "mil un segundos"
    return (value + rest[0], rest[1]) if rest and rest[0] < 1000 else (value, end)


def _below_thousand(words: Sequence[str], i: int, language: str) -> Whole:
    """0 to 999 in words; digits may be more, for "1500"."""
    word = at(words, i)
    if _INTEGER.fullmatch(word):
        return int(word), i + 1
    if word in _ARTICLES[language]:
        after = at(words, i + 1)
        counted = after in _LARGE[language] or (
            language == "en" and after in ("hundred", "thousand")
        )
        if not counted:
            return None
        found: Whole = (1, i + 1)
    elif language == "es" and word in _SPANISH_HUNDREDS:
        rest = below_hundred(words, i + 1, language)
        if rest is None and at(words, i + 1) in _ARTICLES["es"]:
            rest = (1, i + 2)
        ok = rest is not None and rest[0] > 0 and not at(words, i + 1).isdigit()
        hundreds = _SPANISH_HUNDREDS[word]
        return (hundreds + rest[0], rest[1]) if rest and ok else (hundreds, i + 1)
    else:
        found = below_hundred(words, i, language)
    if language == "es" or found is None or at(words, found[1]) != "hundred" or not found[0]:
        return found
    value, end = found[0] * 100, found[1] + 1
    rest_at = end + (at(words, end) == "and")
    rest = below_hundred(words, rest_at, language)
    ok = rest is not None and rest[0] > 0 and not at(words, rest_at).isdigit()
    return (value + rest[0], rest[1]) if rest and ok else (value, end)
