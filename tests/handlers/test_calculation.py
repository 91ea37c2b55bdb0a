"""What is answered to sums, units and money."""

import datetime as dt
import importlib.resources
import json

import pytest

from assistant.handlers import Request
from assistant.handlers.calculation.measures import convert
from assistant.handlers.calculation.rates import Rates
from assistant.quantities import Money, Quantity
from assistant.units import KINDS


@pytest.mark.parametrize(
    ("language", "asked", "answer"),
    [
        ("en", "what is 15 percent of 80", "Twelve."),
        ("en", "what is 10 divided by 3", "About three point three three."),
        ("en", "square root of 2", "About one point four one."),
        ("en", "what is one divided by 300", "About zero point zero zero three three."),
        (
            "en",
            "2 to the power of 64",
            "About one point eight four times ten to the power of nineteen.",
        ),
        ("en", "0.1 + 0.2", "Zero point three."),
        ("en", "three minus five", "Minus two."),
        ("en", "what is ten divided by zero", "Nothing can be divided by zero."),
        ("en", "square root of minus 4", "That has no result among the real numbers."),
        (
            "en",
            "what's a 20 percent tip on $45",
            "The tip is nine dollars, fifty-four dollars in all.",
        ),
        ("en", "how many cups in a litre", "About four point two three cups."),
        (
            "en",
            "convert 100 fahrenheit to celsius",
            "About thirty-seven point seven eight degrees Celsius.",
        ),
        (
            "en",
            "what is 100 degrees in celsius",
            "About thirty-seven point seven eight degrees Celsius.",
        ),
        ("en", "how many ounces in a pint", "Sixteen fluid ounces."),
        ("en", "how many ounces in a pound", "Sixteen ounces."),
        ("en", "convert 5 miles to kilos", "Miles and kilograms do not measure the same thing."),
        ("es", "cuánto es la mitad de 30", "Quince."),
        ("es", "cuánto es diez entre tres", "Aproximadamente tres coma treinta y tres."),
        ("es", "cuántos metros hay en una milla", "Unos mil seiscientos nueve metros."),
        ("es", "diez entre cero", "No se puede dividir entre cero."),
        ("es", "convierte dos kilos a millas", "Kilos y millas no miden lo mismo."),
    ],
)
def test_answers(device, language, asked, answer):
    assert device.say(asked, language) == answer


def test_a_huge_power_is_answered_at_once(device):
    assert "three hundred digits" in device.say("what is 9 to the power of 999999999999")


def test_money_at_the_rate_of_the_bank_and_its_day(device):
    file = importlib.resources.files("currency_converter") / "eurofxref.csv"
    names, values = [line.split(", ") for line in file.read_text("utf-8").splitlines()[:2]]
    rate = float(values[names.index("USD")])
    day = dt.datetime.strptime(values[0], "%d %B %Y")
    answer = device.say("how much is 1000 euros in dollars")
    assert day.strftime("%B") in answer
    rates = Rates(device.family("calculation")._rates._path)
    assert rates.find("EUR", "USD").value == rate
    assert rates.find("USD", "EUR").value == pytest.approx(1 / rate)
    assert rates.find("USD", "USD").value == 1


def test_a_rate_of_ones_own_is_kept_used_and_undone(device):
    assert "no exchange rate" in device.say("how many argentine pesos is 20 dollars")
    reply = device.ask("one dollar is worth 1400 argentine pesos")
    assert (
        reply.text == "From now on one dollar is worth one thousand four hundred Argentine pesos."
    )
    said = device.say("how many argentine pesos is 20 dollars")
    assert said.startswith("Twenty-eight thousand Argentine pesos, at the rate of")
    assert "November twenty-second" in said
    assert device.say("1400 argentine pesos in dollars").startswith("One dollar, at")
    reply.undo()
    assert "no exchange rate" in device.say("how many argentine pesos is 20 dollars")


@pytest.mark.parametrize(
    ("code", "rate", "told", "told_es"),
    [
        ("KRW", 0.00067, "Ten thousand won is six euros and seventy cents",
         "Diez mil wones son seis euros con setenta"),
        ("JPY", 0.0057, "One thousand yen is five euros and seventy cents",
         "Mil yenes son cinco euros con setenta"),
        ("IDR", 0.000052, "One hundred thousand Indonesian rupiah is five euros and twenty cents",
         "Cien mil rupias indonesias son cinco euros con veinte"),
        ("USD", 0.92, "One dollar is", "Un dólar es"),
    ],
)  # fmt: skip
def test_of_small_currencies_so_many_are_told_as_are_worth_something(
    device, code, rate, told, told_es
):
    calculation = device.family("calculation")
    calculation._rates.set(code, "EUR", rate, dt.date(2025, 11, 1))
    for language, begins in (("en", told), ("es", told_es)):
        reply = calculation.rate(Request("", language, device.now), origin=code)
        assert reply.text.startswith(begins)


def test_what_is_worth_nearly_nothing_is_not_zero(device):
    calculation = device.family("calculation")
    calculation._rates.set("IDR", "EUR", 0.000052, dt.date(2025, 11, 1))
    five = Money(5, "IDR")
    assert calculation.exchange(Request("", "en", device.now), five, "EUR").text.startswith(
        "Less than one cent, at the rate of"
    )
    assert calculation.exchange(Request("", "es", device.now), five, "EUR").text.startswith(
        "Menos de un céntimo, al cambio"
    )
    calculation._rates.set("IDR", "CHF", 0.00005, dt.date(2025, 11, 1))
    assert calculation.exchange(Request("", "en", device.now), five, "CHF").text.startswith(
        "Less than a hundredth of one Swiss franc"
    )


def test_a_rate_that_is_none_is_refused(device):
    assert "above zero" in device.say("one dollar is worth 0 euros")
    assert "above zero" in device.say("one dollar is worth 2 dollars")


def test_a_file_of_rates_that_cannot_be_read_is_said_and_left_alone(device):
    path = device.family("calculation")._rates._path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{not json")
    assert "cannot be read" in device.say("how much is 20 dollars in euros")
    assert "cannot be read" in device.say("one dollar is worth 3 euros")
    assert path.read_text() == "{not json"


def test_the_users_file_is_plain_json(device):
    device.say("one pound is worth 1.2 euros")
    stored = json.loads(device.family("calculation")._rates._path.read_text())
    assert stored == {"GBP/EUR": {"rate": 1.2, "date": "2025-11-22"}}


@pytest.fixture(scope="module")
def pint_units():
    import pint

    return pint.UnitRegistry()


@pytest.mark.parametrize("kind", sorted(set(KINDS.values())))
def test_every_unit_is_what_pint_says_and_converts_within_its_kind(kind, pint_units):
    units = [unit for unit, its_kind in KINDS.items() if its_kind == kind]
    for unit in units:
        there = convert(Quantity(3, units[0]), unit)
        assert there.value == pytest.approx(pint_units.Quantity(3.0, units[0]).to(unit).magnitude)
        assert convert(there, units[0]).value == pytest.approx(3), unit
