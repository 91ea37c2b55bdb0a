"""Money: "$5", "20 dollars", "five euros and fifty cents"."""

from __future__ import annotations

from fractions import Fraction

from assistant.understand.extract.counted import article_or_number, node_of
from assistant.understand.extract.node import Maybe
from assistant.understand.extract.numerals import number
from assistant.understand.extract.scan import Scan, by_language
from assistant.understand.extract.unit_words import currency_names

_CENTS = by_language(
    en={"cent": "cent|cents", "pence": "pence|penny|p"},
    es={"centavo": "centavo|centavos", "cent": "céntimo|céntimos"},
)


def money(s: Scan, i: int) -> Maybe:
    """ "$5", "20 dollars", "five euros and fifty cents"."""
    names = currency_names(s.language, s.spoken)
    before = None if s.spoken else s.match(i, names)
    if before and (written := _unit_first(s, i, before)):
        return written
    found = article_or_number(s, i, names) if s.spoken else number(s, i)
    if found is None:
        if before and len(s.at(i)) > 2 and s.at(i) in _NAMES_ALONE:
            return node_of("currency", i, before[1], None, before[0])
        return None
    end = found[1] + (s.at(found[1]) == "de" and s.language == "es")
    unit = s.match(end, names)
    if unit is None or (
        s.glued(unit[1]) and s.at(unit[1])[:1].isalnum() and not _is_sign(s.at(end))
    ):
        return None
    if _is_sign(s.at(end)) and number(s, unit[1]) and s.glued(unit[1]) and not s.glued(end):
        return None  # "1 $10 dollars bill"
    value, end = found[0], unit[1]
    if scale := {"million": 10**6, "billion": 10**9, "thousand": 1000}.get(s.at(end)):
        value, end = value * scale, end + 1
    value, end = _with_cents(s, value, end, unit[0])
    return node_of("currency", i, end, value, unit[0])


def _unit_first(s: Scan, i: int, before: tuple[str, int]) -> Maybe:
    """ "$ 15", "usd 15", "usd$ 15"."""
    found = number(s, before[1])
    sign = _is_sign(s.at(before[1] - 1)) or len(s.at(i)) == 3 or s.at(i) in ("dollar", "dolar")
    if found and sign and s.at(before[1]) != "-":
        return node_of("currency", i, found[1], found[0], before[0])
    if _is_sign(s.at(before[1])) and (found := number(s, before[1] + 1)):
        return node_of("currency", i, found[1], found[0], before[0])
    return None


def _with_cents(
    s: Scan, value: Fraction | float, end: int, unit: str
) -> tuple[Fraction | float, int]:
    """ "15 dollars 50", "thirteen dollars and forty five cents"."""
    at = end + (s.at(end) in ("and", "con", "y"))
    cents = number(s, at)
    if cents is None or not 0 < cents[0] < 100 or cents[0] != int(cents[0]) or unit in ("JPY",):
        return value, end
    after = s.after(cents[1], _CENTS[s.language])
    if after == cents[1] and (
        (
            s.at(after)[:1].isalpha()
            and s.language == "en"
            and s.at(after) not in ("more", "for", "in")
        )
        or _is_sign(s.at(after))
        or s.at(after) == ","
    ):
        return value, end
    if (
        _is_sign(s.at(end - 1))
        or value != int(value)
        or s.match(after, currency_names(s.language, s.spoken))
    ):
        return value, end
    return value + Fraction(cents[0]) / 100, after


def _is_sign(word: str) -> bool:
    return word in ("$", "€", "£", "¥", "₹", "₩", "元", "₽", "₪")


_NAMES_ALONE = ("dollar", "dollars", "rmb", "euro", "euros", "yen", "dolar", "dolares", "yuan")
