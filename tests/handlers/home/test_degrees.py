"""How warm it is and shall be: from where it is, in both scales, inside and outside."""

import pytest

from assistant.handlers.home.entity import LimitsError
from assistant.handlers.home.shifting import converted
from assistant.types import Unheard
from tests.handlers.home.test_discovery import one
from tests.handlers.home.test_doing import until
from tests.mosquitto import HEATING, WEATHER, Bridge

TARGET = "occupied_heating_setpoint"


def test_so_many_degrees_more_and_less(house, bridge):
    assert house.say("turn the heating up three degrees") == (
        "The Hall Thermostat is set to twenty-two point five degrees."
    )
    assert bridge.sent[-1] == ("Hall Thermostat", {TARGET: 22.5})
    house.say("turn the heating down 5 degrees")
    assert bridge.sent[-1] == ("Hall Thermostat", {TARGET: 17.5})
    house.say("pon la calefacción dos grados más", "es")
    assert bridge.sent[-1] == ("Hall Thermostat", {TARGET: 19.5})
    house.say("turn the heating up to 21 degrees")
    assert bridge.sent[-1] == ("Hall Thermostat", {TARGET: 21})
    assert house.say("pon la calefacción a 21 grados", "es") == (
        "He puesto el Hall Thermostat a veintiún grados."
    )


def test_more_than_it_can_names_what_it_can(house, bridge):
    reply = house.ask("sube la calefacción veinte grados", "es")
    assert not reply.ok
    assert reply.text == "El Hall Thermostat va de cinco a treinta grados."
    assert bridge.sent == []


def test_heating_that_is_off_is_not_raised_from_nothing(house, bridge):
    house.say("turn off the heating")
    bridge.sent.clear()
    reply = house.ask("turn the heating up")
    assert (reply.ok, reply.text) == (False, "The Hall Thermostat is off. Turn it on first.")
    assert not house.ask("baja la calefacción", "es").ok
    assert bridge.sent == []
    house.say("turn on the heating")
    assert house.ask("turn the heating up").ok
    assert bridge.sent[-1] == ("Hall Thermostat", {TARGET: 20.5})


def test_the_scale_that_was_said(house, bridge):
    assert house.say("set the thermostat to 70 degrees fahrenheit") == (
        "The Hall Thermostat is set to seventy degrees."
    )
    assert bridge.sent[-1] == ("Hall Thermostat", {TARGET: 21})
    house.say("set the thermostat to 20 degrees celsius")
    assert bridge.sent[-1] == ("Hall Thermostat", {TARGET: 20})
    house.say("turn the heating up 9 degrees fahrenheit")
    assert bridge.sent[-1] == ("Hall Thermostat", {TARGET: 25})


@pytest.mark.parametrize(
    ("degrees", "scale", "unit", "expected"),
    [(70, "°F", "°C", 21), (20, "°C", "°F", 68), (20, "", "°F", 20), (70, "°F", "°F", 70)],
)
def test_one_scale_in_the_other(degrees, scale, unit, expected):
    assert converted(degrees, scale, unit) == expected


@pytest.mark.parametrize(
    ("config", "fits", "does_not"),
    [
        ({}, 20, 70),
        ({"temperature_unit": "F"}, 70, 20),
        ({"temperature_unit": "F", "min_temp": 60, "max_temp": 80}, 60, 81),
    ],
)
def test_what_a_thermostat_takes_that_does_not_say_it(config, fits, does_not):
    entity = one("climate", name="x", temperature_command_topic="c", **config)
    assert entity.writes["target"](fits)
    with pytest.raises(LimitsError):
        entity.writes["target"](does_not)


def test_the_balcony_is_not_the_room(house):
    assert house.say("what's the temperature") == "It is twenty point two degrees."
    assert house.say("qué temperatura hace", "es") == "Hay veinte coma dos grados."
    assert house.say("what is the temperature on the balcony") == "It is seven point four degrees."


def test_outside(house):
    told = "Outside it is seven point four degrees."
    assert house.say("what's the temperature outside") == told
    assert house.say("how cold is it outside") == told
    assert house.say("what is the outdoor temperature") == told
    assert house.say("qué temperatura hace fuera", "es") == "Fuera hay siete coma cuatro grados."


def test_outside_where_nothing_tells_it_is_the_weather(broker, home_of):
    heating = {TARGET: 20, "local_temperature": 21, "system_mode": "heat"}
    bridge = Bridge(broker, {"Thermostat": (HEATING, heating)})
    home = home_of(broker.port)
    route = home.route("what's the temperature outside")
    assert isinstance(route, Unheard) and route.refused
    bridge.close()


def test_thermometers_that_do_not_agree_are_named(broker, home_of):
    bridge = Bridge(
        broker,
        {
            "Bedroom Sensor": (WEATHER, {"temperature": 16}),
            "Kitchen Sensor": (WEATHER, {"temperature": 22}),
            "Fridge": (WEATHER, {"temperature": 4}),
            "Garden": (WEATHER, {"temperature": 9}),
        },
    )
    home = home_of(broker.port)
    until(lambda: len(home.family._air()) == 3)
    assert home.say("what's the temperature") == (
        "The Bedroom Sensor temperature: sixteen degrees; the Kitchen Sensor temperature:"
        " twenty-two degrees."
    )
    bridge.close()
