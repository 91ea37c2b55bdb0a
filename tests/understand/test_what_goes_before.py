"""What a sentence means after others, over all families: "what's on it", "a bit more"."""

import pytest

from assistant.dialogue.machine import Machine
from assistant.types import Done, Finish, Intent, Reply, Said, Unheard

EN = [
    [
        ("add milk to the shopping list", "lists.add", {"list": "shopping"}),
        ("and bread", "lists.add", {"items": "bread", "list": "shopping"}),
        ("what's on it", "lists.read", {"list": "shopping"}),
        ("take the milk off", "lists.remove", {"items": "the milk", "list": "shopping"}),
    ],
    [
        ("read my Mercadona list", "lists.read", {"list": "mercadona"}),
        ("add two eggs to it", "lists.add", {"items": "two eggs", "list": "mercadona"}),
        ("is milk on it", "lists.has", {"items": "milk", "list": "mercadona"}),
        ("clear it", "lists.clear", {"list": "mercadona"}),
    ],
    [
        ("make a list called camping", "lists.create", {"list": "camping"}),
        ("read it back", "lists.read", {"list": "camping"}),
    ],
    [
        ("turn on the kitchen lights", "home.turn_on", {"place": "Kitchen", "kind": "light"}),
        ("turn them off again", "home.turn_off", {"place": "Kitchen", "kind": "light"}),
        ("make them blue", "home.color", {"place": "Kitchen", "kind": "light", "color": "blue"}),
    ],
    [
        ("turn on the bedside lamp", "home.turn_on", {"name": "Bedside Lamp"}),
        ("off", "home.turn_off", {"name": "Bedside Lamp"}),
        ("turn it on", "home.turn_on", {"name": "Bedside Lamp"}),
    ],
    [
        ("turn on the bedside lamp", "home.turn_on", {"name": "Bedside Lamp"}),
        ("a bit brighter", "home.brighten", {"name": "Bedside Lamp"}),
        ("make the screen brighter", "screen.up", None),
    ],
    [
        ("add milk to the shopping list", "lists.add", {"items": "milk"}),
        ("make that two", "lists.add", {"items": "two milk", "list": "shopping"}),
    ],
    [("what day is it today", "clock.day", {}), ("and tomorrow", "clock.day_of", None)],
    [("spell necessary", "speech.spell", None), ("slower", None, None)],
    [
        ("what time is it", "clock.time", None),
        ("what about in Spanish", "speech.language", {"language": "es"}),
    ],
    [
        ("lock the front door", "home.lock", {"name": "Front Door"}),
        ("is it locked", "home.state", {"name": "Front Door"}),
    ],
    [
        ("open firefox", "apps.open", {"app": "firefox"}),
        ("now close it", "apps.quit", {"app": "firefox"}),
    ],
    [
        ("take a note the key is under the mat", "notes.take", None),
        ("read it back", "notes.last", {}),
    ],
    [
        ("set the volume to forty", "volume.set", {"level": 40}),
        ("a bit more", "volume.up", {}),
        ("no, less", "volume.down", {}),
    ],
    [
        ("set a timer for six minutes", "timers.start", None),
        ("no wait, make it eight", "timers.start", None),
        ("add two minutes to it", "timers.extend", None),
    ],
    [
        ("will it rain tomorrow", "refused", None),
        ("and on Sunday?", "refused", None),
        ("what time is it", "clock.time", {}),
        ("and Sunday afternoon in Rome", None, None),
    ],
    [("turn off", "asked", None), ("the kitchen light", "home.turn_off", {"kind": "light"})],
    [("switch it on", "asked", None), ("bluetooth please", "bluetooth.on", {})],
    [("turn on", "asked", None), ("what time is it", "clock.time", {})],
    [("turn on", "asked", None), ("no", None, None)],
    [("set the volume to forty", "volume.set", None), ("turn it off", "volume.mute", {})],
    [("what's on it", None, None)],
    [("and on Sunday?", None, None)],
    [("a bit more", None, None)],
]
ES = [
    [
        ("añade leche a la lista de la compra", "lists.add", {"list": "compra"}),
        ("qué hay en ella", "lists.read", {"list": "compra"}),
        ("quita la leche", "lists.remove", {"items": "la leche", "list": "compra"}),
    ],
    [
        ("léeme la lista Mercadona", "lists.read", {"list": "mercadona"}),
        ("añade dos huevos", "lists.add", {"items": "dos huevos", "list": "mercadona"}),
        ("vacíala", "lists.clear", {"list": "mercadona"}),
    ],
    [
        ("enciende la luz de la cocina", "home.turn_on", {"place": "Kitchen", "kind": "light"}),
        ("apágala otra vez", "home.turn_off", {"place": "Kitchen", "kind": "light"}),
    ],
    [
        ("pon el volumen a cuarenta", "volume.set", {"level": 40}),
        ("un poco más", "volume.up", {}),
        ("no, menos", "volume.down", {}),
    ],
    [("va a llover mañana", "refused", None), ("y el domingo", "refused", None)],
    [("apaga", "asked", None), ("la luz de la cocina", "home.turn_off", {"place": "Kitchen"})],
    [("enciéndelo", "asked", None), ("el bluetooth", "bluetooth.on", {})],
]


def outcome(plan):
    """The function that is called, "asked" or "refused", or None."""
    if isinstance(plan.route, Unheard) and plan.route.refused:
        return "refused"
    if plan.say is not None and isinstance(plan.say.asks, Finish):
        return "asked"
    return plan.intents[0].function if plan.intents else None


def turns(cascade, rows, language):
    """What each sentence of a dialogue means; nothing is called, and all is said to be done."""
    machine, now = Machine(), 1000.0
    for text, *_ in rows:
        now += 3
        said = Said(text, language, now, None, True)
        plan = machine.read(said, cascade)
        done = [Done(intent, Reply("Done.", language)) for intent in plan.intents]
        machine.settle(said, plan, done, plan.say or Reply("Done.", language), now + 1)
        yield plan


@pytest.mark.parametrize(
    ("language", "rows"),
    [("en", rows) for rows in EN] + [("es", rows) for rows in ES],
    ids=lambda value: value if isinstance(value, str) else value[-1][0],
)
def test_what_is_said_after_it(cascade, language, rows):
    for plan, (text, wanted, slots) in zip(turns(cascade, rows, language), rows, strict=True):
        assert (text, outcome(plan)) == (text, wanted)
        if slots is not None:
            found = plan.intents[0].slots
            assert {key: found.get(key) for key in slots} == slots, text


def test_a_correction_keeps_what_was_said_around_the_value(cascade):
    """A function that looks at more than its values is told the sentence as it would have been."""
    rows = [("wake me up at seven",), ("no, half past seven",)]
    first, second = turns(cascade, rows, "en")
    assert isinstance(first.route, Intent)
    assert second.intents[0].text == "wake me up at half past seven"


def test_the_beginning_of_a_command_is_nothing_near(cascade):
    """To turn off is near to turning off the screen, which is not what was said."""
    [plan] = turns(cascade, [("turn off",)], "en")
    assert plan.intents == ()
