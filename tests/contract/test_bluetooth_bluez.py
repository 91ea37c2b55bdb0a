"""Bluetooth, against BlueZ as python-dbusmock plays it."""

import pytest

from assistant.handlers.machine import bluez
from assistant.types import Ask
from tests.bus import buses, no_buses  # noqa: F401 - fixtures
from tests.handlers.conftest import Device, cascade, settings  # noqa: F401 - fixtures
from tests.services import template

ADAPTER = "/org/bluez/hci0"
DEVICE = "org.bluez.Device1"
THINGS = {
    "AA:AA:AA:AA:AA:01": ("WH-1000XM4", "audio-headset"),
    "AA:AA:AA:AA:AA:02": ("Jabra Elite", "audio-headset"),
    "AA:AA:AA:AA:AA:03": ("MX Keys", "input-keyboard"),
    "AA:AA:AA:AA:AA:04": ("Kitchen {0}", "audio-card"),
}


def path(n):
    return f"{ADAPTER}/dev_AA_AA_AA_AA_AA_0{n}"


@pytest.fixture
def service(buses):  # noqa: F811
    with template(buses.system, "bluez5", "/") as made:
        mock = {"interface": "org.bluez.Mock", "path": "/org/bluez"}
        made.tell("AddAdapter", "ss", "hci0", "box", **mock)
        for address, (name, icon) in THINGS.items():
            made.tell("AddDevice", "sss", "hci0", address, name, **mock)
            made.tell("PairDevice", "ssi", "hci0", address, 0, **mock)
            where = f"{ADAPTER}/dev_{address.replace(':', '_')}"
            made.set(where, DEVICE, "Icon", "s", icon)
        yield made


@pytest.fixture
def device(settings, cascade, tmp_path):  # noqa: F811
    made = Device(settings, cascade, data=tmp_path / "data", root=tmp_path)
    yield made
    made.functions.close()


def connected(service, n, value=True):
    """The template keeps it to itself; the real service tells it in the property."""
    service.set(path(n), DEVICE, "Connected", "b", value)


def powered(service):
    return service.get(ADAPTER, "org.bluez.Adapter1", "Powered")


def test_off_and_on_and_back(service, device):
    reply = device.ask("turn off bluetooth")
    assert (reply.text, powered(service)) == ("Bluetooth off.", False)
    assert device.say("is bluetooth on") == "Bluetooth is off."
    reply.undo()
    assert powered(service) is True
    device.say("apaga el bluetooth", "es")
    assert device.say("enciende el bluetooth", "es") == "Bluetooth activado."
    assert powered(service) is True


def test_what_is_connected(service, device):
    assert device.say("what is connected by bluetooth") == "Bluetooth is on; nothing is connected."
    connected(service, 1)
    connected(service, 4)
    service.properties("org.bluez.Battery1", path=path(1), Percentage=("y", 80))
    assert device.say("which devices are connected") == (
        "Connected: WH-1000XM4, eighty percent; Kitchen {0}."
    )
    assert device.say("qué hay conectado por bluetooth", "es") == (
        "Conectado: WH-1000XM4, ochenta por ciento; Kitchen {0}."
    )


def test_the_charge_of_headphones_is_asked_like_that_of_a_mouse(service, device):
    connected(service, 1)
    service.properties("org.bluez.Battery1", path=path(1), Percentage=("y", 80))
    assert device.say("how much battery do my headphones have") == "WH-1000XM4, eighty percent."


def test_what_is_paired(service, device):
    assert device.say("which devices are paired") == (
        "Paired: WH-1000XM4, Jabra Elite, MX Keys and Kitchen {0}."
    )


def test_a_kind_is_connected(service, device):
    reply = device.ask("connect the keyboard")
    assert reply.text == "MX Keys is connected."
    assert service.calls("Connect", path=path(3)) == [()]
    connected(service, 3)
    reply.undo()
    assert service.calls("Disconnect", path=path(3)) == [()]


def test_of_several_of_a_kind_the_user_is_asked_for_the_name(service, device):
    reply = device.ask("conecta mis auriculares", "es")
    assert (reply.text, reply.asks) == (
        "¿Cuál: WH-1000XM4 y Jabra Elite?",
        Ask("bluetooth.join", "name"),
    )
    assert device.say("conecta jabra elite por bluetooth", "es") == "Jabra Elite está conectado."
    assert service.calls("Connect", path=path(2)) == [()]
    connected(service, 2)
    assert device.say("disconnect my headphones") == "Jabra Elite is disconnected."
    assert service.calls("Disconnect", path=path(2)) == [()]


def test_names_are_heard_as_they_sound(service, device):
    assert device.say("connect to wh 1000 xm 4 by bluetooth") == "WH-1000XM4 is connected."


def test_connecting_turns_it_on(service, device):
    device.say("turn off bluetooth")
    device.say("connect the keyboard")
    assert powered(service) is True


def test_one_that_does_not_answer(service, device):
    service.method(
        DEVICE, "Connect", "", "",
        "raise dbus.exceptions.DBusException('page timeout', name='org.bluez.Error.Failed')",
        path=path(3),
    )  # fmt: skip
    reply = device.ask("connect the keyboard")
    assert (reply.ok, reply.text) == (False, "MX Keys does not answer. Is it on, and near?")


def test_one_that_nobody_knows(service, device):
    reply = device.ask("connect my phone")
    assert (reply.ok, reply.text) == (
        False,
        "I know no such device. Pair it once in the bluetooth settings.",
    )
    assert not device.ask("connect to the toaster by bluetooth").ok


def test_without_an_adapter_it_says_so(buses, device):  # noqa: F811
    with template(buses.system, "bluez5", "/"):
        reply = device.ask("turn on bluetooth")
        assert (reply.ok, reply.text) == (False, "There is no bluetooth on this machine.")
    assert not device.ask("turn on bluetooth").ok
    assert "bluetooth" not in device.say("what can you do")


def test_without_any_bus(no_buses, device):  # noqa: F811
    assert bluez.batteries() == []
    assert not device.ask("activa el bluetooth", "es").ok
