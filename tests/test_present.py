"""What is asked about this device is told by the function that looks, never made up."""

import pytest

from assistant import config
from assistant.assemble import Engines
from assistant.present import Present, called, topic, unsaid
from assistant.types import Origin, Reply
from tests.bus import no_buses  # noqa: F401 - a fixture


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("Have you got the time?", "clock.time"),
        ("Do you know the exact time?", "clock.time"),
        ("how late is it", "clock.time"),
        ("Which day of the week do we have today?", "clock.date"),
        ("Could you tell me the date, please?", "clock.date"),
        ("How much juice have you got left?", "battery.level"),
        ("Is the laptop charged enough?", "battery.level"),
        ("How full is your battery right now?", "battery.level"),
        ("Does a timer still run?", "timers.listing"),
        ("When is that timer over?", "timers.listing"),
        ("When do I have to get up?", "alarms.next"),
        ("How loud are you?", "volume.level"),
        ("What is the time signature of a waltz?", ""),
        ("What was the time of the first moon landing?", ""),
        ("Which day is the national holiday in France?", ""),
        ("How does a battery work?", ""),
        ("How much is left of the Amazon forest?", ""),
        ("Who invented the alarm clock?", ""),
        ("Why is the sky blue?", ""),
        ("How loud is a jet plane?", ""),
        ("What is the capital of France?", ""),
    ],
)
def test_english(text, function):
    assert topic(text, "en") == function


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("¿Tienes hora? Dime qué hora es", "clock.time"),
        ("¿Sabes qué hora tenemos?", "clock.time"),
        ("¿A qué día de la semana estamos? ¿Qué día tenemos?", "clock.date"),
        ("¿Cuánta batería te queda?", "battery.level"),
        ("¿Está el portátil cargado lo suficiente?", "battery.level"),
        ("¿Cuánto le falta al temporizador?", "timers.listing"),
        ("¿A qué hora me tengo que levantar?", "alarms.next"),
        ("¿Cómo de alto suenas?", "volume.level"),
        ("¿Cómo funciona una batería?", ""),
        ("¿Quién inventó el despertador?", ""),
        ("¿Por qué el cielo es azul?", ""),
        ("¿En qué fecha nació Cervantes?", ""),
    ],
)
def test_spanish(text, function):
    assert topic(text, "es") == function


def test_who_it_is_and_who_the_user_is():
    present = Present(lambda *_: None, "Nabu")
    assert present.known("What's your name?", "en").text.endswith("you call me Nabu.")
    assert present.known("¿Cómo te llamas?", "es").text.endswith("me llamas Nabu.")
    assert Present(lambda *_: None).known("who are you", "en").text.endswith("I have no name.")
    assert present.known("Do you know my name?", "en").origin == Origin("nobody")
    assert present.known("¿Quién soy?", "es").text == "No me has dicho cómo te llamas."
    assert present.known("what is the name of the rose", "en") is None


def test_who_the_user_is_was_told():
    present = Present(lambda *_: Reply("You are Sam.", "en"))
    found = present.known("Do you know who I am?", "en")
    assert (found.text, found.origin) == ("You are Sam.", Origin("functions", "memory.my_name"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What's the wifi password?", "en"),
        ("What is my PIN?", "en"),
        ("tell me the pin code of my card", "en"),
        ("Do you know the alarm code?", "en"),
        ("¿Cuál es la contraseña del wifi?", "es"),
        ("dime el PIN de la tarjeta", "es"),
        ("¿cuál es el código de la alarma?", "es"),
    ],
)
def test_no_model_makes_up_a_password(text, language):
    assert unsaid(text, language).origin == Origin("nobody")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is a password?", "en"),
        ("What is the Morse code for S?", "en"),
        ("What is the country code of Spain?", "en"),
        ("Who invented the PIN?", "en"),
        ("¿Cuál es la clave del éxito?", "es"),
        ("¿Cuál es el código postal de Bilbao?", "es"),
    ],
)
def test_other_questions_about_codes_are_for_others(text, language):
    assert unsaid(text, language) is None


def test_the_name_is_that_of_the_wake_word():
    assert called("okay nabu") == "Nabu"
    assert called("alexa") == "Alexa"
    assert called("none") == called("") == ""


def test_a_function_that_is_not_here_leaves_it_to_others():
    asked = []

    def look(intent, text, language):
        asked.append(intent.function)

    assert Present(look).known("How full is your battery?", "en") is None
    assert asked == ["battery.level"]
    found = Present(lambda *_: Reply("It is noon.", "en")).known("Have you got the time?", "en")
    assert (found.text, found.origin) == ("It is noon.", Origin("functions", "clock.time"))


def test_the_director_asks_it_first(no_buses):  # noqa: F811
    from assistant.worker import Cancel

    settings = ["trace.enabled=false", "think.model=none", "think.larger=none"]
    engines = Engines(config.load(settings).config)
    detail = {}
    try:
        thought = engines.stages.director.begin(
            "Have you got the time?", language="en", history=[], facts=[],
            cancel=Cancel(), detail=detail,
        )  # fmt: skip
        assert " ".join(thought.sentences).startswith("It")
        assert detail == {"by": "functions", "what": "clock.time"}
        secret = engines.stages.director.begin(
            "What's the wifi password?", language="en", history=[], facts=[],
            cancel=Cancel(), detail={},
        )  # fmt: skip
        assert list(secret.sentences) == ["You have not told me that."]
    finally:
        engines.__exit__()
