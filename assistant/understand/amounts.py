"""What the numbers of a command mean to a function: "30 percent", "5 miles", "the second one".

The typed values of what `extract` reads; each with the token after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from assistant.arithmetic import Expression
from assistant.quantities import Money, Ordinal, Percent, Quantity, Spelled
from assistant.understand.extract.cardinals import place
from assistant.understand.extract.counted import amount, measure, temperature
from assistant.understand.extract.money import money
from assistant.understand.extract.node import Maybe
from assistant.understand.extract.scan import Scan
from assistant.understand.extract.starts import is_numeral
from assistant.understand.letters import spelled
from assistant.understand.readings import Reading
from assistant.understand.sums import sum_in_words

_LAST = {"en": ("last",), "es": ("ultimo", "ultima")}
_FINEST = 1000
"""The largest lower half of a fraction."""


def numbers(s: Scan, i: int) -> Iterator[Reading]:
    """A number as all that it may be: whole, with decimals, a share, a percentage."""
    found = amount(s, i)
    if found is None:
        return
    value = _plain(found.value)
    yield float, value, found.end
    if isinstance(value, int):
        yield int, value, found.end
    if found.percent:
        yield Percent, Percent(value), found.end
    elif isinstance(value, float):
        yield Fraction, found.value.limit_denominator(_FINEST), found.end


def counts(s: Scan, i: int) -> Iterator[Reading]:
    """Numbers, and what is counted or put in a row with them."""
    if is_numeral(s, i):
        yield from numbers(s, i)
        for read in (money, measure, temperature):
            node = read(s, i)
            if node and node.i == i and node.choices[0] is not None:
                yield _of(node)
    for kind, parse in _PARSERS.items():
        if found := parse(s, i):
            yield kind, *found


def _of(node: Maybe) -> Reading:
    assert node is not None
    value, unit = _plain(Fraction(node.choices[0]).limit_denominator(10**6)), node.info["unit"]
    if node.kind == "currency":
        return Money, Money(value, unit), node.end
    return Quantity, Quantity(value, unit), node.end


def _ordinal(s: Scan, i: int) -> tuple[Ordinal, int] | None:
    """ "second", "twenty first", "last"; "2nd", "segunda"."""
    if s.at(i) in _LAST[s.language]:
        return Ordinal(-1), i + 1
    found = place(s, i)
    return (Ordinal(found[0]), found[1]) if found else None


def _plain(value: Fraction) -> float:
    return value.numerator if value.denominator == 1 else float(value)


_PARSERS: Mapping[type, Callable[[Scan, int], tuple[Any, int] | None]] = {
    Expression: sum_in_words,
    Ordinal: _ordinal,
    Spelled: spelled,
}
