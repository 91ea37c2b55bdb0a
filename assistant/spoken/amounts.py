"""Numbers and what is counted, as a person says them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.currencies import CURRENCIES
from assistant.quantities import Money, Quantity
from assistant.units import UNITS, Unit
from assistant.words import decimal_words, number_words, ordinal_words


def known(language: str) -> str:
    return language if language in ("en", "es") else "en"


def number(value: float, language: str, *, decimals: int = 2) -> str:
    """A number on its own: 21 is "twenty-one", "veintiuno". At most two decimals are said."""
    language = known(language)
    if value < 0:
        minus = "menos" if language == "es" else "minus"
        return f"{minus} {number(-value, language, decimals=decimals)}"
    whole, _, fraction = f"{value:.{decimals}f}".partition(".")
    point = "coma" if language == "es" else "point"
    return decimal_words(whole, fraction.rstrip("0"), point, language)


def count(value: int, one: str, many: str, language: str, *, feminine: bool = False) -> str:
    """A number before its noun: "one timer", "veintiún minutos", "veintiuna horas"."""
    noun = one if value == 1 else many
    gender = "feminine" if feminine else "masculine"
    return f"{number_words(value, known(language), before=gender)} {noun}"


def quantity(value: Quantity, language: str) -> str:
    """ "five miles", "medio kilo", "minus three degrees Celsius"; as many decimals as it has, up
    to six."""
    return _amount(value.value, UNITS[known(language)][value.unit], language)


_CENTS = dict.fromkeys("USD EUR CAD AUD NZD".split(), ("cent", "cents"))
_CENTS["GBP"] = ("penny", "pence")


def money(value: Money, language: str) -> str:
    """ "twenty dollars", "five euros and ten cents", "dos euros con cincuenta"."""
    language = known(language)
    unit = CURRENCIES[language][value.currency]
    whole, cents = divmod(round(abs(value.amount) * 100), 100)
    if not cents or value.amount < 0:
        return _amount(round(value.amount, 2), unit, language)
    said = _amount(whole, unit, language)
    if language == "es":
        return f"{said} con {number(cents, language)}"
    if value.currency not in _CENTS:
        return f"{said} {number(cents, language)}"
    return f"{said} and {count(cents, *_CENTS[value.currency], language)}"


def _amount(value: float, unit: Unit, language: str) -> str:
    if value == int(value) and value >= 0:
        return count(int(value), unit.one, unit.many, language, feminine=unit.feminine)
    return f"{number(value, language, decimals=6)} {unit.many}"


def for_the_ear(value: float) -> float:
    """Rounded to what one can keep in mind: 3.33, 14.1 of a hundred and more, whole thousands."""
    size = abs(value)
    if size >= 1000:
        return round(value)
    if size >= 1:
        return round(value, 1 if size >= 100 else 2)
    return float(f"{value:.2g}")


def ordinal(value: int, language: str) -> str:
    """ "third", "tercero"; -1 is "last", "último"."""
    last = "último" if known(language) == "es" else "last"
    return ordinal_words(value, known(language)) if value > 0 else last


def percent(value: float, language: str) -> str:
    return f"{number(value, language)} {'por ciento' if language == 'es' else 'percent'}"


def listing(items: Sequence[str], language: str) -> str:
    """ "a, b and c"; in Spanish "y" turns to "e" before the sound of an i."""
    if len(items) < 2:
        return "".join(items)
    *first, last = items
    joint = "and"
    if known(language) == "es":
        start = last.casefold()
        sounds_like_i = start.startswith(("i", "hi", "í", "hí")) and not start.startswith("hie")
        joint = "e" if sounds_like_i else "y"
    return f"{', '.join(first)} {joint} {last}"
