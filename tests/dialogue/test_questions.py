"""Questions of the assistant, and every way to answer them."""

import pytest

from assistant.dialogue.answers import picked, yes_or_no
from assistant.types import Choice, Intent

YES = {
    "en": "yes|yeah|yep|sure|of course|yes please|okay do it|go ahead|yes, I'm sure.|Yes! Yes!|y"
    "|that's right|affirmative|absolutely|confirm|oh yes|please do",
    "es": "sí|Sí, por favor.|claro|claro que sí|vale|venga|dale|adelante|hazlo|de acuerdo|si|s"
    "|por supuesto|sí, hazlo|correcto|bueno, vale",
}
NO = {
    "en": "no|nope|no thanks|don't|do not do it|never mind|cancel|of course not|n|not now|stop"
    "|wait|no, please don't do that|I changed my mind",
    "es": "no|no gracias|mejor no|cancela|déjalo|olvídalo|claro que no|no lo hagas|para|n"
    "|por supuesto que no|ni hablar",
}
NEITHER = {
    "en": "yes no|yesterday|what|maybe|the yes album|no idea what that is|please|turn it up||know",
    "es": "sí y no|quizás|síguelo|la clara|por favor||qué",
}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (language, text, expected)
        for table, expected in ((YES, True), (NO, False), (NEITHER, None))
        for language, texts in table.items()
        for text in texts.split("|")
    ],
)
def test_yes_or_no(language, text, expected):
    assert yes_or_no(text, language) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the first one", [0]), ("second", [1]), ("the last one", [1]), ("number two", [1]),
        ("the volume", [0]), ("volume please", [0]), ("brightness", [1]), ("both", [0, 1]),
        ("the", []), ("the third one", []), ("the volume or the brightness", []), ("hello", []),
    ],
)  # fmt: skip
def test_picked(text, expected):
    assert picked(text, ["the volume", "the brightness"], "en") == expected


def test_picked_in_spanish():
    names = ["la luz de la cocina", "la luz del salón"]
    answers = ["la primera", "la segunda", "la del salón", "las dos", "la luz", "el último"]
    assert [picked(a, names, "es") for a in answers] == [[0], [1], [1], [0, 1], [], [1]]


# -- confirmation ---------------------------------------------------------------------------------


@pytest.mark.parametrize("yes", ["yes", "yes please", "sure, go ahead"])
def test_a_dangerous_function_asks_and_a_yes_does_it(house, yes):
    h = house()
    assert h.say("power off the computer") == "Shall I do this: power off the computer?"
    assert h.reply.listen_again
    assert h.machine.off == 0
    assert h.say(yes) == "Good bye."
    assert h.machine.off == 1


def test_its_own_question(house):
    h = house()
    assert h.say("borra la lista", "es") == "¿Borro la lista?"
    assert h.say("vale", "es") == "La lista está vacía."


@pytest.mark.parametrize("no", ["no", "never mind", "don't do it", "cancel that"])
def test_a_no_does_nothing(house, no):
    h = house()
    h.say("power off")
    assert h.say(no) == "All right, I won't."
    h.say("yes")
    assert h.machine.off == 0


def test_another_command_is_no_yes_and_closes_the_question(house):
    h = house()
    h.say("power off")
    assert h.say("turn it up") == "Volume forty."
    h.say("yes")
    assert h.machine.off == 0


def test_what_is_neither_is_asked_again_once(house):
    h = house()
    h.say("power off")
    assert h.say("the what") == "Please say yes or no. Shall I do this: power off?"
    assert h.say("yes") == "Good bye."
    h.say("power off")
    h.say("the what")
    assert h.say("the what") == "All right, I won't."
    h.say("yes")
    assert h.machine.off == 1


def test_a_yes_that_comes_too_late_does_nothing(house):
    h = house(answer_within=30)
    h.say("power off")
    assert h.say("yes", after=31) == "That question is closed. Please say it again."
    h.say("yes")
    assert h.machine.off == 0


def test_our_own_voice_is_no_yes(house):
    """What began before the question had been spoken to its end may be its echo."""
    h = house()
    h.say("power off")
    h.say("yes", after=0.5, began=-0.8)
    assert h.machine.off == 0
    h.say("power off")
    h.say("yes", after=1.0, began=-0.4)
    assert h.machine.off == 1


def test_after_an_alarm_nothing_is_confirmed(house):
    h = house()
    h.say("power off")
    h.machinery.announced()
    h.say("yes", called=False)
    h.say("yes")
    assert h.machine.off == 0


def test_talk_in_the_room_is_no_yes(house):
    h = house()
    h.say("power off")
    h.say("yes", called=False)
    assert h.machine.off == 0


def test_a_yes_without_a_question_does_nothing(house):
    h = house()
    h.say("yes")
    h.say("yes, power off")  # courtesy before the command: it asks
    assert h.machine.off == 0


def test_what_is_confirmed_is_what_was_asked(house):
    h = house()
    h.say("delete the list called work")
    [intent] = h.reply.asks.intents
    h.say("yes")
    assert h.plan.intents == (intent,)
    assert intent.slots == {"name": "work"}


def test_the_list_of_those_that_ask_is_a_setting(house):
    h = house(confirm=["level", "-level.down", "-machine.power_off"])
    assert h.say("turn it up") == "Shall I do this: turn it up?"
    assert h.say("no") == "All right, I won't."
    assert h.say("turn it down") == "Volume twenty."
    assert h.say("power off") == "Good bye."


def test_an_unknown_name_in_the_setting_is_told(house):
    h = house(confirm=["nonsense", "-level.up"])
    assert h.functions.caution.unknown(h.functions) == [
        "functions.confirm: there is no function named 'nonsense'."
    ]


def test_of_several_the_dangerous_one_waits_for_its_yes(house):
    h = house()
    assert h.say("power off and turn it up") == "Volume forty. Shall I do this: power off?"
    assert (h.machine.off, h.level.level) == (0, 40)
    assert h.say("yes") == "Good bye."


def test_two_dangerous_ones_are_asked_one_after_the_other(house):
    h = house()
    h.lists.items = ["x"]
    h.say("clear the list and power off")
    assert h.reply.text.count("?") == 1
    assert h.say("no") == "All right, I won't. Shall I do this: power off?"
    assert h.lists.items == ["x"]
    h.say("yes")
    assert h.machine.off == 1


def test_doing_it_again_asks_again(house):
    h = house()
    h.say("power off")
    h.say("yes")
    assert h.say("do that again") == "Shall I do this: power off?"
    assert h.machine.off == 1


def test_a_dangerous_function_is_never_called_ahead_or_unasked(house):
    h = house()
    power_off = Intent("machine.power_off", {}, "model", 1.0, "")
    assert h.functions.prepare(power_off, "power off", "en") is None
    assert h.functions.act(power_off, "yes", "en").listen_again
    assert h.machine.off == 0


# -- a value that is missing ----------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["ten minutes", "for ten minutes", "make it ten minutes please"])
def test_the_bare_value_answers(house, answer):
    h = house()
    assert h.say("wait for") == "For how long?"
    assert h.say(answer) == "Waiting for ten minutes."


def test_in_spanish(house):
    h = house()
    assert h.say("espera", "es") == "¿Cuánto tiempo?"
    assert h.say("diez minutos", "es") == "Espero diez minutos."


def test_another_command_instead_of_the_value(house):
    h = house()
    h.say("wait for")
    assert h.say("turn it up") == "Volume forty."
    assert h.say("ten minutes") == "(unheard)"


def test_the_value_is_not_wanted_any_more(house):
    h = house()
    h.say("wait for")
    assert h.say("never mind") == "All right."
    assert h.lists.items == []


def test_a_value_that_is_not_understood_is_asked_for_once_more(house):
    h = house()
    h.say("wait for")
    assert h.say("a banana") == "I did not understand that. For how long?"
    assert h.say("ten minutes") == "Waiting for ten minutes."


def test_a_value_that_comes_too_late_is_none(house):
    h = house(answer_within=30)
    h.say("wait for")
    assert h.say("ten minutes", after=31) == "(unheard)"


WHICH = [
    ("the pasta one", "Your pasta timer is cancelled."),
    ("pasta", "Your pasta timer is cancelled."),
    ("the twenty minute one", "Your eggs timer is cancelled."),
    ("never mind", "All right."),
    ("turn it up", "Volume forty."),
]


@pytest.mark.parametrize(("answer", "said"), WHICH)
def test_which_one_is_answered_in_a_few_words(house, answer, said):
    h = house()
    h.say("set a pasta timer for ten minutes")
    h.say("set an eggs timer for twenty minutes")
    assert h.say("cancel the timer").startswith("Which one?")
    assert h.say(answer).lower() == said.lower()


def test_a_greeting_asks_nothing(house):
    h = house()
    assert h.say("hello") == "Hello! What can I do for you?"
    assert not h.machinery.asking
    assert h.say("florble grobble") == "(unheard)"


# -- two readings ---------------------------------------------------------------------------------


class Torn:
    """A router that cannot decide about one sentence."""

    def __init__(self, router, sentence, options):
        self._router = router
        self._sentence = sentence
        self._options = options

    def __getattr__(self, name):
        return getattr(self._router, name)

    def route(self, text, language, ear=None, cancel=None):
        if text == self._sentence:
            return Choice(tuple(self._options), "close")
        return self._router.route(text, language, ear, cancel)


LEVEL = Intent("level.set", {"level": 60}, "nearest", 0.7, "near")
SCREEN = Intent("screen.set", {"level": 60}, "nearest", 0.7, "near")


@pytest.fixture
def torn(house):
    h = house()
    h.router = Torn(h.router, "sixty if you can", [LEVEL, SCREEN])
    h.stages = h.stages.__class__(**{
        **{f: getattr(h.stages, f) for f in h.stages.__slots__}, "router": h.router
    })  # fmt: skip
    return h


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("the volume", "Volume sixty."),
        ("the second one", "Brightness sixty."),
        ("brightness please", "Brightness sixty."),
        ("both", "Volume sixty. Brightness sixty."),
        ("neither", "All right."),
        ("turn it up", "Volume forty."),
        ("yes", "I did not understand that. The volume or the brightness?"),
    ],
)
def test_two_readings_are_a_question(torn, answer, said):
    assert torn.say("sixty if you can") == "The volume or the brightness?"
    assert torn.say(answer) == said


def test_the_other_one_of_two(torn):
    torn.say("sixty if you can")
    torn.say("the volume")
    assert torn.say("no, the other one") == "Brightness sixty."
    assert (torn.level.level, torn.screen.level) == (30, 60)


def test_options_of_one_function_are_told_by_their_values(torn):
    rooms = [
        Intent("lamps.switch", {"room": r}, "nearest", 0.7, "") for r in ("kitchen", "bedroom")
    ]
    torn.router._options = rooms
    assert torn.say("sixty if you can") == "Kitchen or bedroom?"
    assert torn.say("the bedroom") == "The bedroom light is on."
