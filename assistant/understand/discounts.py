"""What is left after a discount: "20 percent off of 80", "80 con un 20 por ciento de descuento"."""

from __future__ import annotations

from fractions import Fraction

from assistant.arithmetic import Expression
from assistant.understand.extract.counted import amount
from assistant.understand.extract.scan import Scan, by_language

_OFF = by_language(
    en="off of|off|off from|discount on|discount off|discount of|discount for|discount to"
    "|discount from|reduction on|reduction of|reduction off|less than|cheaper than",
    es="de descuento sobre|de descuento de|de descuento en|de descuento a|de descuento para"
    "|de descuento por|de rebaja sobre|de rebaja en|de rebaja de|descuento sobre|descuento de"
    "|descuento a|descuento en|menos de|menos que",
)
"""Between the share and what it is taken off."""
_WITH = by_language(
    en="with|at|after|minus|less", es="con|menos|después de|tras|aplicando|quitando"
)
_TAKEN = by_language(
    en="off|discount|reduction|price cut", es="de descuento|de rebaja|descuento|rebaja|menos"
)
"""After the share, where what it is taken off stands before."""
_DISCOUNT_OF = by_language(
    en="a discount of|discount of|the discount of", es="descuento de|descuento del"
)
_ON = by_language(en="on|off|for|to", es="sobre|de|en|a|para|por")
_ARTICLES = {"en": ("a", "an", "the"), "es": ("un", "el", "los", "las", "unos", "unas")}
_MONEY = frozenset(
    "dollar dollars euro euros pound pounds buck bucks quid peso pesos dolar dolares libra libras"
    " yen francs".split()
)


def discount(s: Scan, i: int) -> tuple[Expression, int] | None:
    """The rest, as a sum, and the index after it."""
    return _share_first(s, i) or _price_first(s, i)


def _share_first(s: Scan, i: int) -> tuple[Expression, int] | None:
    """ "20 percent off 80", "a discount of 20 percent on 80" """
    of = s.after(i, _DISCOUNT_OF[s.language])
    if (share := _share(s, of)) is None:
        return None
    joint = s.after(share[1], (_ON if of > i else _OFF)[s.language])
    price = _price(s, joint) if joint > share[1] else None
    return (_less(price[0], share[0]), price[1]) if price else None


def _price_first(s: Scan, i: int) -> tuple[Expression, int] | None:
    """ "80 with 20 percent off" """
    if (price := _price(s, i)) is None:
        return None
    joint = s.after(price[1], _WITH[s.language])
    share = _share(s, joint) if joint > price[1] else None
    if share is None:
        return None
    end = s.after(share[1], _TAKEN[s.language])
    return (_less(price[0], share[0]), end) if end > share[1] else None


def _share(s: Scan, i: int) -> tuple[Fraction, int] | None:
    found = amount(s, _without_article(s, i))
    return (found.value, found.end) if found and found.percent else None


def _price(s: Scan, i: int) -> tuple[Fraction, int] | None:
    found = amount(s, _without_article(s, i))
    if found is None or found.percent:
        return None
    return found.value, found.end + (s.at(found.end) in _MONEY)


def _without_article(s: Scan, i: int) -> int:
    """ "a hundred" keeps its article."""
    return i + (s.at(i) in _ARTICLES[s.language] and amount(s, i) is None)


def _less(price: Fraction, share: Fraction) -> Expression:
    left = Expression("-", (Fraction(1), Expression("percent", (share,))))
    return Expression("*", (price, left))
