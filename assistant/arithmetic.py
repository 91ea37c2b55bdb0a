"""Sums as trees, and what they come to: exact where that can be, and always soon. A leaf.

No text is ever evaluated: the tree is made by a parser, and has the operators below only.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

_MOST_BITS = 1024  # of an exact result; longer ones become floating-point numbers
_LARGEST = 1e300
_MOST_FACTORIAL = 170


class DivisionByZeroError(ArithmeticError):
    """Something was divided by nothing."""


class TooLargeError(ArithmeticError):
    """The result has more than 300 digits."""


class NoRealResultError(ArithmeticError):
    """The square root of a negative number, the factorial of a half."""


@dataclass(frozen=True, slots=True)
class Expression:
    """An operator and what it is applied to."""

    operator: str  # a key of OPERATORS
    operands: tuple[Expression | Fraction, ...]


def evaluate(tree: Expression | Fraction) -> Fraction | float:
    """What it comes to. Raises DivisionByZeroError, TooLargeError or NoRealResultError."""
    if isinstance(tree, Fraction):
        return tree
    values = [evaluate(operand) for operand in tree.operands]
    try:
        result: Fraction | float = OPERATORS[tree.operator](*values)
        return _checked(result)
    except ZeroDivisionError:
        raise DivisionByZeroError from None
    except OverflowError:
        raise TooLargeError from None


def _checked(value: Fraction | float) -> Fraction | float:
    if not math.isnan(value) and not -_LARGEST <= value <= _LARGEST:
        raise TooLargeError
    if isinstance(value, Fraction):
        bits = value.numerator.bit_length() + value.denominator.bit_length()
        return value if bits <= _MOST_BITS else float(value)
    if math.isnan(value):
        raise NoRealResultError
    return value


def _power(base: Fraction | float, exponent: Fraction | float) -> Fraction | float:
    """Exact when both are whole and the result is short: whether it is, is known beforehand."""
    if base == 0 and exponent < 0:
        raise DivisionByZeroError
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        bits = base.numerator.bit_length() + base.denominator.bit_length()
        if bits * abs(exponent.numerator) <= _MOST_BITS:
            return Fraction(base**exponent.numerator)
    if base < 0 and exponent != int(exponent):
        raise NoRealResultError
    return float(float(base) ** float(exponent))


def _root(value: Fraction | float, n: int) -> Fraction | float:
    if value < 0 and n % 2 == 0:
        raise NoRealResultError
    root = round(abs(float(value)) ** (1 / n))
    if root**n == abs(value):
        return Fraction(root if value >= 0 else -root)
    return math.copysign(abs(float(value)) ** (1 / n), float(value))


def _factorial(value: Fraction | float) -> Fraction:
    if value < 0 or value != int(value):
        raise NoRealResultError
    if value > _MOST_FACTORIAL:
        raise TooLargeError
    return Fraction(math.factorial(int(value)))


OPERATORS: dict[str, Callable[..., Fraction | float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": _power,
    "percent": lambda a: a / 100,
    "square root": lambda a: _root(a, 2),
    "cube root": lambda a: _root(a, 3),
    "factorial": _factorial,
    "remainder": lambda a, b: a % b,
}
