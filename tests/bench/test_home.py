"""The mapping of Home Assistant's intents: what our functions mean there, and what a home is made
of that only labels tell of."""

import datetime as dt
import tomllib

import pytest

from assistant.bench import home
from assistant.bench.home import Row, figures
from assistant.bench.home_labels import Label, dictionary, find, home_file
from assistant.errors import ConfigError
from assistant.types import Intent


def meaning(function, **slots):
    route = Intent(function, slots, "templates", 1.0, "")
    return dictionary().translated(route, {"first floor"})


@pytest.mark.parametrize(
    ("function", "slots", "intent", "expected"),
    [
        ("home.turn_on", {"kind": "light", "place": "Kitchen"}, "HassTurnOn",
         {"domain": "light", "area": "Kitchen"}),
        ("home.turn_on", {"place": "First Floor"}, "HassTurnOn",
         {"domain": "light", "floor": "First Floor"}),
        ("home.close_it", {"kind": "blind"}, "HassTurnOff",
         {"domain": "cover", "device_class": "blind"}),
        ("home.brightness", {"name": "Lamp", "level": 100}, "HassLightSet",
         {"name": "Lamp", "brightness": 100}),
        ("home.which", {"asked": "any", "kind": "lock", "state": "open"}, "HassGetState",
         {"asked": "any", "domain": "lock", "state": "unlocked"}),
        ("home.clean", {"place": "First Floor"}, "HassVacuumStart", {"floor": "First Floor"}),
        ("timers.extend", {"length": dt.timedelta(minutes=65), "lasting": dt.timedelta(seconds=30)},
         "HassIncreaseTimer", {"hours": 1, "minutes": 5, "start_seconds": 30}),
        ("lists.add", {"items": "figs", "list": "compra"}, "HassShoppingListAddItem",
         {"item": "figs", "name": "compra"}),
        ("volume.down", {"by": 20}, "HassSetVolumeRelative", {"volume_step": -20}),
        ("talk.help", {}, "talk.help", {}),
    ],
)  # fmt: skip
def test_what_a_function_means(function, slots, intent, expected):
    assert meaning(function, **slots) == (intent, expected)


def test_every_function_of_the_mapping_is_there(tmp_path):
    from assistant import config, handlers

    functions = handlers.load(config.load([]).config, data=tmp_path)
    names = {f.name for f in functions}
    functions.close()
    assert {f.name for f in dictionary().function} <= names


def test_a_home_of_the_names_in_labels():
    labels = [
        Label("open the curtain", "en", "HassTurnOn", {"name": "Left Curtain"}),
        Label("set the lamp to 5%", "en", "HassLightSet", {"name": "Lamp", "area": "Hall"}),
        Label("is ann home", "en", "HassGetState", {"name": "Ann", "state": "home"}),
        Label("weather in Rome", "en", "HassGetWeather", {"name": "Rome"}),
        Label("lights on", "en", "HassTurnOn", {"floor": "Attic"}),
    ]
    made = tomllib.loads(home_file(labels, dictionary()))
    assert {d["name"]: d["kind"] for d in made["device"]} == {
        "Left Curtain": "cover",
        "Lamp": "light",
        "Ann": "person",
    }
    assert made["room"] == [{"name": "Hall"}]
    assert made["floor"] == [{"name": "Attic"}]


def row(wanted, understood, right, missing=""):
    return Row("x", "en", wanted, {}, "f", understood, {}, right, 0.001, missing)


def test_what_is_not_here_is_named_and_not_counted():
    made = figures(
        [
            row("HassTurnOn", "HassTurnOn", True),
            row("HassTurnOn", "HassTurnOn", False),
            row("HassTurnOn", "nothing", False),
            row("HassGetWeather", "nothing", False, "needs the network"),
        ]
    )
    by_name = {figure.name: figure for figure in made}
    assert by_name["intent and slots, en"].detail == "1 of 3"
    assert by_name["en HassTurnOn"].detail == "1 of 3; other slots 1, nothing 1"
    assert by_name["en HassGetWeather, not here"].values == {"ours": 1}
    assert by_name["en HassGetWeather, not here"].detail == "needs the network"


def test_a_line_that_is_no_label(tmp_path):
    (tmp_path / "home_intents_en.jsonl").write_text('{"text": 3}\n')
    with pytest.raises(ConfigError, match="line 1 is not a label"):
        find(tmp_path)


def test_it_is_measured_on_sentences(tmp_path, monkeypatch):
    from assistant import config
    from assistant.bench.clips import Recordings
    from assistant.bench.plan import Plan

    (tmp_path / "home_intents_en.jsonl").write_text(
        '{"text": "turn on the lamp", "lang": "en", "intent": "HassTurnOn",'
        ' "slots": {"name": "Lamp"}}\n'
        '{"text": "tell me a joke", "lang": "en", "intent": "HassRespond", "slots": {}}\n'
    )
    plan = Plan(
        Recordings(()), lambda changes: config.load(list(changes)).config, tmp_path, data=tmp_path
    )
    assert home.MEASURE.lacks(plan) == ""
    lamp, joke = home.MEASURE.rows(plan)
    assert (lamp.right, lamp.function, lamp.missing) == (True, "home.turn_on", "")
    assert joke.missing
