"""Public holidays, of the country of the time zone or of a place."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest


@pytest.fixture
def madrid(device):
    device.now = dt.datetime(2026, 4, 1, 10, tzinfo=ZoneInfo("Europe/Madrid"))
    return device


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("en", "when is the next public holiday",
         "The next public holiday is Good Friday, Friday, April third."),
        ("es", "cuándo es el próximo festivo",
         "El próximo festivo es el viernes tres de abril: Viernes Santo."),
        ("en", "is the first of may a holiday",
         "Yes, Friday, May first is a public holiday: Labor Day."),
        ("en", "is tomorrow a public holiday", "No, tomorrow is no public holiday."),
        ("es", "es festivo el 4 de mayo", "No, el lunes cuatro de mayo no es festivo."),
        ("en", "what holidays are there next month",
         "There is one: Labor Day, Friday, May first."),
        ("es", "qué festivos hay la semana que viene", "No hay ningún festivo en esos días."),
    ],
)  # fmt: skip
def test_answers(madrid, language, question, answer):
    assert madrid.say(question, language) == answer


def test_elsewhere(madrid):
    assert "in Mexico" in madrid.say("when is the next holiday in Mexico")
    assert "place called" in madrid.say("when is the next holiday in Qwertzuiop")


def test_without_a_country_it_says_what_to_do(madrid):
    madrid.now = madrid.now.astimezone(dt.UTC)
    assert "time zone" in madrid.say("when is the next holiday")
    assert "zona horaria" in madrid.say("cuándo es el próximo festivo", "es")
    assert "in Spain" in madrid.say("when is the next holiday in Spain")


def test_the_year_after_is_looked_at(madrid):
    madrid.now = madrid.now.replace(month=12, day=31)
    assert "New Year's Day" in madrid.say("when is the next holiday")
