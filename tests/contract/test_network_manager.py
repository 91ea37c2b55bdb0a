"""Networks and flight mode, against NetworkManager and BlueZ as python-dbusmock plays them."""

import pytest

from assistant.handlers.machine import network_manager
from tests.bus import buses, no_buses  # noqa: F401 - fixtures
from tests.handlers.conftest import Device, cascade, settings  # noqa: F401 - fixtures
from tests.services import template

NM = "org.freedesktop.NetworkManager"
PATH = "/org/freedesktop/NetworkManager"
WIFI = f"{PATH}/Devices/wlan0"
WIRELESS = f"{NM}.Device.Wireless"


@pytest.fixture
def service(buses):  # noqa: F811
    """NetworkManager without a device."""
    with template(buses.system, "networkmanager", PATH) as made:
        yield made


@pytest.fixture
def wifi(service):
    """With a wireless device, three networks around, and two that it knows; connected to one."""
    service.tell("AddWiFiDevice", "ssi", "wlan0", "wlan0", 100)
    for n, (name, strength) in enumerate([("HomeNet_5G", 72), ("Casa Azul", 40), ("Café", 55)]):
        address = f"00:23:F8:7E:12:B{n}"
        security = 0x100  # a shared key
        service.tell(
            "AddAccessPoint", "ssssuuuyu", WIFI, f"AP{n}", name, address, 2, 2425, 5400,
            strength, security,
        )  # fmt: skip
    for n, name in enumerate(["HomeNet_5G", "Casa Azul"]):
        service.tell("AddWiFiConnection", "ssss", WIFI, f"C{n}", name, "")
    point = f"{PATH}/AccessPoint/AP0"
    service.properties(WIRELESS, path=WIFI, ActiveAccessPoint=("o", point))
    service.tell("AddActiveConnection", "assssu", [WIFI], f"{PATH}/Settings/C0", point, "0", 2)
    return service


@pytest.fixture
def device(settings, cascade, tmp_path):  # noqa: F811
    made = Device(settings, cascade, data=tmp_path / "data", root=tmp_path)
    yield made
    made.functions.close()


def radio(service):
    return service.get(PATH, NM, "WirelessEnabled")


def test_off_and_on_and_back(wifi, device):
    reply = device.ask("turn off the wifi")
    assert (reply.text, radio(wifi)) == ("Wifi off.", False)
    reply.undo()
    assert radio(wifi) is True
    device.say("desactiva la wifi", "es")
    assert device.say("activa el wifi", "es") == "Wifi activado."
    assert radio(wifi) is True


def test_which_network(wifi, device):
    assert device.say("which network am I on") == (
        "Connected to HomeNet_5G, signal seventy-two percent."
    )
    assert device.say("a qué red estoy conectado", "es") == (
        "Conectado a HomeNet_5G, señal al setenta y dos por ciento."
    )


@pytest.mark.parametrize(
    ("connectivity", "words"),
    [(1, "but without internet"), (2, "a sign-in page"), (3, "but without internet"), (4, "")],
)
def test_whether_the_internet_is_behind_it(wifi, device, connectivity, words):
    wifi.tell("SetConnectivity", "u", connectivity)
    said = device.say("is the internet working")
    assert said.startswith("Connected to HomeNet_5G")
    assert words in said
    assert ("but" in said) == bool(words)


def test_which_networks_are_around(wifi, device):
    assert device.say("what networks are there") == "I see HomeNet_5G, Café and Casa Azul."


@pytest.mark.parametrize(
    ("language", "sentence", "path", "name"),
    [
        ("en", "connect to the home net wifi", "C0", "HomeNet_5G"),
        ("en", "connect to the casa azul network", "C1", "Casa Azul"),
        ("es", "conéctate a la red casa azul", "C1", "Casa Azul"),
    ],
)
def test_a_known_network_is_joined(wifi, device, language, sentence, path, name):
    reply = device.ask(sentence, language)
    assert name in reply.text
    assert wifi.calls("ActivateConnection") == [(f"{PATH}/Settings/{path}", "/", "/")]
    reply.undo()
    assert wifi.calls("ActivateConnection")[-1] == (f"{PATH}/Settings/C0", "/", "/")


def test_an_unknown_network_is_not_guessed(wifi, device):
    reply = device.ask("connect to the {office} wifi")
    assert (reply.ok, reply.text) == (
        False,
        "I know no network called office. Join it once by hand, with its password.",
    )
    assert wifi.calls("ActivateConnection") == []


def test_it_is_left_and_joined_again(wifi, device):
    reply = device.ask("disconnect from the wifi")
    assert reply.text == "Disconnected from HomeNet_5G."
    assert wifi.calls("DeactivateConnection") == [(f"{PATH}/ActiveConnection/0",)]
    reply.undo()
    assert wifi.calls("ActivateConnection") == [(f"{PATH}/Settings/C0", "/", "/")]


def test_off_is_told(wifi, device):
    device.say("turn off the wifi")
    wifi.set(WIFI, WIRELESS, "ActiveAccessPoint", "o", "/")
    wifi.set(WIFI, f"{NM}.Device", "ActiveConnection", "o", "/")
    wifi.tell("SetGlobalConnectionState", "u", 20)
    assert device.say("is the wifi on") == "The wifi is off."
    device.say("turn on the wifi")
    assert device.say("are we online") == "There is no connection."


def test_a_key_that_keeps_it_off_is_told(wifi, device):
    wifi.set(PATH, NM, "WirelessHardwareEnabled", "b", False)
    reply = device.ask("turn on the wifi")
    assert (reply.ok, reply.text) == (False, "A key or a switch on the machine keeps the wifi off.")


def test_one_that_cannot_be_joined_now(wifi, device):
    wifi.method(
        NM, "ActivateConnection", "ooo", "o",
        f"raise dbus.exceptions.DBusException('', name='{NM}.UnknownDevice')",
    )  # fmt: skip
    reply = device.ask("connect to the casa azul network")
    assert (reply.ok, reply.text) == (
        False,
        "I cannot join Casa Azul now. Is the wifi on, and the network near?",
    )


def test_flight_mode_does_not_count_what_the_machine_has_not(service, device):
    service.set(PATH, NM, "WwanEnabled", "b", True)  # as it is by default, without a modem
    assert device.say("is flight mode on") == "Flight mode is on."
    device.ask("turn on flight mode").undo()
    assert service.get(PATH, NM, "WwanEnabled") is True


def test_another_connection(service, device):
    assert device.say("are we online") == "Connected."


def test_a_cable(service, device):
    service.tell("AddEthernetDevice", "ssi", "eth0", "eth0", 100)
    assert device.say("do I have internet") == "Connected by cable."
    reply = device.ask("turn off the wifi")
    assert (reply.ok, reply.text) == (False, "This machine has no wireless network.")


def test_flight_mode_takes_bluetooth_along(wifi, device, buses):  # noqa: F811
    with template(buses.system, "bluez5", "/") as bluez:
        bluez.tell("AddAdapter", "ss", "hci0", "box", interface="org.bluez.Mock", path="/org/bluez")

        def powered():
            return bluez.get("/org/bluez/hci0", "org.bluez.Adapter1", "Powered")

        assert device.say("is flight mode on") == "Flight mode is off."
        reply = device.ask("turn on airplane mode")
        assert reply.text == "Flight mode is on: no wifi, no bluetooth."
        assert (radio(wifi), powered()) == (False, False)
        assert device.say("está activado el modo avión", "es") == "El modo avión está activado."
        reply.undo()
        assert (radio(wifi), powered()) == (True, True)
        device.say("activa el modo avión", "es")
        device.say("turn off flight mode")
        assert (radio(wifi), powered()) == (True, True)


def test_without_network_manager_it_says_so(buses, device):  # noqa: F811
    reply = device.ask("which network am I on")
    assert (reply.ok, reply.text) == (
        False,
        "NetworkManager, which would do that, is not running on this machine.",
    )
    assert "network" not in device.say("what can you do")
    assert device.ask("enable airplane mode").text == (
        "This machine has no radio that I could switch off."
    )


def test_without_any_bus(no_buses, device):  # noqa: F811
    assert not network_manager.running()
    assert not device.ask("turn on the wifi").ok


def test_a_network_whose_name_is_no_text(wifi, device):
    wifi.set(f"{PATH}/AccessPoint/AP0", f"{NM}.AccessPoint", "Ssid", "ay", b"\xff{0}")
    assert device.say("wifi status") == "Connected to \ufffd{0}, signal seventy-two percent."
