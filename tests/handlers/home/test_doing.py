"""Commands to real devices on a real broker; the devices are a script that behaves as they do."""

import time

import pytest

from assistant.types import Intent


def until(met, seconds=60):
    deadline = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < deadline, "it did not come to be"
        time.sleep(0.02)


def test_a_lamp_by_its_name(house, bridge):
    assert house.say("turn on the bedside lamp") == "The Bedside Lamp is on."
    assert bridge.sent == [("Bedside Lamp", {"state": "ON"})]
    assert house.say("is the bedside lamp on") == "Yes."
    assert (
        house.say("apaga la lámpara de la mesilla", "es") == "He apagado la lámpara de la mesilla."
    )
    assert house.say("is the bedside lamp on") == "No, the Bedside Lamp is off."


def test_what_was_done_can_be_taken_back(house, bridge):
    reply = house.ask("set the desk lamp to twenty percent")
    assert reply.text == "The Desk Lamp is at twenty percent."
    assert bridge.sent[-1] == ("Desk Lamp", {"brightness": 51})
    reply.undo()
    assert bridge.sent[-1] == ("Desk Lamp", {"brightness": 254})
    reply = house.ask("set the bedside lamp to twenty percent")
    reply.undo()
    assert bridge.sent[-1] == ("Bedside Lamp", {"state": "OFF"})


def test_all_of_a_kind_in_a_room(house, bridge):
    assert house.say("turn on the lights in the bedroom") == (
        "The Bedside Lamp and the Desk Lamp are on."
    )
    assert {name for name, _ in bridge.sent} == {"Bedside Lamp", "Desk Lamp"}
    bridge.sent.clear()
    reply = house.ask("apaga todas las luces", "es")
    assert reply.ok
    assert {name for name, _ in bridge.sent} == {
        "Bedside Lamp",
        "Desk Lamp",
        "Hall Light",
    }


def test_a_floor(house, bridge):
    house.say("turn off the lights upstairs")
    assert {name for name, _ in bridge.sent} == {"Bedside Lamp", "Desk Lamp"}


def test_everything_in_a_room(house, bridge):
    house.say("turn off everything in the kitchen")
    assert bridge.sent == [("Coffee Machine", {"state": "OFF"})]


def test_here_is_where_the_machine_is(bridge, broker, home_of, house):
    assert house.say("turn on the lights in here") == (
        "I do not know which room I am in. Tell me in the setting home.room."
    )
    from tests.handlers.home.conftest import NAMES

    placed = home_of(broker.port, NAMES, 'home.room="Bedroom"')
    placed.say("turn off the lights")
    assert {name for name, _ in bridge.sent} == {"Bedside Lamp", "Desk Lamp"}


def test_colours_and_whites(house, bridge):
    assert house.say("make the bedside lamp red") == "The Bedside Lamp is red now."
    [(_, sent)] = bridge.sent
    assert sent["color"]["x"] == pytest.approx(0.64, abs=0.01)
    reply = house.ask("set the bedside lamp to warm white")
    assert reply.text.endswith("kelvin.")
    assert bridge.sent[-1] == ("Bedside Lamp", {"color_temp": 370})
    house.say("pon la lámpara de la mesilla en azul", "es")
    assert bridge.sent[-1][1]["color"]["x"] == pytest.approx(0.15, abs=0.01)


def test_brighter_and_darker_from_where_it_is(house, bridge):
    assert house.say("dim the desk lamp") == "The Desk Lamp is at eighty percent."
    assert house.say("dim the desk lamp by 30 percent") == "The Desk Lamp is at fifty percent."
    assert house.say("brighten the bedside lamp") == "The Bedside Lamp is at twenty percent."


def test_nothing_percent_is_off(house, bridge):
    assert house.say("set the desk lamp to zero percent") == "The Desk Lamp is off."
    assert bridge.sent == [("Desk Lamp", {"state": "OFF"})]


def test_blinds(house, bridge):
    assert house.say("close the blinds in the kitchen") == "The Kitchen Blind is closing."
    assert bridge.sent[-1] == ("Kitchen Blind", {"state": "CLOSE"})
    assert house.say("set the kitchen blind to 40 percent") == (
        "The Kitchen Blind is moving to forty percent."
    )
    assert house.say("stop the kitchen blind") == "The Kitchen Blind has stopped."
    until(lambda: bridge.sent[-1] == ("Kitchen Blind", {"state": "STOP"}))


def test_what_lets_somebody_in_is_asked_about(house):
    functions = {f.name: f for f in house.functions}
    for sentence, language in (
        ("open the garage door", "en"),
        ("unlock the front door", "en"),
        ("abre la puerta del garaje", "es"),
        ("desbloquea front door", "es"),
    ):
        route = house.route(sentence, language)
        assert isinstance(route, Intent)
        assert functions[route.function].dangerous
    assert not functions[house.route("lock the front door").function].dangerous


def test_a_lock(house, bridge):
    assert house.say("is the front door locked") == "Yes."
    reply = house.ask("unlock the front door")
    assert reply.listen_again and bridge.sent == []
    assert house.confirmed("unlock the front door") == "The Front Door is unlocked."
    assert bridge.sent[-1] == ("Front Door", {"state": "UNLOCK"})
    assert house.say("are all the doors locked") == "No, not the Front Door."


def test_heating(house, bridge):
    assert house.say("set the temperature in the bedroom to 21 degrees") == (
        "The Hall Thermostat is set to twenty-one degrees."
    )
    assert bridge.sent[-1] == ("Hall Thermostat", {"occupied_heating_setpoint": 21})
    house.say("turn down the heating")
    assert bridge.sent[-1] == ("Hall Thermostat", {"occupied_heating_setpoint": 20})
    reply = house.ask("set the temperature in the bedroom to 45 degrees")
    assert (reply.ok, reply.text) == (
        False,
        "The Hall Thermostat goes from five to thirty degrees.",
    )


def test_a_fan(house, bridge):
    assert house.say("set the tower fan to high") == "The Tower Fan is at one hundred percent."
    assert bridge.sent[-1] == ("Tower Fan", {"fan_mode": "high"})
    assert house.say("turn off the fan") == "The Tower Fan is off."


def test_a_scene(house, bridge):
    assert house.say("activate movie time") == "The Movie Time: done."
    until(lambda: bridge.sent == [("All Lamps", {"scene_recall": 2})])


def test_a_device_that_does_not_answer(house, bridge):
    bridge.silent.add("Bedside Lamp")
    start = time.monotonic()
    reply = house.ask("turn on the bedside lamp")
    assert (reply.ok, reply.text) == (False, "No answer from the Bedside Lamp.")
    assert time.monotonic() - start < 60  # it is not waited for for ever
    bridge.silent.add("Hall Light")
    reply = house.ask("turn off all the lights")
    assert reply.ok  # they are off already
    reply = house.ask("turn on the lights in the bedroom")
    assert reply.text == "No answer from the Bedside Lamp; the rest is done."


def test_a_device_that_is_gone(house, bridge):
    bridge.tell("zigbee2mqtt/Bedside Lamp/availability", {"state": "offline"})
    lamp = next(e for e in house.family.house.entities if e.name == "Bedside Lamp")
    until(lambda: not house.family.house.available(lamp))
    reply = house.ask("turn on the bedside lamp")
    assert (reply.ok, reply.text) == (False, "The Bedside Lamp cannot be reached.")
    assert bridge.sent == []
    assert house.say("turn on the lights in the bedroom") == "The Desk Lamp is on."


def test_a_room_that_nobody_knows(house):
    reply = house.ask("turn on the lights in the attic")
    assert (reply.ok, reply.text) == (False, "I know of no room called attic.")
    reply = house.ask("turn on the fans in the kitchen")
    assert (reply.ok, reply.text) == (False, "I know of no fans there.")


def test_dimmed_lamps_are_never_put_out(house, bridge):
    house.say("set the desk lamp to fifteen percent")
    assert house.say("dim the desk lamp") == "The Desk Lamp is at five percent."
    assert house.say("dim the desk lamp by 50 percent") == "The Desk Lamp is at one percent."
    assert house.say("baja un poquito la luz", "es") == "He puesto el Desk Lamp al uno por ciento."
    assert bridge.sent[-1] == ("Desk Lamp", {"brightness": 3})


def test_lamps_that_are_off_are_not_dimmed(house, bridge):
    assert house.say("dim the lights by 10 percent") == "The Desk Lamp is at ninety percent."
    assert {name for name, _ in bridge.sent} == {"Desk Lamp"}
    bridge.sent.clear()
    reply = house.ask("dim the bedside lamp")
    assert (reply.ok, reply.text) == (False, "The Bedside Lamp is off.")
    assert bridge.sent == []


def test_all_but_one_room(house, bridge):
    house.say("turn on the hall light")
    bridge.sent.clear()
    house.say("turn off all the lights except the bedroom")
    assert {name for name, _ in bridge.sent} == {"Hall Light"}
    bridge.sent.clear()
    house.say("apaga todas las luces menos el desk lamp", "es")
    assert {name for name, _ in bridge.sent} == {"Bedside Lamp", "Hall Light"}
