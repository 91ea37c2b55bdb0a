import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from assistant.handlers.timekeeping.clock import next_time


@pytest.mark.parametrize(
    ("hour", "minute", "english", "spanish"),
    [
        (17, 0, "It's five o'clock.", "Son las cinco."),
        (13, 15, "It's one fifteen.", "Es la una y cuarto."),
        (12, 0, "It's noon.", "Es mediodía."),
        (0, 30, "It's twelve thirty.", "Son las doce y media."),
        (0, 0, "It's midnight.", "Es medianoche."),
    ],
)
def test_time(device, hour, minute, english, spanish):
    device.now = device.now.replace(hour=hour, minute=minute)
    assert device.say("what time is it") == english
    assert device.say("qué hora es", "es") == spanish


@pytest.mark.parametrize(
    ("language", "question", "answer"),
    [
        ("en", "what day is it", "It's Saturday, November twenty-second."),
        ("en", "what is the date", "It's Saturday, November twenty-second."),
        ("en", "what year is it", "It's twenty twenty-five."),
        ("en", "what month is it", "It's November."),
        ("en", "what time will it be in three hours", "It will be eight o'clock in the evening."),
        (
            "en",
            "what time will it be in fifty hours",
            "It will be seven o'clock in the evening on Monday, November twenty-fourth.",
        ),
        ("en", "what date will it be in ten days", "It will be Tuesday, December second."),
        ("en", "how long until half past seven", "In two hours and thirty minutes."),
        ("en", "how long until midnight", "In seven hours."),
        ("en", "what day is Christmas", "That is Thursday, December twenty-fifth."),
        ("en", "what day is May 5th", "That is Tuesday, May fifth, twenty twenty-six."),
        ("en", "how many days until Christmas", "Thirty-three days."),
        ("en", "how many days until tomorrow", "One day: it's tomorrow."),
        ("en", "how many days until today", "That is today."),
        ("en", "how many days until May 5th 2025", "That was two hundred one days ago."),
        ("es", "qué día es hoy", "Hoy es sábado veintidós de noviembre."),
        ("es", "en qué año estamos", "Estamos en dos mil veinticinco."),
        ("es", "qué hora será dentro de tres horas", "Serán las ocho de la noche."),
        ("es", "qué hora será dentro de ocho horas", "Será la una de la madrugada."),
        ("es", "cuántos días faltan para Navidad", "Faltan treinta y tres días."),
        ("es", "cuánto falta para las seis y media", "Dentro de una hora y treinta minutos."),
    ],
)
def test_answers(device, language, question, answer):
    assert device.say(question, language) == answer


@pytest.mark.parametrize("question", ["what time will it be in", "what date will it be in"])
def test_what_is_too_far_away_is_told(device, question):
    reply = device.ask(f"{question} nine hundred thousand weeks")
    assert (reply.ok, reply.text) == (False, "That is too far away for me.")


def test_the_next_time_is_on_the_wall_clock_when_clocks_change():
    madrid = ZoneInfo("Europe/Madrid")
    evening = dt.datetime(2026, 3, 28, 22, 0, tzinfo=madrid)  # clocks go forward at night
    seven = next_time(dt.time(7), evening)
    assert (seven.hour, seven.day) == (7, 29)
    assert seven.astimezone(dt.UTC) - evening.astimezone(dt.UTC) == dt.timedelta(hours=8)


def test_whether_an_hour_has_come(device):
    assert device.say("is it five yet") == "Yes, it is."
    assert device.say("is it six yet") == "Not yet: it's five o'clock."
    assert device.say("is it past noon") == "It is later: five o'clock."
    assert device.say("is it past six pm") == "Not yet: it's five o'clock."
    assert device.say("is it am or pm") == "It's five o'clock in the afternoon."


def test_days_of_this_month_and_of_other_years(device):
    assert device.say("what day does the twenty fifth fall on") == (
        "That is Tuesday, November twenty-fifth."
    )
    assert device.say("what day is the fifth of this month").startswith("That is Wednesday")
    assert device.say("when is easter next year") == (
        "That is Sunday, April fifth, twenty twenty-six."
    )
    assert device.say("on what day did easter fall this year").startswith("I only know the next")
    assert device.say("is it the twenty second today").startswith("Yes")
    assert device.say("is it the fifteenth today").startswith("No")
