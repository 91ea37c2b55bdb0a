"""Whole numbers and places in a row, in words: "two hundred and five", "vigésimo tercero"."""

from __future__ import annotations

from assistant.understand.extract.number_words import (
    AND,
    DOZENS,
    FIRSTS,
    HUNDREDS,
    ONES,
    SCALES,
    SPANISH_SCALES,
    SPANISH_TENTHS,
    SUFFIXES,
    TEENS,
    TENS,
)
from assistant.understand.extract.scan import Scan

Found = tuple[int, int] | None


def whole(s: Scan, i: int) -> Found:
    """A whole number in words, or in digits followed by a scale: "2 million", "205"."""
    total, last, end, found = 0, 10**19, i, False
    part_of = _below_million if s.language == "es" else _small
    while (part := part_of(s, i)) is not None:
        group, after = part
        scale = 1
        while (name := s.at(after)) in SCALES[s.language]:  # "dos mil millones"
            scale, after = scale * SCALES[s.language][name], after + 1
        if s.at(after) in DOZENS[s.language]:
            base = group // 100 * 100 if AND[s.language] in s.words[i:after] else 0
            # "three hundred and two dozens" are 324
            group, after = base + (group - base) * 12, after + 1
        if after == i or scale >= last or (found and group * scale >= last):
            break
        total, last, end, found = total + group * scale, scale, after, True
        if scale == 1:
            break
        i = end + (s.at(end) == AND[s.language] and _small(s, end + 1) is not None)
    return (total, end) if found else None


def _below_million(s: Scan, i: int) -> Found:
    """In Spanish millions count thousands: "cuatro mil millones"."""
    found = _small(s, i)
    if found is None or s.at(found[1]) != "mil":
        return found
    value, end = found[0] * 1000, found[1] + 1
    at = end + (s.at(end) == "y")
    rest = _small(s, at)
    if rest and 0 < rest[0] < 1000 and rest[1] > at and s.at(rest[1]) != "mil":
        if s.at(at).isdecimal() and not s.at(i).isdecimal():
            return value, end
        return value + rest[0], rest[1]
    return value, end


def _small(s: Scan, i: int) -> Found:
    """0 to 999 in words, or any number in digits; "hundred" and "mil" may stand alone."""
    word = s.at(i)
    if word.isdecimal() and len(word) < 16:
        if s.language == "en" and s.at(i + 1) == "hundred":
            return _rest(s, int(word) * 100, i + 2)
        return int(word), i + 1
    if s.language == "es":
        if _is_article(s, i):
            return None
        if word == "mil":
            return 1, i
        if word in HUNDREDS:
            found = _below_hundred(s, i + 1)
            ok = found and found[0] and not s.at(i + 1).isdecimal()
            return (
                (HUNDREDS[word] + found[0], found[1]) if found and ok else (HUNDREDS[word], i + 1)
            )
        return _below_hundred(s, i)
    if word in ("a", "an") and s.at(i + 1) in (
        "hundred",
        "thousand",
        "million",
        "billion",
        "trillion",
        "dozen",
    ):
        return _rest(s, 100, i + 2) if s.at(i + 1) == "hundred" else (1, i + 1)
    if word == "hundred" and not s.spoken:
        return _rest(s, 100, i + 1)
    found = _below_hundred(s, i)
    if found and found[0] and s.at(found[1]) == "hundred":
        return _rest(s, found[0] * 100, found[1] + 1)
    return found


def _is_article(s: Scan, i: int) -> bool:
    """The "una" of a spoken "una alarma"; but "un millón" is a number, and so is "mil un"."""
    counted = s.at(i + 1) in SCALES["es"] or s.at(i + 1) in DOZENS["es"]
    return s.spoken and s.at(i) in ("un", "una") and not counted and s.at(i - 1) != "mil"


def _rest(s: Scan, hundreds: int, i: int) -> tuple[int, int]:
    """What follows "hundred"."""
    at = i + (s.at(i) == "and")
    found = _below_hundred(s, at)
    if found and found[0] and s.at(found[1]) != "hundred":
        return hundreds + found[0], found[1]
    return hundreds, i


def _below_hundred(s: Scan, i: int) -> Found:
    word, language = s.at(i), s.language
    if word.isdecimal():
        return (int(word), i + 1) if len(word) <= 2 and language == "en" else None
    if word in ONES[language]:
        return ONES[language][word], i + 1
    if word in TEENS[language]:
        return TEENS[language][word], i + 1
    if word not in TENS[language]:
        return None
    ones_at = i + 1
    if language == "es":
        if s.at(ones_at) != "y":
            return TENS[language][word], ones_at
        ones_at += 1
    elif (s.at(ones_at) in "-–" and s.at(ones_at)) or (
        s.at(ones_at) == "and" and ONES[language].get(s.at(ones_at + 1), 0)
    ):
        ones_at += 1
    ones = ONES[language].get(s.at(ones_at), 0)
    return (TENS[language][word] + ones, ones_at + 1) if ones else (TENS[language][word], i + 1)


def place(s: Scan, i: int, *, plural: bool = False) -> Found:
    """A place in a row: "third", "twenty-first", "3rd", "décimo octavo"; as the lower half of a
    fraction also its plural."""
    word = s.at(i)
    if word.isdecimal():
        return _written_place(s, i) if len(word) < 16 else None
    return (_spanish_place if s.language == "es" else _english_place)(s, i, plural)


def _written_place(s: Scan, i: int) -> Found:
    """ "3rd", "1º", "9.º", "21ro"."""
    end = i + 1
    if s.language == "es" and s.at(end) == "." and s.at(end + 1) in ("º", "ª", "°"):
        return int(s.at(i)), end + 2
    if s.glued(end) and s.at(end) in SUFFIXES[s.language] and not s.glued(end + 1):
        return int(s.at(i)), end + 1
    if s.glued(end) and s.at(end) in SUFFIXES[s.language] and not s.at(end + 1).isalnum():
        return int(s.at(i)), end + 1
    return None


def _english_place(s: Scan, i: int, plural: bool) -> Found:
    """A number whose last word is a place: "two hundred and fifth", "a hundred trillionth"."""
    firsts, total, group = FIRSTS["en"], 0, 0
    start = i
    while True:
        word = s.at(i)
        if plural and word.endswith("s"):
            word = word[:-1]
        if word in firsts:
            value = firsts[word]
            return (total + group + value, i + 1) if _fits(group, value) else None
        if word[:-2] in ("hundred",) and word.endswith("th"):
            return (total + max(group, 1) * 100, i + 1) if group < 100 else None
        if word.endswith("th") and word[:-2] in SCALES["en"]:
            return total + max(group, 1) * SCALES["en"][word[:-2]], i + 1
        if word in SCALES["en"] and group:
            total, group, i = total + group * SCALES["en"][word], 0, i + 1
        elif word == "hundred" and group:
            group, i = group * 100, i + 1
        elif (word == "and" and group % 100 == 0 and i > start) or (
            word in ("-", "–") and group % 10 == 0 and i > start
        ):
            i += 1
        elif word in ("a", "an") and i == start and s.at(i + 1)[:4] in ("hund", "thou"):
            group, i = 1, i + 1
        elif (
            found := ONES["en"].get(word) or TEENS["en"].get(word) or TENS["en"].get(word)
        ) and _fits(group, found):
            group, i = group + found, i + 1
        else:
            return None


def _fits(group: int, value: int) -> bool:
    """Whether a value may follow what was said of a number below a thousand."""
    if group == 0:
        return True
    return group % (10 if value < 10 else 100) == 0


def _spanish_place(s: Scan, i: int, plural: bool) -> Found:
    """Places one after another: "milésimo quingentésimo vigésimo tercero"; a number may come
    before those of the thousands: "cuatrocientos cincuenta y dos milésimo"."""
    total, end, last = 0, i, 10**19
    lead = whole(s, i) if not s.at(i).isdecimal() else None
    if lead:
        scale = _stem(s.at(lead[1]), SPANISH_SCALES)
        if scale is None:
            return None
        base = (lead[0] // 10**6) * 10**6 if scale == 1000 else 0
        total, end, last = base + (lead[0] - base) * scale, lead[1] + 1, scale
    while (value := _spanish_word(s.at(end))) is not None and value < last:
        total, last, end = total + value, (value if value >= 10 else 1), end + 1
        if last <= 1:
            break
    return (total, end) if end > i and total else None


def _spanish_word(word: str) -> int | None:
    if word in FIRSTS["es"]:
        return FIRSTS["es"][word]
    if word.startswith("decim") and len(word) > 7:  # "decimoctavo"
        inner = word[6:] if word[5:6] in "oa" else word[5:]
        ones = FIRSTS["es"].get(inner, FIRSTS["es"].get("o" + inner, 0))
        return 10 + ones if ones else None
    if (tens := _stem(word, SPANISH_TENTHS)) is not None:
        return tens
    return _compound(word)


def _compound(word: str) -> int | None:
    """ "milésimo", "tresbillonésimo", "veintidosmilésimo"."""
    for stem, scale in sorted(SPANISH_SCALES.items(), key=lambda item: -len(item[0])):
        for end in ("o", "a", "os", "as"):
            if word.endswith(stem + end):
                head = word[: -len(stem + end)]
                if not head:
                    return scale
                value = ONES["es"].get(head) or TEENS["es"].get(head) or HUNDREDS.get(head)
                value = value or TENS["es"].get(head) or {"veinte": 20, "veinti": 20}.get(head)
                if value:
                    return value * scale
    return None


def _stem(word: str, stems: dict[str, int]) -> int | None:
    for end in ("o", "a", "os", "as"):
        if word.endswith(end) and word[: -len(end)] in stems:
            return stems[word[: -len(end)]]
    return None
