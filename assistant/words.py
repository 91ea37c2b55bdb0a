"""Numbers as words, in any language of Unicode's locale data. Pure; a leaf that all may use."""

from __future__ import annotations

import functools
import unicodedata

from unicode_rbnf import RbnfEngine

_LONGEST = 15  # digits; longer ones are said digit by digit


@functools.cache
def _engine(language: str) -> RbnfEngine:
    return RbnfEngine.for_language(language)


def _spell(value: int, language: str, rules: str) -> str:
    text: str = _engine(language).format_number(value, ruleset_names=[rules]).text
    return text.replace("\xad", "")


def number_words(n: int, language: str, *, before: str = "") -> str:
    """ "twenty-one", "veintiuno"; before a "masculine" or "feminine" noun "veintiún", "veintiuna".

    Only Spanish tells the genders apart.
    """
    rules = f"spellout-cardinal-{before}" if before and language == "es" else "spellout-numbering"
    return _spell(n, language, rules)


def ordinal_words(n: int, language: str, *, gender: str = "masculine") -> str:
    """ "twenty-first", "vigésimo primero", "vigésima primera"; "masculine-adjective": "primer"."""
    return _spell(n, language, f"spellout-ordinal{f'-{gender}' if language == 'es' else ''}")


def year_words(n: int, language: str) -> str:
    """ "nineteen ninety-nine", "mil novecientos noventa y nueve"."""
    return _spell(n, language, "spellout-numbering-year").replace("oh-", "oh ")


def digit_words(digits: str, language: str) -> str:
    """ "007": "zero zero seven"."""
    return " ".join(number_words(unicodedata.digit(digit), language) for digit in digits)


def decimal_words(whole: str, fraction: str, point: str, language: str, *, before: str = "") -> str:
    """A number given by its digits: "3", "14" is "three point one four", "tres coma catorce"."""
    as_digits = len(whole) > _LONGEST or (len(whole) > 1 and whole[0] == "0")
    text = (
        digit_words(whole, language)
        if as_digits
        else number_words(int(whole), language, before="" if fraction else before)
    )
    if not fraction:
        return text
    together = language == "es" and len(fraction) == 2 and fraction[0] != "0"
    decimals = (
        number_words(int(fraction), language) if together else digit_words(fraction, language)
    )
    return f"{text} {point} {decimals}"
