"""Whatever is written with digits, in words: numbers, times, dates, money, units, phone numbers.

A list of rules, each a pattern and what it becomes, from the special to the general; the last
one leaves no digit. Pure.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from assistant.speak.lexicon import Lexicon, lexicon
from assistant.speak.units import unit_rules
from assistant.words import (
    decimal_words,
    digit_words,
    number_words,
    ordinal_words,
    year_words,
)

_NUMBER = {
    "en": r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?",
    "es": r"(?:\d{1,3}(?:[. ]\d{3})+(?![\d])(?:,\d+)?|\d+(?:[.,]\d+)?)",
}
_MINUS = r"(?:(?<![\w)])[-−](?=\d))?"
_YEAR_BEFORE = "in since of from year until till by before after during around circa".split()
_NO_NOUNS = frozenset("más menos por para entre con del los las son hasta pero".split())
_DAY_HALVES = {
    "en": {"a": "AM", "p": "PM"},
    "es": {"a": "de la mañana", "p": "de la tarde", "n": "de la noche"},
}
_ON_THE_HOUR = {"en": "o'clock", "es": "en punto"}
_HALF_DAY = r"(?:\s?(?:([ap])\.\s?m\.|([ap])m\b))"
Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def spell_numbers(text: str, language: str) -> str:
    """`text` without digits. Unknown languages are read as English."""
    for pattern, replace in _rules(language if language in _NUMBER else "en"):
        text = pattern.sub(replace, text)
    return text


@functools.cache
def _rules(language: str) -> list[Rule]:
    speller = _Speller(language, lexicon(language))
    number, words = _NUMBER[language], speller.lexicon.words
    months = "|".join(speller.lexicon.months)
    signs = sorted(speller.lexicon.units, key=len, reverse=True)
    units = "|".join(re.escape(sign) for sign in signs)
    to, minus, times = f" {words['to']} ", f" {words['minus']} ", f" {words['times']} "
    table: list[tuple[str, Callable[[re.Match[str]], str]]] = [
        (r"\b(\d{4})-(\d\d)-(\d\d)(?:[T ](?=\d\d:))?", speller.iso_date),
        (r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])", speller.slashed_date),
        *speller.month_rules(months),
        (r"(?<!\w)\+\d[\d\s().-]{6,}\d|\(?\b\d{3}\)?[-. ]\d{3}[-.]\d{4}\b", speller.phone),
        (r"\b\d{3}-\d{4}\b|\b[6-9]\d\d(?: \d\d){3}\b|\b[6-9]\d\d \d{3} \d{3}\b", speller.phone),
        (r"\b\d+(?:\.\d+){2,}\b", speller.version),
        (r"<\s?(?=\d)", lambda _: f" {words['less']} "),
        (r">\s?(?=\d)", lambda _: f" {words['more']} "),
        (r"~\s?(?=\d)", lambda _: f"{words['about']} "),
        (r"(?<=\d) [-−–] (?=\d[^=]*=)", lambda _: minus),
        (r"(?<=[\d°%€$m])\s?[-–—]\s?(?=[$€£]?\d)", lambda _: to),
        (rf"(?<![\d:.,])(\d{{1,2}}):([0-5]\d)(?::\d\d)?(?!\d){_HALF_DAY}?", speller.time),
        (rf"\b(\d{{1,2}})(){_HALF_DAY}", speller.time),
        (r"(?<=\d):(?=\d)", lambda _: to),
        (rf"(?:US)?([$€£¥])\s?({number})(?:\s(million|billion|millones|mil)\b)?", speller.money),
        (rf"({number})(?:\s(million|billion|millones))?\s?([$€£¥])", speller.money_after),
        (rf"({_MINUS})({number})\s?%", speller.percent),
        (r"(?:(?<=\s)')?\b(\d{2})?(\d0)'?s\b", speller.decade),
        *unit_rules(language, speller.lexicon, rf"({_MINUS})({number})", speller.of_units),
        (rf"({_MINUS})({number})\s?({units})(?![\w/²³])", speller.unit),
        *speller.ordinal_rules(),
        (r"\b(?:(\d+) )?(\d+)[/⁄](\d+)\b(?!/)", speller.fraction),
        (r"(?<=\d)\s?[x×*]\s?(?=\d)", lambda _: times),
        (r"(?<=\d) / (?=\d)", lambda _: f" {words['by']} "),
        (r"(?<=\d)\s?[+]\s?(?=\d)", lambda _: f" {speller.lexicon.symbols['+']} "),
        (r"(?:#|№)\s?(?=\d)|\b(?:No|Nº|N\.º)\.? ?(?=\d)", lambda _: f"{words['number']} "),
        (rf"({_MINUS})({number})", speller.plain),
    ]
    return [(re.compile(pattern), replace) for pattern, replace in table]


class _Speller:
    """What each rule's match becomes in one language."""

    def __init__(self, language: str, tables: Lexicon) -> None:
        self.language = language
        self.lexicon = tables
        self._words = tables.words
        self._spanish = language == "es"

    def number(self, text: str, *, before: str = "") -> str:
        """A number in the language's notation: "1,234.5", "1.234,5"."""
        whole, fraction = self._digits(text)
        point = self._words["point"]
        return decimal_words(whole, fraction, point, self.language, before=before)

    def _digits(self, text: str) -> tuple[str, str]:
        if not self._spanish:
            whole, _, fraction = text.replace(",", "").partition(".")
            return whole, fraction
        if re.fullmatch(r"\d{1,3}([. ]\d{3})+(,\d+)?", text):
            text = re.sub(r"[. ]", "", text)
        whole, _, fraction = text.replace(",", ".").partition(".")
        return whole, fraction

    def _signed(self, sign: str, words: str) -> str:
        return f"{self._words['minus']} {words}" if sign else words

    def _date(self, year: int, month: int, day: int) -> str | None:
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        name, of_year = self.lexicon.months[month - 1], year_words(year, self.language)
        if self._spanish:
            return f"{self._day(day)} de {name} de {of_year}"
        return f"{name} {self._day(day)}, {of_year}"

    def _day(self, day: int) -> str:
        if not self._spanish:
            return ordinal_words(day, "en")
        return "primero" if day == 1 else number_words(day, "es")

    def iso_date(self, match: re.Match[str]) -> str:
        year, month, day = (int(group) for group in match.groups())
        spoken = self._date(year, month, day)
        return f"{spoken} " if spoken and match.group()[-1] in "T " else spoken or match.group()

    def slashed_date(self, match: re.Match[str]) -> str:
        """Month first in English, as its voices are American, unless that cannot be."""
        first, second, year = (int(group) for group in match.groups())
        day_first = self._spanish or first > 12
        day, month = (first, second) if day_first else (second, first)
        return self._date(year, month, day) or match.group()

    def month_rules(self, months: str) -> list[tuple[str, Callable[[re.Match[str]], str]]]:
        if self._spanish:
            return [(rf"\b1(?:º|\.º)? de (?={months})", lambda _: "primero de ")]
        return [
            (
                rf"\b({months}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.,]?\d)(?:,? (\d{{4}})\b)?",
                lambda m: f"{m[1]} {self._day(int(m[2]))}" + self._of_year(m[3]),
            ),
            (
                rf"\b(the )?(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({months})\b(?:,? (\d{{4}})\b)?",
                lambda m: f"the {self._day(int(m[2]))} of {m[3]}" + self._of_year(m[4]),
            ),
        ]

    def _of_year(self, year: str | None) -> str:
        return f", {year_words(int(year), 'en')}" if year else ""

    def phone(self, match: re.Match[str]) -> str:
        groups = re.findall(r"\d+", match.group())
        plus = f"{self.lexicon.symbols['+']} " if match.group().startswith("+") else ""
        return plus + ", ".join(digit_words(group, self.language) for group in groups)

    def version(self, match: re.Match[str]) -> str:
        """ "1.2.3", "192.168.1.1"; in Spanish "1.234.567" is a number."""
        if self._spanish and re.fullmatch(r"\d{1,3}(\.\d{3})+", match.group()):
            return self.number(match.group())
        parts = (self.number(part) for part in match.group().split("."))
        return f" {self._words['dot' if self._spanish else 'point']} ".join(parts)

    def time(self, match: re.Match[str]) -> str:
        hour, minute = int(match[1]), int(match[2] or 0)
        half = match[3] or match[4] or ""
        if hour > 24:
            return f"{self.number(match[1])} {self.number(match[2])}" if match[2] else match.group()
        if hour > 12 or hour == 0:
            half = half or ("a" if hour in (0, 24) else "p")
        if self._spanish and half == "p" and (hour % 12 or 12) in range(9, 12):
            half = "n"
        twelve = hour % 12 or 12
        clock = (self._spanish_clock if self._spanish else self._english_clock)(twelve, minute)
        spoken = f"{clock} {_DAY_HALVES[self.language][half]}" if half else clock
        if not half and minute == 0:
            spoken = f"{clock} {_ON_THE_HOUR[self.language]}"
        # the full stop of "p.m." may have been the sentence's as well
        ends = match.group().endswith(".") and not match.string[match.end() :].strip()
        return f"{spoken}." if ends else spoken

    def _english_clock(self, hour: int, minute: int) -> str:
        if minute == 0:
            return number_words(hour, "en")
        oh = "oh " if minute < 10 else ""
        return f"{number_words(hour, 'en')} {oh}{number_words(minute, 'en')}"

    def _spanish_clock(self, hour: int, minute: int) -> str:
        spoken = number_words(hour, "es", before="feminine")
        named = {0: "", 15: " y cuarto", 30: " y media"}
        return spoken + named.get(minute, f" y {number_words(minute, 'es')}")

    def money(self, match: re.Match[str]) -> str:
        return self._amount(match[2], match[1], match[3])

    def money_after(self, match: re.Match[str]) -> str:
        return self._amount(match[1], match[3], match[2])

    def _amount(self, text: str, sign: str, scale: str | None) -> str:
        one, many, hundredths = self.lexicon.money[sign]
        if scale:
            of = " de" if scale == "millones" else ""
            return f"{self.number(text)} {scale}{of} {many}"
        whole, fraction = self._digits(text)
        if len(fraction) != 2:
            return self._counted(text, one, many)
        spoken = self._counted(whole, one, many)
        if int(fraction) == 0:
            return spoken
        cents = number_words(int(fraction), self.language)
        return f"{spoken} con {cents}" if self._spanish else f"{spoken} and {cents} {hundredths}"

    def _counted(self, text: str, one: str, many: str) -> str:
        said, single = self.of_units("", text, one)
        return f"{said} {one if single else many}"

    def of_units(self, sign: str, text: str, name: str) -> tuple[str, bool]:
        """A number before what it counts, and whether it is one."""
        before = "feminine" if name in self.lexicon.feminine else "masculine"
        said = self._signed(sign, self.number(text, before=before))
        return said, self._digits(text) == ("1", "")

    def percent(self, match: re.Match[str]) -> str:
        return self._signed(match[1], f"{self.number(match[2])} {self._words['percent']}")

    def unit(self, match: re.Match[str]) -> str:
        return self._signed(match[1], self._counted(match[2], *self.lexicon.units[match[3]]))

    def ordinal_rules(self) -> list[tuple[str, Callable[[re.Match[str]], str]]]:
        if not self._spanish:
            ordinal = r"\b(\d{1,9})(?:st|nd|rd|th)\b"
            return [(ordinal, lambda m: ordinal_words(int(m[1]), "en"))]
        genders = {"er": "masculine-adjective", "ª": "feminine", "a": "feminine"}
        return [
            (
                r"\b(\d{1,9})\.?(º|ª|er\b)",
                lambda m: ordinal_words(int(m[1]), "es", gender=genders.get(m[2], "masculine")),
            )
        ]

    def decade(self, match: re.Match[str]) -> str:
        """ "1990s", "'90s"."""
        if self._spanish:
            return number_words(int(match[2]), "es")
        tens = number_words(int(match[2]), "en") if match[2] != "00" else "hundred"
        plural = f"{tens[:-1]}ies" if tens.endswith("y") else f"{tens}s"
        return f"{number_words(int(match[1]), 'en')} {plural}" if match[1] else plural

    def fraction(self, match: re.Match[str]) -> str:
        whole, above, below = match[1], int(match[2]), int(match[3])
        if below not in range(2, 101) or above >= below or len(match[2]) > 2:
            over = f"{self.number(match[2])} {self._words['over']} {self.number(match[3])}"
            return f"{self.number(whole)} {over}" if whole else over
        part = self._part(above, below)
        return f"{self.number(whole)} {self._words['and']} {part}" if whole else part

    def _part(self, above: int, below: int) -> str:
        if above == 1 and below == 2:
            return "medio" if self._spanish else "a half"
        one, many = self.lexicon.fractions.get(below, ("", ""))
        if not one and self._spanish:
            return f"{number_words(above, 'es')} sobre {number_words(below, 'es')}"
        one = one or ordinal_words(below, "en")
        many = many or f"{one}s"
        return f"{number_words(above, self.language, before='masculine')} " + (
            one if above == 1 else many
        )

    def plain(self, match: re.Match[str]) -> str:
        before, after = match.string[: match.start()], match.string[match.end() :]
        gender = self._gender_of_next(after, one=match[2] == "1") if self._spanish else ""
        words = self._signed(match[1], self.number(match[2], before=gender))
        if not match[1] and self._is_year(match[2], before):
            words = year_words(int(match[2]), "en")
        if before[-1:].isalpha():
            words = f" {words}"
        return f"{words} " if after[:1].isalpha() else words

    def _gender_of_next(self, after: str, *, one: bool) -> str:
        """Of the Spanish noun that is counted ("31 minutos", "200 personas"), by its ending."""
        noun = re.match(r" ([^\W\d_]{3,})", after)
        if not noun or noun[1].lower() in _NO_NOUNS:
            return ""
        ending = noun[1].lower()
        if ending.endswith(("as", "ciones", "dades") if not one else ("a", "ción", "dad")):
            return "feminine"
        return "masculine" if one or ending.endswith("s") else ""

    def _is_year(self, text: str, before: str) -> bool:
        """In English a year is said otherwise than a number; the word before it tells."""
        if self._spanish or len(text) != 4 or not text.isdigit():
            return False
        last = before.rpartition(" ")[0].split()[-1:] if before.endswith(" ") else []
        told = bool(last) and last[0].lower().strip("(,") in _YEAR_BEFORE
        return 1900 <= int(text) <= 2099 or (told and int(text) >= 1100)
