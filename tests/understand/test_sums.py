"""Sums, quantities and money in sentences."""

import contextlib
from fractions import Fraction

import pytest
from hypothesis import assume, given, strategies as st

from assistant import spoken
from assistant.arithmetic import (
    DivisionByZeroError,
    Expression,
    NoRealResultError,
    TooLargeError,
    evaluate,
)
from assistant.quantities import Money, Ordinal, Percent, Quantity, Spelled
from assistant.understand.normalize import words
from assistant.understand.values import find
from assistant.units import UNITS
from tests.understand.conftest import NOW


def only(text, language, kind):
    spans = find(words(text, language), language, NOW)
    [value] = [span.readings[kind] for span in spans if kind in span.readings]
    return value


@pytest.mark.parametrize(
    ("language", "text", "result"),
    [
        ("en", "15 percent of 80", 12),
        ("en", "15% of 80", 12),
        ("en", "seven times eight", 56),
        ("en", "two plus three times four", 14),
        ("en", "5 + 3 * 2 - 1", 10),
        ("en", "10 - 4", 6),
        ("en", "20 divided by 8", Fraction(5, 2)),
        ("en", "ten over four", Fraction(5, 2)),
        ("en", "square root of 144", 12),
        ("en", "the cube root of 27", 3),
        ("en", "two to the power of ten", 1024),
        ("en", "three squared plus four squared", 25),
        ("en", "five factorial", 120),
        ("en", "half of 30", 15),
        ("en", "a third of 90", 30),
        ("en", "three quarters of 20", 15),
        ("en", "twice 21", 42),
        ("en", "100 plus 10 percent", 110),
        ("en", "80 minus 25%", 60),
        ("en", "20 percent off of 80", 64),
        ("en", "20% off 80", 64),
        ("en", "thirty percent off a hundred and twenty dollars", 84),
        ("en", "a 25 percent discount on 60 euros", 45),
        ("en", "a discount of 10 percent on 50", 45),
        ("en", "80 dollars with 20 percent off", 64),
        ("en", "80 with a 20 percent discount", 64),
        ("es", "el 20 por ciento de descuento sobre 80", 64),
        ("es", "un treinta por ciento de descuento en ciento veinte euros", 84),
        ("es", "ochenta con un veinte por ciento de descuento", 64),
        ("es", "80 euros menos el 20 por ciento de descuento", 64),
        ("en", "the sum of two and three", 5),
        ("en", "minus five plus two", -3),
        ("en", "one point five times two", 3),
        ("es", "siete por ocho", 56),
        ("es", "la mitad de 30", 15),
        ("es", "el quince por ciento de ochenta", 12),
        ("es", "diez entre cuatro", Fraction(5, 2)),
        ("es", "veinte dividido entre cinco", 4),
        ("es", "cien más diez por ciento", 110),
        ("es", "raíz cuadrada de ciento cuarenta y cuatro", 12),
        ("es", "dos elevado a diez", 1024),
        ("es", "cinco al cuadrado", 25),
        ("es", "el doble de 21", 42),
        ("es", "ocho menos tres", 5),
        ("es", "2 + 2", 4),
    ],
)
def test_sums(language, text, result):
    assert evaluate(only(text, language, Expression)) == result


@pytest.mark.parametrize("text", ["seven", "15 percent", "two and three", "half past seven"])
def test_no_sum(text):
    spans = find(words(text, "en"), "en", NOW)
    assert not any(Expression in span.readings for span in spans)


OPERATORS = {"en": {"+": "plus", "-": "minus", "*": "times", "/": "divided by"},
             "es": {"+": "más", "-": "menos", "*": "por", "/": "entre"}}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
@given(
    first=st.integers(0, 10**6),
    rest=st.lists(
        st.tuples(st.sampled_from("+-*/"), st.integers(1, 10**6)), min_size=1, max_size=4
    ),
)
def test_a_spoken_sum_comes_to_what_python_makes_of_it(language, first, rest):
    # "cero por ciento un mil" may be a percentage as well
    percent = any(op == "*" and spoken.number(n, "es").startswith("ciento") for op, n in rest)
    assume(language == "en" or not percent)
    said = [spoken.number(first, language)]
    written = f"Fraction({first})"
    for operator, value in rest:
        said += [OPERATORS[language][operator], spoken.number(value, language)]
        written += f" {operator} Fraction({value})"
    expected = eval(written, {"Fraction": Fraction})
    assert evaluate(only(" ".join(said), language, Expression)) == expected


NUMBERS = st.fractions(max_denominator=10**6)
TREES = st.recursive(
    NUMBERS,
    lambda inner: st.one_of(
        st.builds(lambda op, a, b: Expression(op, (a, b)), st.sampled_from("+-*/^"), inner, inner),
        st.builds(
            lambda op, a: Expression(op, (a,)),
            st.sampled_from(["square root", "cube root", "factorial", "percent"]),
            inner,
        ),
    ),
    max_leaves=8,
)


@given(TREES)
def test_any_tree_has_a_result_or_a_reason_and_soon(tree):
    with contextlib.suppress(DivisionByZeroError, TooLargeError, NoRealResultError):
        assert abs(evaluate(tree)) <= 1e300


def test_huge_powers_do_not_hang():
    tower = Expression("^", (Fraction(9), Expression("^", (Fraction(9), Fraction(9)))))
    for tree in (tower, Expression("^", (Fraction(10**6), Fraction(10**12)))):
        with pytest.raises(TooLargeError):
            evaluate(tree)


@pytest.mark.parametrize(
    ("language", "text", "kind", "value"),
    [
        ("en", "5 miles", Quantity, Quantity(5, "mile")),
        ("en", "half a cup", Quantity, Quantity(0.5, "cup")),
        ("en", "a cup and a half", Quantity, Quantity(1.5, "cup")),
        ("en", "six feet three inches", Quantity, Quantity(6.25, "foot")),
        ("en", "100 degrees fahrenheit", Quantity, Quantity(100, "degree_Fahrenheit")),
        ("en", "20°C", Quantity, Quantity(20, "degree_Celsius")),
        ("en", "60 mph", Quantity, Quantity(60, "mile / hour")),
        ("en", "two square meters", Quantity, Quantity(2, "meter ** 2")),
        ("es", "cinco kilómetros por hora", Quantity, Quantity(5, "kilometer / hour")),
        ("es", "media taza", Quantity, Quantity(0.5, "cup")),
        ("es", "dos kilos y medio", Quantity, Quantity(2.5, "kilogram")),
        ("es", "3 metros cuadrados", Quantity, Quantity(3, "meter ** 2")),
        ("en", "$20", Money, Money(20, "USD")),
        ("en", "twenty dollars", Money, Money(20, "USD")),
        ("en", "five euros and ten cents", Money, Money(5.1, "EUR")),
        ("en", "100 canadian dollars", Money, Money(100, "CAD")),
        ("es", "veinte euros", Money, Money(20, "EUR")),
        ("es", "dos millones de pesos mexicanos", Money, Money(2_000_000, "MXN")),
        ("en", "thirty percent", Percent, 30),
        ("es", "30 %", Percent, 30),
        ("en", "three quarters", Fraction, Fraction(3, 4)),
        ("es", "un tercio", Fraction, Fraction(1, 3)),
        ("en", "the second one", Ordinal, 2),
        ("en", "the last one", Ordinal, -1),
        ("es", "la tercera", Ordinal, 3),
        ("en", "a b c", Spelled, "abc"),
        ("es", "be ce de", Spelled, "bcd"),
    ],
)
def test_values_of_a_kind(language, text, kind, value):
    assert only(text, language, kind) == value


@pytest.mark.parametrize("language", ["en", "es"])
@given(n=st.integers(2, 10**6), unit=st.sampled_from(sorted(UNITS["en"])))
def test_a_spoken_quantity_is_read_as_itself(language, n, unit):
    quantity = Quantity(n, unit)
    assert only(spoken.quantity(quantity, language), language, Quantity) == quantity


@pytest.mark.parametrize("language", ["en", "es"])
@given(n=st.integers(2, 10**6), code=st.sampled_from(["USD", "EUR", "GBP", "MXN", "JPY", "BRL"]))
def test_spoken_money_is_read_as_itself(language, n, code):
    assert only(spoken.money(Money(n, code), language), language, Money) == Money(n, code)
