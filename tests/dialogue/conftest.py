"""A house of invented functions with a real router, and somebody to talk to it."""

import datetime as dt
import threading
from typing import Annotated, ClassVar, Literal

import pytest

from assistant import config
from assistant.dialogue import Lessons, Machine
from assistant.doing import Doer
from assistant.handlers import Family, Functions, Request, function
from assistant.handlers.calculation.calculation import Calculation
from assistant.handlers.conversation import Conversation
from assistant.handlers.own.taught import Taught
from assistant.handlers.own.taught_store import TaughtStore
from assistant.handlers.talk import Talk
from assistant.handlers.timekeeping.alarms import Alarms
from assistant.handlers.timekeeping.clock import Clock
from assistant.handlers.timekeeping.due_store import DueStore
from assistant.handlers.timekeeping.timers import Timers
from assistant.stages import Stages
from assistant.testing import FakeVoice
from assistant.trace import TurnClock
from assistant.types import Question, Reply, Said
from assistant.understand.route import Cascade
from assistant.worker import Cancel, Worker

NOW = dt.datetime(2025, 11, 22, 17, 0, tzinfo=dt.UTC)  # a Saturday

Room = Annotated[
    str,
    {
        "(kitchen|cocina)": "kitchen",
        "(bedroom|dormitorio)": "bedroom",
        "(living room|salón)": "living room",
    },
]


class Lamps(Family):
    name = "lamps"
    topic: ClassVar = {"en": "[the] (light|lights)", "es": "[las] luces"}

    def __init__(self):
        self.on = {}

    @function(
        en=[
            "turn {state} [the] [{room}] (light|lights)",
            "turn [the] [{room}] (light|lights) {state}",
        ],
        es=["<v> la luz [(de la|del|de)] [{room}]"],
        help={"en": "turn on the light", "es": "enciende la luz"},
    )
    def switch(
        self, request: Request, state: Literal["on", "off"] = "on", room: Room = "living room"
    ):
        before = self.on.get(room)
        self.on[room] = state
        return request.say(
            "The {room} light is {state}.",
            "La luz está {state}: {room}.",
            undo=lambda: self.on.__setitem__(room, before),
            room=room,
            state=state,
        )

    rules: ClassVar = {
        "en": {"light": "[the] [{room}] (light|lights)"},
        "es": {"v": "(enciende|apaga)"},
    }


class Level(Family):
    """Something with a level, as the volume is."""

    name = "level"
    topic: ClassVar = {"en": "[the] volume", "es": "[el] volumen"}

    def __init__(self):
        self.level = 30

    @function(
        en=["set [the] volume to {level}", "volume {level}"],
        es=["pon el volumen al {level}"],
        help={"en": "set the volume to fifty", "es": "pon el volumen al cincuenta"},
        ahead=True,
    )
    def set(self, request: Request, level: int):
        return self._to(request, level)

    @function(en=["turn it up", "turn up the volume"], es=["súbelo"], help={"en": "turn it up"})
    def up(self, request: Request):
        return self._to(request, self.level + 10)

    @function(
        en=["turn it down", "turn down the volume"], es=["bájalo"], help={"en": "turn it down"}
    )
    def down(self, request: Request):
        return self._to(request, self.level - 10)

    def _to(self, request, level):
        before = self.level
        return request.say(
            "Volume {level}.",
            "Volumen {level}.",
            then=lambda: setattr(self, "level", level),
            undo=lambda: setattr(self, "level", before),
            level=level,
        )


class Screen(Family):
    name = "screen"
    topic: ClassVar = {"en": "[the] brightness", "es": "[el] brillo"}

    def __init__(self):
        self.level = 50

    @function(
        en=["(dim|set) the screen to {level}", "(set the brightness to|make it) {level}"],
        es=["(atenúa|pon) la pantalla al {level}"],
        help={"en": "set the brightness to fifty", "es": "pon el brillo al cincuenta"},
    )
    def set(self, request: Request, level: int):
        self.level = level
        return request.say("Brightness {level}.", "Brillo {level}.", level=level)


class Lists(Family):
    name = "lists"

    def __init__(self):
        self.items = []

    @function(
        en=["add {item} [to (my|the) [shopping] list]"],
        es=["(añade|apunta) {item} [(a la|en la) lista [de la compra]]"],
        help={"en": "add milk to my list", "es": "añade leche a la lista"},
    )
    def add(self, request: Request, item: Annotated[str, 4] = ""):
        self.items.append(item)
        return request.say(
            "{item} is on the list.",
            "{item} está en la lista.",
            undo=lambda: self.items.remove(item),
            item=item,
        )

    @function(en=["remind me to {what}"], es=["recuérdame {what}"])
    def remind(self, request: Request, what: str):
        self.items.append(what)
        return request.say("I will remind you to {what}.", "Te lo recordaré.", what=what)

    @function(en=["wait for [{length}]"], es=["espera [{length}]"])
    def wait(self, request: Request, length: dt.timedelta | None = None, label: str = ""):
        if length is None:
            return request.ask("For how long?", "¿Cuánto tiempo?", "lists.wait", "length")
        self.items.append(length)
        return request.say("Waiting for {length}.", "Espero {length}.", length=length)

    @function(
        en=["(delete|clear) the list [called {name}]"],
        es=["borra la lista"],
        dangerous=True,
        confirm={"en": "Shall I delete the list?", "es": "¿Borro la lista?"},
    )
    def clear(self, request: Request, name: str = ""):
        self.items.clear()
        return request.say("The list is empty.", "La lista está vacía.")


class Machinery(Family):
    name = "machine"

    def __init__(self):
        self.off = 0
        self.release = threading.Event()

    @function(
        en=["(power off|shut down) [the computer]"], es=["apaga el ordenador"], dangerous=True
    )
    def power_off(self, request: Request):
        self.off += 1
        return request.say("Good bye.", "Adiós.")

    @function(en=["break"], es=["rómpete"])
    def broken(self, request: Request):
        raise ZeroDivisionError

    @function(en=["hang"], es=["cuélgate"])
    def hang(self, request: Request):
        self.release.wait(30)
        return "Late."


class House:
    """All that is said goes through the real router, machine, doer and registry; the clock is the
    test's own."""

    def __init__(self, data, confirm=(), patience=5.0, cascade=None, **times):
        self.functions = Functions(lambda: NOW, confirm)
        self.lamps, self.level, self.screen = Lamps(), Level(), Screen()
        self.lists, self.machine = Lists(), Machinery()
        families = [self.lamps, self.level, self.screen, self.lists, self.machine, Clock()]
        self.timers = Timers(DueStore(data / "assistant.db"), lambda: NOW)
        families += [Alarms(self.timers.store, lambda: NOW), Calculation(data / "rates.json")]
        families += [self.timers, Talk(self.functions), Conversation(self.functions.example)]
        self.taught = TaughtStore(data / "taught.toml", data / "routines", "en")
        families.append(Taught(self.taught))
        for family in families:
            self.functions.add(family)
        settings = config.load(["language=auto"]).config
        self.cascade = cascade or Cascade(
            self.functions, ("en", "es"), settings.route, now=lambda: NOW
        )
        self.router = self.cascade
        self.machinery = Machine(**times, taught=Lessons(self.taught))
        self.actor = Worker("act", lambda: self.functions, patience=patience)
        self.stages = Stages(
            transcriber=None,
            router=self.router,
            actor=self.actor,
            thinker=None,
            voices={"en": Worker("tts", FakeVoice)},
            facts=lambda _: [],
            dialogue=self.machinery,
        )
        self.time = 1000.0
        self.plan = self.reply = None

    def say(self, text, language="en", *, after=2.0, began=None, called=True):
        """The reply; "(question)" and "(unheard)" where nothing is done."""
        self.time += after
        began = None if began is None else self.time + began
        said = Said(text, language, self.time, began, called)
        plan = self.plan = self.machinery.read(said, self.router)
        assert self.machinery.read(said, self.router) == plan  # reading changes nothing
        doer = Doer(self.stages, Cancel(), TurnClock("text", 0.0))
        routed = plan.intents or plan.take_back or plan.say or hasattr(plan.route, "options")
        if routed:
            self.reply = doer.do(plan, language, doer.ahead(plan, language))
        self.time += 1.0
        reply = self.reply if routed else None
        self.machinery.settle(said, plan, doer.done, reply or Reply("", language), self.time)
        self.functions.remember(self.machinery.past(self.time))
        if reply is None:
            return "(question)" if isinstance(plan.route, Question) else "(unheard)"
        return reply.text

    def close(self):
        self.machine.release.set()
        self.actor.close()


@pytest.fixture(scope="session")
def house_cascade(tmp_path_factory):
    """Compiled once: the sentences of every house are the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_HOME", str(tmp_path_factory.mktemp("home")))
        house = House(tmp_path_factory.mktemp("house"))
        return house.cascade


@pytest.fixture
def house(tmp_path, house_cascade):
    made = []

    def make(**settings):
        made.append(House(tmp_path, cascade=house_cascade, **settings))
        return made[-1]

    yield make
    for each in made:
        each.close()
