"""Questions, answered from what devices told on a real broker."""

from assistant.types import Intent
from tests.handlers.home.test_doing import until


def test_which_and_how_many(house):
    assert house.say("which lights are on") == "The Desk Lamp."
    assert house.say("how many lights are on") == "One."
    assert house.say("are any lights on in the bedroom") == "Yes, the Desk Lamp."
    assert house.say("are all the lights off") == "No, not the Desk Lamp."
    assert house.say("how many windows are open") == "One."
    assert house.say("which windows are open") == "The Bathroom Window."
    assert house.say("qué luces están encendidas", "es") == "El Desk Lamp."


def test_readings(house):
    assert house.say("what is the temperature in the bedroom") == (
        "It is twenty point two degrees."
    )
    assert house.say("what is the balcony humidity") == (
        "The Balcony humidity is eighty-one percent."
    )
    assert house.say("how is the kitchen blind") == "The Kitchen Blind is open."


def test_batteries(house):
    assert house.say("which batteries are low") == "Low: Hall Thermostat."
    assert house.say("how is the battery of the bathroom window") == "It is at ninety percent."
    assert house.say("qué pilas están gastadas", "es") == "Bajas: Hall Thermostat."


def test_what_is_not_known_is_said(house):
    reply = house.ask("is the coffee machine open")
    assert not reply.ok
    reply = house.ask("are any fans open")
    assert not reply.ok


def test_who_is_at_home(house, bridge):
    for name, state in (("jane", "home"), ("john", "not_home")):
        bridge.tell(
            f"homeassistant/device_tracker/{name}/config",
            {"name": name.title(), "state_topic": f"phones/{name}"},
        )
        bridge.tell(f"phones/{name}", state)
    until(lambda: len([e for e in house.family.house.entities if e.kind == "person"]) == 2)
    people = [e for e in house.family.house.entities if e.kind == "person"]
    until(lambda: all(house.family.house.state(e) for e in people))
    assert house.say("who is home") == "Jane."
    until(lambda: isinstance(house.route("is john home"), Intent), 30)
    assert house.say("is john home") == "No."
    assert house.say("is jane at home") == "Yes."
    assert house.say("quién está en casa", "es") == "Jane."
