"""Dialogues, line by line: what is said, and what is answered."""

import pytest

from assistant.handlers.naming import no_longer
from assistant.types import Several


def play(house, dialogue, language="en"):
    for said, expected in dialogue:
        assert house.say(said, language) == expected, said


# -- several commands -----------------------------------------------------------------------------

SEVERAL = {
    "en": [
        ("turn it down and set a timer for ten minutes", ["level.down", "timers.start"]),
        ("Turn it down, then turn on the light.", ["level.down", "lamps.switch"]),
        ("turn it down, set the brightness to forty and turn off the kitchen light",
         ["level.down", "screen.set", "lamps.switch"]),
        ("turn on the kitchen light and the bedroom light", ["lamps.switch", "lamps.switch"]),
        ("set a timer for ten minutes and another for twenty minutes",
         ["timers.start", "timers.start"]),
        ("what time is it and turn it up please", ["clock.time", "level.up"]),
        ("add salt and pepper to my list", ["lists.add"]),
        ("add milk to my list and turn it down", ["lists.add", "level.down"]),
        ("remind me to call mom and turn it down", ["lists.remind"]),
        ("remind me to call mom and then turn it down", ["lists.remind", "level.down"]),
        ("set a timer for one hour and ten minutes", ["timers.start"]),
        ("turn it down and set the kitchen on fire", []),
    ],
    "es": [
        ("apaga la luz y pon un temporizador de diez minutos", ["lamps.switch", "timers.start"]),
        ("bájalo, y luego enciende la luz de la cocina", ["level.down", "lamps.switch"]),
        ("añade sal y pimienta a la lista", ["lists.add"]),
        ("pon un temporizador de diez minutos y otro de veinte minutos",
         ["timers.start", "timers.start"]),
        ("enciende la luz de la cocina y la del dormitorio", ["lamps.switch", "lamps.switch"]),
        ("qué hora es y súbelo", ["clock.time", "level.up"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "functions"),
    [(language, *row) for language, rows in SEVERAL.items() for row in rows],
)
def test_several_commands(house, language, text, functions):
    h = house()
    h.say(text, language)
    assert [intent.function for intent in h.plan.intents] == functions
    assert isinstance(h.plan.route, Several) == (len(functions) > 1)


def test_each_is_done_and_one_reply_tells_all(house):
    h = house()
    said = h.say("turn it down and set a timer for ten minutes")
    assert said == "Volume twenty. Timer set for ten minutes."
    assert h.level.level == 20
    assert len(h.timers.store.all()) == 1


def test_one_that_fails_does_not_stop_the_others(house):
    h = house()
    said = h.say("turn it down and break and turn on the light")
    assert said == "Volume twenty. Sorry, something went wrong. The living room light is on."
    assert not h.reply.ok


def test_one_that_hangs_does_not_stop_the_others(house):
    h = house(patience=0.2)
    said = h.say("hang and turn it down")
    assert said == "Sorry, that takes too long. I gave up waiting for it. Volume twenty."
    assert h.say("turn it down") == "Volume ten."


# -- references and corrections -------------------------------------------------------------------

DIALOGUES = {
    "en": [
        [("set the volume to forty", "Volume forty."), ("no, fifty", "Volume fifty.")],
        [("set the volume to forty", "Volume forty."), ("make it sixty", "Volume sixty."),
         ("I meant seventy", "Volume seventy."), ("undo", "Undone: volume seventy.")],
        [("set the volume to forty", "Volume forty."),
         ("no, not forty but fifty", "Volume fifty.")],
        [("set the volume to forty", "Volume forty."), ("fifty instead", "Volume fifty.")],
        [("turn on the kitchen light", "The kitchen light is on."),
         ("I meant the bedroom", "The bedroom light is on."),
         ("and the living room", "The living room light is on.")],
        [("turn on the kitchen light", "The kitchen light is on."),
         ("no, turn it up", "Volume forty.")],
        [("add milk to my list", "Milk is on the list."), ("no, butter", "Butter is on the list.")],
        [("add milk to my list", "Milk is on the list."),
         ("no, that is wrong you idiot", "(question)")],
        [("what time is it", "It's five o'clock."), ("no, fifty", "(unheard)")],
        [("set a timer for ten minutes", "Timer set for ten minutes."),
         ("make it ten minutes longer", "Now it has twenty minutes left.")],
        [("turn it up", "Volume forty."), ("do that again", "Volume fifty.")],
        [("do that again", "There is nothing that I could do again.")],
        [("the other one", "I do not know which one you mean.")],
        [("no, fifty", "(unheard)")],
        [("turn it up", "Volume forty."), ("thanks", "You're welcome."),
         ("do it again", "Volume fifty.")],
        [("add milk to my list", "Milk is on the list."), ("butter too", "Butter is on the list."),
         ("and cheese as well", "Cheese is on the list."), ("me too", "(question)")],
        [("set a timer for ten minutes", "Timer set for ten minutes."),
         ("and another one for five", "Timer set for five minutes."),
         ("one more for twenty minutes", "Timer set for twenty minutes.")],
        [("what time is it", "It's five o'clock."),
         ("and in London?", "It's five o'clock in the afternoon in London."),
         ("what about Tokyo", "It's two o'clock in the morning in Tokyo, tomorrow.")],
        [("set an alarm for seven", "I'll ring at seven o'clock in the evening."),
         ("in the morning", "I'll ring tomorrow at seven o'clock in the morning."),
         ("make it eight", "I'll ring tomorrow at eight o'clock in the morning."),
         ("what alarms do I have",
          "You have one alarm: tomorrow at eight o'clock in the morning.")],
        [("set an alarm for tomorrow at six in the evening",
          "I'll ring tomorrow at six o'clock in the evening."),
         ("change it to seven", "I'll ring tomorrow at seven o'clock in the evening."),
         ("no, at 8:20", "I'll ring tomorrow at eight twenty in the evening."),
         ("no, at nine in the morning", "I'll ring tomorrow at nine o'clock in the morning."),
         ("make it on monday at ten", "I'll ring on Monday at ten o'clock in the morning.")],
        [("make it eight", "Brightness eight."), ("in the morning", "(unheard)")],
        [("what is twelve plus four", "Sixteen."), ("times three", "Forty-eight."),
         ("minus two", "Forty-six."), ("in words", "(unheard)")],
        [("times three", "(unheard)")],
        [("turn on the kitchen light", "The kitchen light is on."),
         ("turn on the bedroom", "The bedroom light is on."), ("turn on the oven", "(unheard)")],
        [("yes", "All right. I had not asked anything."), ("no", "")],
    ],
    "es": [
        [("pon el volumen al cuarenta", "Volumen cuarenta."),
         ("no, al cincuenta", "Volumen cincuenta."),
         ("mejor sesenta", "Volumen sesenta."), ("deshazlo", "Deshecho: volumen sesenta.")],
        [("enciende la luz de la cocina", "La luz está on: kitchen."),
         ("no, el salón", "La luz está on: living room.")],
        [("enciende la luz de la cocina", "La luz está on: kitchen."),
         ("me refería al dormitorio", "La luz está on: bedroom."),
         ("y en el salón", "La luz está on: living room.")],
        [("súbelo", "Volumen cuarenta."), ("hazlo otra vez", "Volumen cincuenta.")],
        [("añade leche a la lista", "Leche está en la lista."),
         ("no, mantequilla", "Mantequilla está en la lista.")],
        [("añade leche a la lista", "Leche está en la lista."),
         ("queso también", "Queso está en la lista.")],
        [("pon un temporizador de diez minutos", "Temporizador puesto: diez minutos."),
         ("y otro de cinco", "Temporizador puesto: cinco minutos.")],
        [("pon una alarma a las siete", "Sonaré a las siete de la tarde."),
         ("de la mañana", "Sonaré mañana a las siete de la mañana.")],
        [("cuánto es doce más cuatro", "Dieciséis."), ("por tres", "Cuarenta y ocho.")],
        [("sí", "De acuerdo. No había preguntado nada.")],
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "dialogue"),
    [(language, rows) for language, table in DIALOGUES.items() for rows in table],
    ids=lambda value: value if isinstance(value, str) else value[-1][0],
)
def test_dialogue(house, language, dialogue):
    play(house(), dialogue, language)


def test_a_correction_takes_back_what_was_wrong(house):
    h = house()
    play(h, DIALOGUES["en"][4][:2])
    assert h.lamps.on == {"kitchen": None, "bedroom": "on"}
    play(
        h,
        [("add milk to my list", "Milk is on the list."), ("no, butter", "Butter is on the list.")],
    )
    assert h.lists.items == ["butter"]


def test_another_command_takes_the_place_of_the_wrong_one(house):
    h = house()
    h.say("turn on the kitchen light")
    assert h.say("no, turn it up") == "Volume forty."
    assert h.lamps.on == {"kitchen": None}


def test_what_only_told_something_is_not_what_was_wrong(house):
    h = house()
    h.say("set the volume to forty")
    h.say("what time is it")
    assert h.say("no, fifty") == "Volume fifty."
    assert h.level.level == 50


def test_a_number_takes_the_place_of_a_number_within_a_value(house):
    h = house()
    h.say("set a timer for ten minutes")
    assert "fifteen minutes" in h.say("no, fifteen")
    assert "twenty minutes" in h.say("no, twenty")


def test_what_is_long_ago_is_not_referred_to(house):
    h = house(refer_within=60)
    h.say("set the volume to forty")
    assert h.say("no, fifty", after=61) == "(unheard)"
    assert h.level.level == 40


# -- undo -----------------------------------------------------------------------------------------


def test_undo_goes_back_step_by_step_and_tells_what(house):
    h = house()
    play(
        h,
        [
            ("set the volume to forty", "Volume forty."),
            ("set the volume to fifty", "Volume fifty."),
        ],
    )
    h.say("what time is it")
    play(h, [("undo that", "Undone: volume fifty.")])
    assert h.level.level == 40
    play(h, [("undo", "Undone: volume forty."), ("undo", "There is nothing to undo.")])
    assert h.level.level == 30


@pytest.mark.parametrize(
    ("said", "language", "undone"),
    [
        ("I'll ring at eight in the evening.", "en", "I won't ring at eight in the evening."),
        ("I will remember: the key.", "en", "I won't remember: the key."),
        ("Sonaré a las ocho de la tarde.", "es", "No sonaré a las ocho de la tarde."),
        ("Te lo recordaré mañana.", "es", "No te lo recordaré mañana."),
        ("The list is deleted. Say undo to get it back.", "en", "The list is deleted."),
        ("He borrado la lista. Di deshacer para recuperarla.", "es", "He borrado la lista."),
        ("Volume fifty.", "en", "Volume fifty."),
    ],
)
def test_an_undone_promise_is_not_promised_again(said, language, undone):
    assert no_longer(said, language) == undone


def test_what_cannot_be_undone_is_said_and_nothing_else_is_undone(house):
    h = house()
    play(h, [("set the volume to forty", "Volume forty."),
             ("dim the screen to twenty", "Brightness twenty."),
             ("undo that", "That cannot be undone.")])  # fmt: skip
    assert h.level.level == 40


def test_all_of_one_breath_is_undone(house):
    h = house()
    h.say("turn it down and turn on the kitchen light")
    assert h.say("undo that") == "Undone: the kitchen light is on. Undone: volume twenty."
    assert (h.level.level, h.lamps.on) == (30, {"kitchen": None})


def test_cancel_that_undoes_what_was_just_done(house):
    h = house()
    play(h, [("set the volume to forty", "Volume forty."), ("cancel that", "Undone: volume forty."),
             ("cancel that", "")])  # fmt: skip
    assert h.level.level == 30


def test_cancel_that_is_about_what_rings(house):
    h = house()
    h.say("set the volume to forty")
    h.machinery.announced()
    assert h.say("cancel that") == ""
    assert h.level.level == 40


# -- why ------------------------------------------------------------------------------------------


def test_why_tells_what_was_heard(house):
    h = house()
    assert h.say("why did you do that") == "I have not done anything."
    h.say("turn it up")
    assert h.say("why did you do that") == (
        "I heard: turn it up. I took it for “turn it up”, because it is a sentence that I know."
    )
    h.say("no, set the volume to fifty and turn on the kitchen light")
    h.say("pon el volumen al cincuenta", "es")
    assert h.say("por qué lo has hecho", "es") == (
        "Entendí: pon el volumen al cincuenta. Lo tomé por “pon el volumen al cincuenta”, porque es"
        " una frase que conozco."
    )
