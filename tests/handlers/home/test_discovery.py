"""What Home Assistant's discovery messages mean. No broker: payloads in, devices out."""

import json

import pytest

from assistant.handlers.home.abbreviations import written_out
from assistant.handlers.home.discovery import Discovery
from assistant.handlers.home.entity import Message
from assistant.handlers.home.house import House


def told(component, config, key="thing"):
    payload = config if isinstance(config, str) else json.dumps(config)
    return Discovery("homeassistant", "zigbee2mqtt").heard(
        f"homeassistant/{component}/{key}/config", payload
    )


def one(component, **config):
    [entity] = told(component, config)
    return entity


def state(entity, topic, payload):
    house = House()
    house.told("test", [entity])
    house.heard(topic, payload if isinstance(payload, str) else json.dumps(payload))
    return house.state(house.entities[0])


def test_short_keys_and_the_base_topic():
    config = {"~": "home/lamp", "name": "Lamp", "stat_t": "~/state", "cmd_t": "set/~",
              "dev": {"name": "Kitchen", "sa": "Kitchen", "ids": "x"},
              "avty": [{"t": "~/there", "pl_avail": "yes"}]}  # fmt: skip
    assert written_out(config) == {
        "name": "Lamp",
        "state_topic": "home/lamp/state",
        "command_topic": "set/home/lamp",
        "device": {"name": "Kitchen", "suggested_area": "Kitchen", "identifiers": "x"},
        "availability": [{"topic": "home/lamp/there", "payload_available": "yes"}],
    }


def test_a_light_with_a_topic_for_each_thing():
    lamp = one(
        "light", name="Lamp", state_topic="l/s", command_topic="l/c",
        brightness_state_topic="l/b", brightness_command_topic="l/bc",
        rgb_command_topic="l/rgb", color_temp_command_topic="l/ct", unique_id="u1",
    )  # fmt: skip
    assert (lamp.kind, lamp.name, lamp.ids >= {"u1"}) == ("light", "Lamp", True)
    assert lamp.writes["power"]("on") == [Message("l/c", "ON")]
    assert lamp.writes["brightness"](50) == [Message("l/bc", "128")]
    assert lamp.writes["color"]((255, 0, 10)) == [Message("l/rgb", "255,0,10")]
    assert lamp.writes["kelvin"](2700) == [Message("l/ct", "370")]
    assert state(lamp, "l/s", "OFF") == {"power": "off"}
    assert state(lamp, "l/b", "255") == {"brightness": 100}
    assert state(lamp, "l/b", "soup") == {}


def test_a_light_in_json():
    lamp = one(
        "light", schema="json", name="Strip", state_topic="s", command_topic="c",
        supported_color_modes=["hs", "color_temp"],
    )  # fmt: skip
    [message] = lamp.writes["color"]((0, 255, 0))
    assert json.loads(message.payload) == {"state": "ON", "color": {"h": 120, "s": 100}}
    assert state(lamp, "s", {"state": "ON", "brightness": 51, "color_temp": 250}) == {
        "power": "on",
        "brightness": 20,
        "kelvin": 4000,
    }


def test_a_template_that_is_a_program_is_never_run():
    assert told("light", {"schema": "template", "command_topic": "c", "name": "x",
                          "command_on_template": "{{ range(1e9) }}"}) == []  # fmt: skip
    plug = one(
        "switch", name="x", state_topic="s", command_topic="c",
        value_template="{{ self.__init__.__globals__ }}",
    )  # fmt: skip
    assert plug.reads == {} and plug.tells == frozenset()
    sensor = one(
        "sensor", name="x", state_topic="s",
        value_template="{{ value_json['a'].b | float | round(1) }}",
    )  # fmt: skip
    assert state(sensor, "s", {"a": {"b": "21.5"}}) == {"value": 21.5}


def test_a_cover_counts_from_where_it_is_closed():
    blind = one(
        "cover", name="Blind", command_topic="c", position_topic="p", set_position_topic="sp",
        position_open=0, position_closed=100, device_class="blind",
    )  # fmt: skip
    assert blind.klass == "blind"
    assert state(blind, "p", "30") == {"position": 70, "cover": "open"}
    assert blind.writes["position"](70) == [Message("sp", "30")]
    assert blind.writes["cover"]("closed") == [Message("c", "CLOSE")]
    assert blind.writes["stop"](None) == [Message("c", "STOP")]


@pytest.mark.parametrize(
    ("component", "config", "attribute", "value", "message"),
    [
        ("lock", {"command_topic": "c"}, "lock", "unlocked", Message("c", "UNLOCK")),
        ("fan", {"percentage_command_topic": "c", "speed_range_max": 4}, "speed", 50,
         Message("c", "2")),
        ("climate", {"temperature_command_topic": "c"}, "target", 19.5, Message("c", "19.5")),
        ("vacuum", {"command_topic": "c"}, "vacuum", "docked", Message("c", "return_to_base")),
        ("lawn_mower", {"dock_command_topic": "c"}, "mower", "docked", Message("c", "dock")),
        ("scene", {"command_topic": "c"}, "trigger", None, Message("c", "ON")),
        ("button", {"command_topic": "c", "payload_press": "now"}, "trigger", None,
         Message("c", "now")),
        ("valve", {"command_topic": "c", "reports_position": True}, "position", 40,
         Message("c", "40")),
        ("siren", {"command_topic": "c"}, "power", "on", Message("c", "ON")),
    ],
)  # fmt: skip
def test_what_is_sent(component, config, attribute, value, message):
    assert one(component, name="x", **config).writes[attribute](value) == [message]


@pytest.mark.parametrize(
    ("component", "config", "payload", "expected"),
    [
        ("lock", {}, "LOCKED", {"lock": "locked"}),
        ("binary_sensor", {"device_class": "window"}, "ON", {"contact": "open"}),
        ("binary_sensor", {"device_class": "motion"}, "ON", {"detected": "on"}),
        ("device_tracker", {}, "not_home", {"person": "away"}),
        ("vacuum", {}, '{"state": "docked"}', {"vacuum": "docked"}),
        ("valve", {"reports_position": True}, "0", {"position": 0, "cover": "closed"}),
        ("sensor", {}, "a" * 500, {}),
    ],
)
def test_what_is_told(component, config, payload, expected):
    entity = one(component, name="x", state_topic="s", **config)
    assert state(entity, "s", payload) == expected


def test_a_lock_that_wants_a_code_is_only_looked_at():
    assert "lock" not in one("lock", name="x", state_topic="s", command_topic="c",
                             code_format="^\\d{4}$").writes  # fmt: skip


def test_names_of_devices_and_of_their_parts():
    lamp = one("light", name="Ceiling Lamp", command_topic="c",
               device={"name": "Shelly 25 AB12", "suggested_area": "Bath"})  # fmt: skip
    assert (lamp.name, lamp.aliases, lamp.room) == (
        "Shelly 25 AB12 Ceiling Lamp", ("Ceiling Lamp",), "Bath",
    )  # fmt: skip
    assert one("light", name=None, command_topic="c", device={"name": "Desk"}).name == "Desk"
    assert one("light", name="Desk lamp", command_topic="c", device={"name": "Desk"}).name == (
        "Desk lamp"
    )


def test_a_device_with_its_parts_in_one_message():
    found = told(
        "device",
        {
            "dev": {"name": "Meter"},
            "o": {"name": "thing"},
            "state_topic": "m/s",
            "cmps": {
                "p": {"p": "sensor", "name": "Power", "dev_cla": "power", "unit_of_meas": "W",
                      "val_tpl": "{{ value_json.w }}"},
                "s": {"p": "switch", "name": "Relay", "cmd_t": "m/c"},
                "gone": {"p": "switch"},
            },
        },
    )  # fmt: skip
    assert [(e.kind, e.name, e.unit) for e in found] == [
        ("sensor", "Meter Power", "W"),
        ("switch", "Meter Relay", ""),
    ]


def test_what_the_bridge_tells_itself_is_not_taken_twice():
    assert told("light", {"name": "x", "command_topic": "zigbee2mqtt/x/set"}) == []
    assert told("light", {"name": "x", "command_topic": "c", "o": {"name": "Zigbee2MQTT"}}) == []


def test_a_topic_that_is_a_pattern_is_none():
    assert told("light", {"name": "x", "command_topic": "a/#"}) == []
    assert told("light", {"name": "x", "command_topic": "+"}) == []
    assert told("switch", {"name": "x", "command_topic": 7}) == []


@pytest.mark.parametrize(
    "payload", ["{", "[]", "null", "7", '"x"', '{"device": 3}', '{"name": {"a": 1}}', "[" * 9999]
)
def test_malformed_messages_tell_of_nothing(payload):
    assert told("light", payload) == []
    assert told("device", payload) == []


def test_an_empty_message_takes_a_device_away():
    house = House()
    house.told("t", told("light", {"name": "Lamp", "command_topic": "c"}))
    assert [e.name for e in house.entities] == ["Lamp"]
    assert house.told("t", told("light", ""))
    assert house.entities == ()


def test_availability_of_one_or_of_all():
    for mode, expected in (("all", False), ("any", True)):
        lamp = one(
            "light", name="x", command_topic="c", availability_mode=mode,
            availability=[{"topic": "a"}, {"topic": "b", "value_template": "{{ value_json.s }}"}],
        )  # fmt: skip
        house = House()
        house.told("t", [lamp])
        assert house.available(lamp)
        house.heard("a", "online")
        house.heard("b", '{"s": "offline"}')
        assert house.available(lamp) is expected


def test_other_topics_are_not_discoverys():
    discovery = Discovery("homeassistant")
    assert discovery.heard("homeassistant/status", "online") is None
    assert discovery.heard("other/light/x/config", "{}") is None


def lamp(number):
    topics = {f"{what}_topic": f"{number}/{what}" for what in ("command", "state", "availability")}
    [entity] = told("light", {"name": f"Lamp {number}", **topics}, f"lamp{number}")
    return entity


def test_devices_that_come_and_go_for_ever_leave_nothing():
    house = House()
    for number in range(50):
        house.told("one source", [lamp(number)])
        house.heard(f"{number}/state", "ON")
        house.heard(f"{number}/availability", "offline")
    assert len(house._states) == len(house._heard) == len(house._available) == 1
    assert house.state(house.entities[0]) == {"power": "on"}
    assert not house.available(house.entities[0])


def test_a_device_that_comes_back_has_news():
    house, lamp_ = House(), lamp(1)
    house.told("one source", [lamp_])
    for _ in range(5):
        house.heard("1/state", "ON")
    before = house.heard_of(lamp_)
    house.told("one source", [])
    house.told("one source", [lamp_])
    house.heard("1/state", "OFF")
    assert house.heard_of(lamp_) > before


def test_nobody_can_tell_of_devices_without_end(monkeypatch):
    monkeypatch.setattr("assistant.handlers.home.house.MOST_ENTITIES", 20)
    house = House()
    for number in range(40):
        house.told(f"source {number}", [lamp(number)])
    assert len(house.entities) == 20
    house.told("source 3", [])
    house.told("another", [lamp(99)])  # there is room again
    assert {"Lamp 99", "Lamp 4"} <= {entity.name for entity in house.entities}
