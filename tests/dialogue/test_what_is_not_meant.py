"""What was denied, or said of something else, and must not be done; what was meant instead."""

from dataclasses import replace

import pytest

from assistant import config
from assistant.dialogue.answers import picked, refuses
from assistant.dialogue.openings import reference
from assistant.dialogue.splitting import split
from assistant.dialogue.standing_for import resolved
from assistant.handlers import Functions
from assistant.handlers.lists.lists import Lists
from assistant.handlers.lists.notebook import Notebook
from assistant.handlers.timekeeping.due_store import DueStore
from assistant.handlers.timekeeping.reminders import Reminders
from assistant.types import Choice, Intent
from assistant.understand.normalize import without_accents
from assistant.understand.route import Cascade
from tests.dialogue.conftest import NOW
from tests.dialogue.test_dialogues import play

FORTY = ("set the volume to forty", "Volume forty.")
TEN = ("set a timer for ten minutes", "Timer set for ten minutes.")
MILK = ("add milk to my list", "Milk is on the list.")
DAILY = ("set a daily alarm at eight", "I'll ring every day at eight o'clock in the evening.")
TO_FRIDAY = "pon una alarma a las seis de lunes a viernes"

DIALOGUES = {
    "en": [
        # what is denied is not what is wanted
        [FORTY, ("not fifty", "(unheard)"), ("no, not fifty", "(unheard)")],
        [FORTY, ("not forty but fifty", "Volume fifty.")],
        [TEN, ("not five", "(unheard)")],
        [("turn on the kitchen light", "The kitchen light is on."),
         ("not the bedroom", "(unheard)"), ("no, not the bedroom", "(unheard)")],
        [MILK, ("no milk", "(unheard)"), ("not milk", "(unheard)"),
         ("and not butter", "(unheard)")],
        [MILK, ("oops no not milk, tea", "Tea is on the list.")],
        # days are taken out of a rule
        [DAILY, ("not on weekends", "I'll ring every weekday at eight o'clock in the evening."),
         ("what alarms do I have",
          "You have one alarm: every weekday at eight o'clock in the evening.")],
        [DAILY, ("not on weekends", "I'll ring every weekday at eight o'clock in the evening."),
         ("except fridays",
          "I'll ring every Monday, Tuesday, Wednesday and Thursday at eight o'clock in the"
          " evening."),
         ("but not on mondays",
          "I'll ring every Tuesday, Wednesday and Thursday at eight o'clock in the evening.")],
        [("set an alarm for seven", "I'll ring at seven o'clock in the evening."),
         ("not on weekends", "(unheard)")],
        # another of the same; what one says when by excludes the others
        [("set an alarm for seven", "I'll ring at seven o'clock in the evening."),
         ("another one at ten", "I'll ring at ten o'clock in the evening."),
         ("and another at eight on weekends",
          "I'll ring every weekend at eight o'clock in the morning."),
         ("also at nine", "I'll ring every weekend at nine o'clock in the morning.")],
        [("set a timer for five minutes", "Timer set for five minutes."),
         ("actually make that six", "Timer set for six minutes.")],
        # several
        [("set an alarm for ten", "I'll ring at ten o'clock in the evening."),
         ("set an alarm for nine", "I'll ring at nine o'clock in the evening."),
         ("cancel all of them", "Two alarms are cancelled.")],
        [TEN, ("set a timer for five minutes", "Timer set for five minutes."),
         ("cancel the ten minute one", "Your ten minute timer is cancelled.")],
        [("turn on the kitchen light and the bedroom light",
          "The kitchen light is on. The bedroom light is on."),
         ("turn both off", "The kitchen light is off. The bedroom light is off.")],
        # orders without a name
        [TEN, ("pause it", "Paused, with ten minutes left."),
         ("resume it", "Running again: ten minutes left.")],
        [TEN, TEN, ("stop that", "Undone: timer set for ten minutes."),
         ("what timers are running", "Your ten minute timer has ten minutes left.")],
        [TEN, ("what time is it", "It's five o'clock."), ("stop that", "")],
        [("what time is it", "It's five o'clock."),
         ("cancel that", "There is nothing that I can take back.")],
        # what came out of a sum
        [("what is 100 km in miles", "About sixty-two point one four miles."),
         ("what is twenty percent of that", "About twelve point four three.")],
        [("what is twenty plus thirty", "Fifty."), ("half of that", "Twenty-five.")],
        # a word of courtesy repeats nothing
        [("what time is it", "It's five o'clock."),
         ("ok", "All right. I had not asked anything.")],
        # everything of what?
        [("delete everything", "What shall I delete?"), ("never mind", "All right.")],
        [("delete all", "What shall I delete?"), ("no", "All right.")],
        # another command in the place of an answer takes nothing else back
        [FORTY, ("wait for", "For how long?"),
         ("no, turn on the light", "The living room light is on."), ("undo",
          "Undone: the living room light is on."), ("undo", "Undone: volume forty.")],
        [FORTY, ("wait for", "For how long?"), ("fifty", "Waiting for fifty minutes.")],
    ],
    "es": [
        [(TO_FRIDAY, "Sonaré de lunes a viernes a las seis de la mañana."),
         ("los viernes no",
          "Sonaré cada lunes, martes, miércoles y jueves a las seis de la mañana."),
         ("menos los lunes", "Sonaré cada martes, miércoles y jueves a las seis de la mañana.")],
        [("pon una alarma a las nueve", "Sonaré a las nueve de la noche."),
         ("borra todas las alarmas", "La alarma está cancelada."),
         ("pon una alarma mañana", "¿Para qué hora?"),
         ("no, a las seis", "Sonaré mañana a las seis de la tarde.")],
        [("pon una alarma a las nueve", "Sonaré a las nueve de la noche."),
         ("pon un temporizador", "¿De cuánto tiempo?"),
         ("siete", "Temporizador puesto: siete minutos.")],
        [("borra todo", "¿Qué borro?"), ("no", "De acuerdo.")],
        [("qué hora es", "Son las cinco."), ("vale", "De acuerdo. No había preguntado nada.")],
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "dialogue"),
    [(language, rows) for language, table in DIALOGUES.items() for rows in table],
    ids=lambda value: value if isinstance(value, str) else value[-1][0],
)
def test_dialogue(house, language, dialogue):
    play(house(), dialogue, language)


def test_both_are_all_of_the_last_family(house):
    h = house()
    play(h, [TEN, TEN])
    h.say("cancel both")
    assert [intent.function for intent in h.plan.intents] == ["timers.cancel_all"]
    assert h.timers.store.all() == []


def test_what_is_denied_changes_nothing(house):
    h = house()
    play(h, [FORTY, ("not fifty", "(unheard)"), MILK, ("no milk", "(unheard)")])
    assert (h.level.level, h.lists.items) == (40, ["milk"])


@pytest.mark.parametrize(
    ("text", "language", "rest"),
    [
        ("no, not forty but fifty", "en", "fifty"), ("fifty, not forty", "en", "fifty"),
        ("no, cincuenta", "es", "cincuenta"),
        ("not fifty", "en", None), ("no, not fifty", "en", None), ("and not butter", "en", None),
        ("actually make that six", "en", "six"), ("actually no, six", "en", "six"),
        ("not now, please", "en", None), ("no, without sugar, please", "en", None),
    ],
)  # fmt: skip
def test_what_is_wanted_instead(text, language, rest):
    found = reference(text, language)
    assert (found and found.rest) == rest


# -- an option that is refused --------------------------------------------------------------------

FREEZER = ["the freezer", "the fan"]
LIGHT = ["the kitchen light"]
ROOMS = ["la cocina", "el salón"]


@pytest.mark.parametrize(
    ("text", "names", "language", "expected"),
    [
        ("no not the freezer", FREEZER, "en", []), ("anything but the freezer", FREEZER, "en", []),
        ("neither the freezer nor the fan", FREEZER, "en", []),
        ("I don't want the freezer", FREEZER, "en", []), ("no, the fan", FREEZER, "en", [1]),
        ("I don't want the kitchen light", LIGHT, "en", []), ("the kitchen", LIGHT, "en", [0]),
        ("no the kitchen fan", LIGHT, "en", []), ("no, la segunda", ROOMS, "es", [1]),
        ("no, el salón", ROOMS, "es", [1]), ("no el salón", ROOMS, "es", []),
        ("la cocina no", ROOMS, "es", []), ("todo menos la cocina", ROOMS, "es", []),
        ("el salón", ROOMS, "es", [1]),
    ],
)  # fmt: skip
def test_what_is_refused_is_not_picked(text, names, language, expected):
    assert picked(text, names, language) == expected
    assert refuses(text, names, language) == (not expected)


class Torn:
    """A router that is asked which of two is meant, or finds a function by its examples."""

    def __init__(self, router, found):
        self._router = router
        self._found = found

    def __getattr__(self, name):
        return getattr(self._router, name)

    def route(self, text, language, ear=None, cancel=None):
        return self._found.get(text) or self._router.route(text, language, ear, cancel)


def tear(house, found):
    house.router = Torn(house.router, found)


def test_a_refused_option_is_asked_for_once_more(house):
    h = house()
    kitchen = Intent("lamps.switch", {"state": "on", "room": "kitchen"}, "close", 0.9, "")
    bedroom = replace(kitchen, slots={"state": "on", "room": "bedroom"})
    tear(h, {"the one over there": Choice((kitchen, bedroom), "close")})
    assert h.say("the one over there") == "Kitchen or bedroom?"
    assert h.say("no, not the kitchen") == "I did not understand that. Kitchen or bedroom?"
    assert h.lamps.on == {}
    assert h.say("the bedroom") == "The bedroom light is on."


def test_two_options_that_are_called_alike_are_one(house):
    h = house()
    one = Intent("lamps.switch", {"state": "on"}, "close", 0.9, "", "light it up")
    other = Intent("lamps.switch", {"state": "on", "room": "kitchen"}, "close", 0.9, "", one.text)
    asked = h.functions.ask_which((one, replace(other, slots=one.slots)), "light", "en")
    assert asked.text.startswith("Do you mean ")
    assert asked.asks.options == (one,)


def test_options_of_one_family_are_called_by_what_they_would_be_said_as(house):
    h = house()
    up = Intent("level.up", {}, "close", 0.9, "", "turn the volume up")
    down = Intent("level.down", {}, "close", 0.9, "", "turn the volume down")
    asked = h.functions.ask_which((up, down), "turn the volume", "en")
    assert asked.text == "Turn the volume up or turn the volume down?"


# -- talk about the talk --------------------------------------------------------------------------


def test_an_undo_in_other_words_undoes(house):
    h = house()
    undo = Intent("conversation.undo", {}, "nearest", 0.72, "near")
    tear(h, {"put them back the way they were": undo})
    play(h, [FORTY, ("put them back the way they were", "Undone: volume forty.")])
    assert h.level.level == 30


def test_what_was_not_understood_long_ago_is_not_taught(house):
    h = house(refer_within=60)
    h.say("make it cosy")
    said = h.say("that means turn on the bedroom light", after=61)
    assert "make it cosy" not in said
    h.say("make it cosy")
    assert "make it cosy" in h.say("that means turn on the bedroom light", after=50)


# -- "one" of what was spoken of last -------------------------------------------------------------


@pytest.fixture(scope="module")
def lists(tmp_path_factory):
    functions = Functions(lambda: NOW)
    functions.add(Lists(Notebook(tmp_path_factory.mktemp("lists") / "lists.db")))
    settings = config.load(["language=auto"]).config
    yield Cascade(functions, ("en", "es"), settings.route, now=lambda: NOW)
    functions.close()


@pytest.mark.parametrize(
    ("language", "before", "said", "slots"),
    [
        ("en", "add milk to my shopping list", "delete the first one", {"nth": 1}),
        ("en", "add milk to my shopping list", "remove the last one", {"nth": -1}),
        ("en", "add milk and eggs to my shopping list", "cancel the first one", {"nth": 1}),
        ("es", "añade leche a la lista de la compra", "quita el último", {}),
    ],
)
def test_the_last_one_of_the_list_that_was_spoken_of(lists, language, before, said, slots):
    assert lists.exact(said, language) is None
    added = lists.exact(before, language)
    meant = resolved(said, language, added, before, lists)
    assert meant is not None
    assert (meant.function, meant.slots) == (
        "lists.remove",
        {**slots, "list": added.slots["list"]},
    )


def test_that_one_is_neither_all_of_the_list_nor_another_one(lists):
    added = lists.exact("add milk to my shopping list", "en")
    assert resolved("delete that one", "en", added, "add milk to my shopping list", lists) is None
    first = "delete the first one from my shopping list"
    deleted = lists.exact(first, "en")
    assert deleted.slots == {"nth": 1, "list": "shopping"}
    assert resolved("delete that one", "en", deleted, first, lists) is None


# -- a text of any length ends where another time begins ------------------------------------------


@pytest.fixture(scope="module")
def reminders(tmp_path_factory):
    functions = Functions(lambda: NOW)
    functions.add(Reminders(DueStore(tmp_path_factory.mktemp("due") / "due.db"), lambda: NOW))
    settings = config.load(["language=auto"]).config
    yield Cascade(functions, ("en", "es"), settings.route, now=lambda: NOW)
    functions.close()


@pytest.mark.parametrize(
    ("text", "language", "whats"),
    [
        ("remind me at 3 to call mum and at 4 to call dad", "en", ["call mum", "call dad"]),
        ("remind me tomorrow to call mum and on Monday to call dad", "en",
         ["call mum", "call dad"]),
        ("recuérdame a las 3 llamar a mamá y a las 4 llamar a papá", "es",
         ["llamar a mama", "llamar a papa"]),
        ("remind me at 3 to call mum and dad", "en", []),
        ("remind me at 3 to call mum and at the market to buy eggs", "en", []),
    ],
)  # fmt: skip
def test_two_reminders_in_one_breath(reminders, text, language, whats):
    parts = split(text, language, reminders)
    assert [without_accents(part.slots["what"]) for part in parts] == whats
    times = [{slot: v for slot, v in part.slots.items() if slot != "what"} for part in parts]
    assert all(times)
    assert len({repr(each) for each in times}) == len(whats)
