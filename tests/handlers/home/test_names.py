"""What can be said: names from anywhere, the user's own names, rooms that any home has."""

import json

import pytest

from assistant.errors import ConfigError
from assistant.handlers.home.entity import Entity, Message, sayable
from assistant.handlers.home.house import House
from assistant.handlers.home.names import listed
from assistant.handlers.home.own_names import read_names
from assistant.handlers.home.zigbee import Zigbee
from tests.mosquitto import BLIND, CONTACT, LAMP


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Bedside Lamp", "Bedside Lamp"),
        ("kitchen/ceiling_lamp", "kitchen ceiling lamp"),
        ("BedroomLamp", "Bedroom Lamp"),
        ("Jane’s lamp", "Jane's lamp"),
        ("Lamp 2", "Lamp 2"),
        ("{0.__class__} (a|b) <the> %s", "0 class a b the s"),
        ("0x00158d0001dc126a", ""),
        ("x" * 90, ""),
        ("🔥", ""),
        ("42", ""),
        ("", ""),
    ],
)
def test_a_name_as_it_is_said(name, said):
    assert sayable(name) == said


def names_file(tmp_path, text, suffix=".toml"):
    path = tmp_path / f"home{suffix}"
    path.write_text(text)
    return read_names(path)


def test_the_users_names_stand_for_addresses(tmp_path):
    own = names_file(
        tmp_path,
        """
        device:
        - {id: "0x00158d0000000001", name: Bathroom, aliases: [baño], room: Bath, class: window}
        - {name: Lamp, kind: light, room: Hall}
        room:
        - {name: Bath, floor: Upstairs}
        """,
        ".yaml",
    )
    house = House(own)
    zigbee = Zigbee("zigbee2mqtt")
    devices = [
        {"ieee_address": "0x00158d0000000001", "type": "EndDevice", "friendly_name": "Sensor 7",
         "definition": {"exposes": CONTACT}},
    ]  # fmt: skip
    house.told("z", zigbee.heard("zigbee2mqtt/bridge/devices", json.dumps(devices)))
    by_kind = {(e.kind, e.klass): e for e in house.entities}
    window = by_kind["binary", "window"]
    assert (window.name, window.room, window.aliases) == ("Bathroom", "Bath", ("baño",))
    assert by_kind["sensor", "battery"].name == "Bathroom battery"
    assert not by_kind["light", ""].connected
    assert house.floors == ["Upstairs"]
    assert house.rooms_of("Upstairs") == {"upstairs", "bath"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[device]]\nkind = 'light'", "neither an id nor a name"),
        ("[[device]]\nname = 'x'\nkind = 'toaster'", "Invalid enum value"),
        ("[[room]]\nfloor = 'x'", "missing required field"),
        ("[[room]", "not well formed"),
        ("[[room]]\nname = 'x'\ncolour = 'y'", "unknown field"),
    ],
)
def test_a_bad_file_of_names_says_why(tmp_path, text, why):
    with pytest.raises(ConfigError, match=why):
        names_file(tmp_path, text)


def test_rooms_that_any_home_has_are_those_of_this_one(tmp_path):
    own = names_file(tmp_path, '[[room]]\nname = "Cocina"\n[[room]]\nname = "Nook"')
    places = listed(House(own), "places", "en")
    assert places["kitchen"] == "Cocina"
    assert places["nook"] == "Nook"
    assert places["garage"] == "garage"
    assert listed(House(own), "places", "es")["cocina"] == "Cocina"


def test_what_kind_of_thing_is_told_by_its_name():
    zigbee = Zigbee("z")
    devices = [
        {"ieee_address": f"0x{n}", "friendly_name": name, "definition": {"exposes": exposes}}
        for n, (name, exposes) in enumerate(
            [("Garage door", BLIND), ("Kitchen roller blind", BLIND), ("puerta", CONTACT)]
        )
    ]
    found = zigbee.heard("z/bridge/devices", json.dumps(devices))
    assert [e.klass for e in found if e.klass != "battery"] == ["garage", "blind", "door"]


def test_disabled_devices_and_the_coordinator_are_left_out():
    devices = [
        {"ieee_address": "0x1", "friendly_name": "a", "disabled": True,
         "definition": {"exposes": LAMP}},
        {"ieee_address": "0x2", "friendly_name": "c", "type": "Coordinator"},
        {"ieee_address": "0x3", "friendly_name": "b", "definition": None},
        {"ieee_address": "0x4", "friendly_name": "a/#", "definition": {"exposes": LAMP}},
        {"friendly_name": "no address"},
        None,
    ]  # fmt: skip
    assert Zigbee("z").heard("z/bridge/devices", json.dumps(devices)) == []


def test_a_vacuum_cleaner_is_told_a_room_as_the_user_says(tmp_path):
    own = names_file(
        tmp_path,
        """
        [[device]]
        id = "v1"
        name = "Rover"
        area_topic = "rover/clean"
        areas = { Kitchen = '{"segment_ids": ["4"]}' }
        """,
    )
    house = House(own)
    writes = {"vacuum": lambda value: [Message("rover", value)]}
    house.told("t", [Entity("v1", "vacuum", "robo", writes=writes)])
    [rover] = house.entities
    assert rover.writes["area"]("kitchen") == [Message("rover/clean", '{"segment_ids": ["4"]}')]
    with pytest.raises(KeyError):
        rover.writes["area"]("attic")


def test_two_lamps_in_one_device():
    features = [
        {"type": "light", "endpoint": end, "features": [
            {"name": "state", "property": f"state_{end}", "access": 7, "value_on": "ON",
             "value_off": "OFF"}]}
        for end in ("left", "right")
    ]  # fmt: skip
    device = {"ieee_address": "0x1", "friendly_name": "Duo", "definition": {"exposes": features}}
    left, right = Zigbee("z").heard("z/bridge/devices", json.dumps([device]))
    assert (left.name, right.name) == ("Duo left", "Duo right")
    [message] = right.writes["power"]("on")
    assert (message.topic, json.loads(message.payload)) == ("z/Duo/set", {"state_right": "ON"})
    assert left.reads["z/Duo"]('{"state_left": "ON", "state_right": "OFF"}') == {"power": "on"}


def test_only_words_become_phrases():
    house = House()
    house.told("t", [Entity("1", "light", "Lamp [x] (a|b) {name} <rule>")])
    assert list(listed(house, "lights names", "en")) == ["lamp x a b name rule"]
