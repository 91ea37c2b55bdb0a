import time

import pytest

from assistant import config
from assistant.handlers.home import connected_home
from assistant.handlers.registry import Functions
from assistant.types import Intent
from assistant.understand.route import Cascade
from tests.handlers.conftest import NOW
from tests.mosquitto import (
    BLIND,
    BULB,
    CONTACT,
    FAN,
    HEATING,
    LAMP,
    LOCK,
    PLUG,
    PROGRAM,
    WEATHER,
    Bridge,
    mosquitto,
)


def pytest_collection_modifyitems(items):
    for item in items:
        if "broker" in getattr(item, "fixturenames", ()) and not PROGRAM:
            item.add_marker(pytest.mark.skip(reason="mosquitto is not installed"))


@pytest.fixture
def broker(tmp_path):
    with mosquitto(tmp_path) as running:
        yield running


@pytest.fixture
def bridge(broker):
    """The devices of a home, on Zigbee."""
    made = Bridge(
        broker,
        {
            "Bedside Lamp": (LAMP, {"state": "OFF", "brightness": 127, "color_temp": 370}),
            "Desk Lamp": (LAMP, {"state": "ON", "brightness": 254}),
            "Hall Light": (BULB, {"state": "OFF"}),
            "Coffee Machine": (PLUG, {"state": "ON", "power": 812.5}),
            "Tower Fan": (FAN, {"state": "ON", "fan_mode": "low"}),
            "Kitchen Blind": (BLIND, {"state": "OPEN", "position": 100}),
            "Garage Door": (BLIND, {"state": "CLOSE", "position": 0}),
            "Front Door": (LOCK, {"state": "LOCK"}),
            "Hall Thermostat": (
                HEATING,
                {
                    "occupied_heating_setpoint": 19.5,
                    "local_temperature": 20.25,
                    "system_mode": "heat",
                    "battery": 12,
                },
            ),
            "Bathroom Window": (CONTACT, {"contact": False, "battery": 90}),
            "Bedroom Window": (CONTACT, {"contact": True, "battery": 80}),
            "Balcony": (WEATHER, {"temperature": 7.4, "humidity": 81, "battery": 55}),
        },
        [
            {
                "id": 4,
                "friendly_name": "All Lamps",
                "members": [{"ieee_address": "0x00158d0000000000", "endpoint": 1}],
                "scenes": [{"id": 2, "name": "Movie Time"}],
            }
        ],
    )
    yield made
    made.close()


NAMES = """
[[room]]
name = "Bedroom"
floor = "Upstairs"
aliases = ["dormitorio"]

[[room]]
name = "Kitchen"
aliases = ["cocina"]

[[device]]
id = "Bedside Lamp"
aliases = ["lámpara de la mesilla"]
room = "Bedroom"

[[device]]
id = "Desk Lamp"
room = "Bedroom"

[[device]]
id = "Coffee Machine"
aliases = ["cafetera"]
room = "Kitchen"

[[device]]
id = "Kitchen Blind"
room = "Kitchen"

[[device]]
id = "Tower Fan"
room = "Bedroom"

[[device]]
id = "Hall Thermostat"
room = "Bedroom"
"""


LAST_TOLD = ("activate movie time", "what's the temperature outside")


class Home:
    """The functions of a home, and the sentences that call them."""

    def __init__(self, port, names="", *changes):
        file = config.user_file().parent / "home.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(names)
        home = [f"home.port={port}", 'home.broker="127.0.0.1"', "language=auto"]
        settings = config.load([*home, *changes]).config
        self.problems = []
        start = time.monotonic()
        self.family = connected_home(settings.home, self.problems)
        self.connecting = time.monotonic() - start  # seconds
        self.functions = Functions(now=lambda: NOW)
        self.functions.add(self.family)
        self.cascade = Cascade(self.functions, settings.languages, settings.route, now=lambda: NOW)
        self.functions.on_change(self.cascade.refresh)

    def route(self, text, language="en"):
        return self.cascade.route(text, language)

    def ask(self, text, language="en"):
        route = self.route(text, language)
        assert isinstance(route, Intent), f"{text!r} is not understood"
        return self.functions.act(route, text, language)

    def confirmed(self, text, language="en"):
        """What is replied to something that was asked about, and is meant."""
        return self.functions.act(self.route(text), text, language, confirmed=True).text

    def say(self, text, language="en"):
        return self.ask(text, language).text


@pytest.fixture
def home_of():
    """home_of(port, names, *settings): a home at a broker; closed at the end."""
    made = []

    def make(port, names="", *changes):
        made.append(Home(port, names, *changes))
        return made[-1]

    yield make
    for one in made:
        one.functions.close()


@pytest.fixture
def house(bridge, broker, home_of):
    """The home of `bridge`, with the user's names, once the last things have been told."""
    made = home_of(broker.port, NAMES)
    deadline = time.monotonic() + 60
    while not all(isinstance(made.route(text), Intent) for text in LAST_TOLD):
        assert time.monotonic() < deadline, "the home is not told"
        time.sleep(0.02)
    return made
