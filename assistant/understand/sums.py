"""Sums in words: "seven times eight", "15 percent of 80", "la raíz cuadrada de 2".

The function takes tokens and an index, and gives the sum as a tree and the index after it; None
where there is no operator: a number alone is no sum.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction

from assistant.arithmetic import Expression
from assistant.understand.discounts import discount
from assistant.understand.extract.counted import amount
from assistant.understand.extract.scan import Scan

_Tree = Expression | Fraction
_Found = tuple[_Tree, int] | None

_DEPTH = 8  # of brackets and roots within each other


def _phrases(table: Mapping[str, str]) -> list[tuple[tuple[str, ...], str]]:
    """The longest first."""
    pairs = [(tuple(text.split()), op) for texts, op in table.items() for text in texts.split("|")]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


_ADD = {
    "en": _phrases({"plus|added to|and then add": "+", "minus|subtract|take away": "-"}),
    "es": _phrases({"mas|sumado a": "+", "menos": "-"}),
}
_MULTIPLY = {
    "en": _phrases(
        {
            "times|multiplied by|x|multiply by": "*",
            "divided by|over": "/",
            "modulo|mod": "remainder",
        }
    ),
    "es": _phrases(
        {
            "por|multiplicado por|multiplicada por|veces|x": "*",
            "entre|dividido entre|dividido por|dividido|dividida por": "/",
            "modulo": "remainder",
        }
    ),
}
_POWER = {
    "en": _phrases({"to the power of|raised to the power of|raised to|to the power": "^"}),
    "es": _phrases({"elevado a la|elevado a|a la potencia de|a la potencia": "^"}),
}
# after a number: the exponent
_SQUARED = {
    "en": _phrases({"squared": "2", "cubed": "3"}),
    "es": _phrases({"al cuadrado": "2", "al cubo": "3"}),
}
_ROOTS = {
    "en": _phrases(
        {
            "the square root of|square root of|root of": "square root",
            "the cube root of|cube root of|the cubic root of": "cube root",
            "the factorial of|factorial of": "factorial",
        }
    ),
    "es": _phrases(
        {
            "la raiz cuadrada de|raiz cuadrada de|la raiz de|raiz de": "square root",
            "la raiz cubica de|raiz cubica de": "cube root",
            "el factorial de|factorial de": "factorial",
        }
    ),
}
# before a number: what it is multiplied with
_MULTIPLES = {
    "en": _phrases(
        {
            "half of|one half of|a half of|the half of": "1/2",
            "a third of|one third of": "1/3",
            "a quarter of|one quarter of|a fourth of": "1/4",
            "double|twice|two times": "2",
            "triple|thrice": "3",
        }
    ),
    "es": _phrases(
        {
            "la mitad de": "1/2",
            "un tercio de|la tercera parte de": "1/3",
            "un cuarto de|la cuarta parte de": "1/4",
            "el doble de": "2",
            "el triple de": "3",
        }
    ),
}
_JOINED = {  # "the sum of two and three"
    "en": _phrases({"the sum of": "+", "the product of": "*", "the difference between": "-"}),
    "es": _phrases({"la suma de": "+", "el producto de": "*", "la diferencia entre": "-"}),
}
# "multiply 7 by 42": the operator, and the words between the two
_VERBS = {
    "en": {
        "multiply": ("*", ("by", "and", "with", "times")),
        "divide": ("/", ("by",)),
        "add": ("+", ("and", "to", "plus")),
        "subtract": ("from", ("from",)),
        "take": ("from", ("from",)),
    },
    "es": {
        "multiplica": ("*", ("por", "y")),
        "multiplicar": ("*", ("por", "y")),
        "divide": ("/", ("entre", "por")),
        "dividir": ("/", ("entre", "por")),
        "suma": ("+", ("y", "mas", "a")),
        "sumar": ("+", ("y", "mas", "a")),
        "resta": ("from", ("de", "a")),
        "restar": ("from", ("de", "a")),
    },
}
_CONSTANTS = {"pi": Fraction(math.pi)}
_AND, _OF = {"en": "and", "es": "y"}, {"en": "of", "es": "de"}


def sum_in_words(s: Scan, i: int) -> tuple[Expression, int] | None:
    """The longest sum that begins here."""
    found = _ordered(s, i) or discount(s, i) or _sum(s, i, 0)
    if found is None or not isinstance(found[0], Expression) or found[0].operator == "percent":
        return None
    return found[0], found[1]


def _ordered(s: Scan, i: int) -> _Found:
    """ "divide 100 by 20", "subtract 3 from 10", "add 5 and 89"."""
    verb = _VERBS[s.language].get(s.at(i))
    if verb is None:
        return None
    i += s.at(i + 1) == "up"
    left = amount(s, i + 1)
    if left is None or s.at(left.end) not in verb[1]:
        return None
    right = amount(s, left.end + 1)
    if right is None:
        return None
    pair = left.value, right.value
    if verb[0] == "from":
        return Expression("-", pair[::-1]), right.end
    return Expression(verb[0], pair), right.end


def _sum(s: Scan, i: int, depth: int) -> _Found:
    return _chain(s, i, depth, _ADD[s.language], _product)


def _product(s: Scan, i: int, depth: int) -> _Found:
    return _chain(s, i, depth, _MULTIPLY[s.language], _raised)


def _chain(
    s: Scan,
    i: int,
    depth: int,
    operators: list[tuple[tuple[str, ...], str]],
    part: Callable[[Scan, int, int], _Found],
) -> _Found:
    """Parts joined by operators of one rank, from left to right."""
    found = part(s, i, depth)
    while found and (operator := _one_of(operators, s, found[1])):
        right = part(s, operator[1], depth)
        if right is None:
            break
        found = _joined_by(operator[0], found[0], right[0]), right[1]
    return found


def _joined_by(operator: str, left: _Tree, right: _Tree) -> Expression:
    """ "80 plus 10 percent" adds a tenth of the 80."""
    if operator in "+-" and isinstance(right, Expression) and right.operator == "percent":
        return Expression("*", (left, Expression(operator, (Fraction(1), right))))
    return Expression(operator, (left, right))


def _raised(s: Scan, i: int, depth: int) -> _Found:
    """ "three squared", "two to the power of ten", "two to the tenth"."""
    found = _atom(s, i, depth)
    if found is None:
        return None
    if exponent := _one_of(_SQUARED[s.language], s, found[1]):
        return Expression("^", (found[0], Fraction(exponent[0]))), exponent[1]
    if power := _one_of(_POWER[s.language], s, found[1]):
        right = _atom(s, power[1], depth + 1)
        if right:
            return Expression("^", (found[0], right[0])), right[1]
    if s.at(found[1]) == "factorial":
        return Expression("factorial", (found[0],)), found[1] + 1
    return found


def _atom(s: Scan, i: int, depth: int) -> _Found:
    if depth > _DEPTH:
        return None
    if root := _one_of(_ROOTS[s.language], s, i):
        inner = _raised(s, root[1], depth + 1)
        return (Expression(root[0], (inner[0],)), inner[1]) if inner else None
    if joined := _one_of(_JOINED[s.language], s, i):
        return _joined(s, joined, depth)
    if multiple := _one_of(_MULTIPLES[s.language], s, i):
        inner = _raised(s, multiple[1], depth + 1)
        if inner:
            return Expression("*", (Fraction(multiple[0]), inner[0])), inner[1]
    i += s.language == "es" and s.at(i) == "el"  # "el 15 por ciento de 80"
    if constant := _CONSTANTS.get(s.at(i)):
        return constant, i + 1
    found = amount(s, i)
    if found is None:
        return None
    value, end = found.value, found.end
    share: _Tree = Expression("percent", (value,)) if found.percent else value
    if found.percent or value.denominator > 1:  # "15 percent of 80", "three quarters of 20"
        of = _OF[s.language]
        after = end + (s.at(end) == of)
        after += s.language == "es" and after > end and s.at(after) == "los"
        inner = _raised(s, after, depth + 1) if after > end else None
        if inner:
            return Expression("*", (share, inner[0])), inner[1]
    return share, end


def _joined(s: Scan, joined: tuple[str, int], depth: int) -> _Found:
    left = _product(s, joined[1], depth + 1)
    while left:
        right = _product(s, left[1] + (s.at(left[1]) == _AND[s.language]), depth)
        if right is None:
            break
        left = Expression(joined[0], (left[0], right[0])), right[1]
    return left if left and isinstance(left[0], Expression) else None


def _one_of(phrases: list[tuple[tuple[str, ...], str]], s: Scan, i: int) -> tuple[str, int] | None:
    """What the phrase that stands here means, and the index after it."""
    first = s.at(i)
    for phrase, meaning in phrases:
        if phrase[0] == first and tuple(s.words[i : i + len(phrase)]) == phrase:
            return meaning, i + len(phrase)
    return None
