"""The connection: made, lost, made again, refused; and what only a real broker can show."""

import subprocess
import threading

import pytest

from assistant.types import Intent
from tests.handlers.home.test_doing import until
from tests.mosquitto import LAMP, Bridge, Mosquitto, free_port, mosquitto

LAMPS = {"Bedside Lamp": (LAMP, {"state": "OFF", "brightness": 10})}


def knows(home, text, language="en"):
    route = home.route(text, language)
    return isinstance(route, Intent) and route.function.startswith("home.")


def test_without_a_broker_nothing_is_connected(home_of, no_threads_of_ours):
    home = home_of(1883, "", 'home.broker=""')
    reply = home.ask("turn on the lights")
    assert (reply.ok, reply.text) == (
        False,
        "I am not connected to a home. Name its broker in the setting home.broker.",
    )
    assert not any(f.available() for f in home.functions)


@pytest.fixture
def no_threads_of_ours():
    before = threading.active_count()
    yield
    assert threading.active_count() == before


def test_a_broker_that_is_not_there(home_of):
    home = home_of(free_port())
    assert home.connecting < 30
    assert home.say("enciende la luz", "es") == "Ahora no llego al servidor de tu casa."


def test_a_broker_that_comes_later_and_goes_and_comes(tmp_path, home_of):
    port = free_port()
    home = home_of(port)
    broker = Mosquitto(tmp_path, port=port)
    bridge = Bridge(broker, LAMPS)
    until(lambda: home.family.link.connected, 60)
    until(lambda: knows(home, "turn on the bedside lamp"), 60)
    assert home.say("turn on the bedside lamp") == "The Bedside Lamp is on."
    broker.stop()
    until(lambda: not home.family.link.connected)
    assert not home.ask("turn off the bedside lamp").ok
    broker.start()
    until(lambda: home.family.link.connected, 60)
    bridge.introduce()  # this broker kept nothing
    until(lambda: home.ask("turn off the bedside lamp").ok, 60)
    bridge.close()
    broker.stop()


def test_names_that_come_and_go(bridge, broker, home_of):
    home = home_of(broker.port)
    assert knows(home, "turn on the desk lamp")
    state = bridge.devices.pop("Desk Lamp")
    bridge.devices["Reading Lamp"] = state
    bridge.introduce()
    until(lambda: not knows(home, "toggle the desk lamp"), 60)
    assert knows(home, "turn on the reading lamp")
    assert home.say("turn off the reading lamp") == "The Reading Lamp is off."


def test_the_broker_must_be_near(home_of):
    home = home_of(1883, "", 'home.broker="93.184.215.14"')
    [problem] = home.problems
    assert "is on the internet" in problem
    assert not home.ask("turn on the lights").ok


def test_a_name_that_leads_to_the_internet_is_refused(monkeypatch, home_of):
    """The look-up is ours here, since the tests have no network; what follows it is not."""
    asked = []

    def look_up(host, *_):
        asked.append(host)
        return [(0, 0, 0, "", ("93.184.215.14", 0))]

    monkeypatch.setattr("assistant.handlers.home.broker.socket.getaddrinfo", look_up)
    home = home_of(1883, "", 'home.broker="broker.example"')
    until(lambda: "broker.example" in asked)
    assert home.ask("turn on the lights").text == (
        "I cannot reach your home's broker at the moment."
    )


def test_a_user_and_a_password(tmp_path, home_of):
    (tmp_path / "users").touch(mode=0o600)
    tool = ["mosquitto_passwd", "-b", str(tmp_path / "users"), "assistant", "sésamo"]
    subprocess.run(tool, check=True, capture_output=True)
    secret = tmp_path / "secret"
    secret.write_text("sésamo\n")
    secret.chmod(0o600)
    with mosquitto(
        tmp_path, "allow_anonymous false", f"password_file {tmp_path / 'users'}"
    ) as broker:
        stranger = home_of(broker.port)
        assert not stranger.family.link.connected
        known = home_of(broker.port, "", "home.user=assistant", f'home.password_file="{secret}"')
        until(lambda: known.family.link.connected)


def test_a_password_that_cannot_be_read(home_of, tmp_path):
    home = home_of(1883, "", "home.user=me", f'home.password_file="{tmp_path}/none"')
    [problem] = home.problems
    assert "home.password_file" in problem


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_encrypted(tmp_path, home_of):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
        f" -addext subjectAltName=IP:127.0.0.1 -keyout {key} -out {certificate}"
    )
    subprocess.run(make.split(), check=True, capture_output=True)
    with mosquitto(tmp_path, f"certfile {certificate}", f"keyfile {key}") as broker:
        trusting = home_of(broker.port, "", "home.tls=true", f'home.ca_file="{certificate}"')
        until(lambda: trusting.family.link.connected)
        wary = home_of(broker.port, "", "home.tls=true")  # paho leaves its socket to the collector
        assert not wary.family.link.connected


def test_strangers_say_what_they_like(broker, bridge, home_of):
    """Malformed lists, messages that are none, names that are programs: nothing breaks."""
    home = home_of(broker.port)
    for payload in ("", "{", "null", "[1, 2]", '[{"friendly_name": 3}]', "\ufffd", "[" * 5000):
        bridge.tell("zigbee2mqtt/bridge/devices", payload)
        bridge.tell("homeassistant/light/x/config", payload)
        bridge.tell("homeassistant/device/x/config", payload)
        bridge.tell("zigbee2mqtt/Desk Lamp", payload)
    for payload in (
        '{"state": []}',
        '{"brightness": {}, "state": {"a": 1}}',
        '{"brightness": 1e999}',
    ):
        bridge.tell("zigbee2mqtt/Desk Lamp", payload)
    names = ["#", "+", "a/#", "{0.__class__}", "%s%n%x", "$(reboot)", "<rule>", "(a|b)", "[x]",
             "{name}", "'; drop table", "x" * 300, "\x00", "..", "🔥", "lamp; rm -rf", "|", "a:b",
             "<the>"]  # fmt: skip
    bridge.devices = {name: (LAMP, {"state": "OFF"}) for name in names}
    bridge.devices["Kitchen/Ceiling {Lamp}"] = (LAMP, {"state": "OFF"})
    bridge.introduce()
    until(lambda: knows(home, "turn on the kitchen ceiling lamp"), 60)
    assert home.ask("turn on the kitchen ceiling lamp").ok
    assert not any("#" in topic or "+" in topic for topic in home.family.house.topics())
    for language in ("en", "es"):
        assert all(
            set(phrase) <= set("abcdefghijklmnopqrstuvwxyz0123456789' ") | set("áéíóúñü")
            for phrase in home.family.listed("lights names", language)
        )
