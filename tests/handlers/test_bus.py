"""The bus helper against real daemons."""

import os
import time

import pytest

from assistant.handlers import bus
from tests.bus import buses, no_buses  # noqa: F401 - fixtures

LAMP = "org.example.Lamp"


@pytest.fixture
def lamp(buses):  # noqa: F811
    with buses.session.mock(LAMP, "/lamp", LAMP) as mock:
        mock.properties(
            LAMP,
            On=("b", False),
            Level=("d", 0.5),
            Metadata=(
                "a{sv}",
                {
                    "title": ("s", "Lady"),
                    "artists": ("as", ["Kenny Rogers"]),
                    "nested": ("v", ("i", 3)),
                    "pairs": ("a(sv)", [("a", ("u", 1))]),
                },
            ),
        )
        mock.method(LAMP, "Blink", "u", "s", 'ret = "blinked %d" % args[0]')
        mock.method(LAMP, "Sleep", "", "", "import time; time.sleep(60)")
        mock.method(
            LAMP,
            "Fail",
            "s",
            "",
            "raise dbus.exceptions.DBusException('no', name=args[0])",
        )
        yield mock


def lamp_of(connection):
    return connection.object(LAMP, "/lamp")


def test_values_come_without_their_variants(lamp):
    with bus.session() as desktop:
        assert lamp_of(desktop).get(LAMP, "Metadata") == {
            "title": "Lady",
            "artists": ["Kenny Rogers"],
            "nested": 3,
            "pairs": [("a", 1)],
        }
        assert lamp_of(desktop).get_all(LAMP)["Level"] == 0.5


def test_a_method_is_called_and_a_property_set(lamp):
    with bus.session() as desktop:
        assert lamp_of(desktop).call(LAMP, "Blink", "u", 3) == ("blinked 3",)
        lamp_of(desktop).set(LAMP, "On", "b", True)
        assert lamp_of(desktop).get(LAMP, "On") is True
    assert lamp.calls("Blink") == [(3,)]


def test_a_signal_is_heard(lamp):
    lamp.method(LAMP, "Shout", "", "", f"self.EmitSignal({LAMP!r}, 'Heard', 'v', [7])")
    with bus.session() as desktop, desktop.signals(LAMP, "Heard", service=LAMP) as heard:
        lamp_of(desktop).call(LAMP, "Shout")
        found = heard.next(1)
        assert (found.path, found.member, found.values) == ("/lamp", "Heard", (7,))
        assert heard.next(0.01) is None


def test_names(lamp):
    with bus.session() as desktop:
        assert desktop.names("org.example.") == [LAMP]
        assert desktop.has(LAMP)
        assert not desktop.has("org.example.Nothing")
        assert desktop.process(LAMP) != os.getpid()
        assert desktop.own_name.startswith(":")


def test_what_would_be_started_counts_as_there(buses):  # noqa: F811
    service = buses.session.services / "org.example.Late.service"
    service.write_text("[D-BUS Service]\nName=org.example.Late\nExec=/bin/false\n")
    buses.session.restart()
    with bus.session() as desktop:
        assert desktop.has("org.example.Late")
        with pytest.raises(bus.BusError) as raised:
            desktop.call("org.example.Late", "/", LAMP, "Blink")
        assert raised.value.kind == "no service"


def test_the_buses_are_two(lamp, buses):  # noqa: F811
    with bus.system() as machine:
        assert not machine.has(LAMP)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("org.bluez.Error.NotReady", "refused"),
        ("org.freedesktop.DBus.Error.AccessDenied", "denied"),
        ("org.freedesktop.PolicyKit1.Error.NotAuthorized", "denied"),
        ("org.freedesktop.DBus.Error.NoReply", "no answer"),
    ],
)
def test_what_a_service_answers_as_an_error(lamp, name, kind):
    with bus.session() as desktop, pytest.raises(bus.BusError) as raised:
        lamp_of(desktop).call(LAMP, "Fail", "s", name)
    assert (raised.value.kind, raised.value.name) == (kind, name)
    assert raised.value.speech("en") and raised.value.speech("es") != raised.value.speech("en")


def test_what_the_daemon_forbids(buses):  # noqa: F811
    with buses.session.mock("org.example.Forbidden", "/", LAMP), bus.session() as desktop:
        with pytest.raises(bus.BusError) as raised:
            desktop.call("org.example.Forbidden", "/", LAMP, "Blink", "u", 1)
        assert raised.value.kind == "denied"
        assert raised.value.speech("en") == "I am not allowed to do that."


def test_nobody_there(buses):  # noqa: F811
    with bus.session() as desktop, pytest.raises(bus.BusError) as raised:
        desktop.call("org.example.Nobody", "/", LAMP, "Blink", start=False)
    assert raised.value.kind == "no service"


def test_a_service_that_hangs_costs_the_patience_once(lamp):
    start = time.monotonic()
    with bus.session(patience=3.0) as desktop:
        for _ in range(3):
            with pytest.raises(bus.BusError) as raised:
                lamp_of(desktop).call(LAMP, "Sleep")
            assert raised.value.kind == "no answer"
    assert 2.9 < time.monotonic() - start < 8


def test_one_call_may_have_less_patience(lamp, buses):  # noqa: F811
    with bus.session() as desktop:
        with pytest.raises(bus.BusError):
            lamp_of(desktop).call(LAMP, "Sleep", seconds=0.1)
        assert desktop.has(LAMP)


def test_a_daemon_that_hangs_is_not_waited_for(buses):  # noqa: F811
    start = time.monotonic()
    with buses.session.frozen(), pytest.raises(bus.BusError) as raised, bus.session(patience=0.3):
        pass
    assert raised.value.kind == "no answer"
    assert time.monotonic() - start < 20


def test_a_restarted_daemon_is_no_matter(buses):  # noqa: F811
    with bus.session() as desktop:
        buses.session.restart()
        with pytest.raises(bus.BusError) as raised:
            desktop.names()
        assert raised.value.kind == "no answer"
    with bus.session() as desktop:
        assert desktop.names() == ["org.freedesktop.DBus"]


@pytest.mark.parametrize("address", ["", "tcp:host=10.0.0.1", "nonsense", "unix:path=/nowhere/at"])
def test_no_bus(no_buses, monkeypatch, address):  # noqa: F811
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with pytest.raises(bus.BusError) as raised, bus.session():
        pass
    assert raised.value.kind == "no bus"
    assert raised.value.speech("es").endswith("no hay bus de mensajes.")


def test_the_first_address_that_works_is_taken(buses, monkeypatch):  # noqa: F811
    both = f"unix:path=/nowhere;{buses.session.address}"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", both)
    with bus.session() as desktop:
        assert desktop.names()


def test_the_bus_of_a_login_is_found_without_its_address(buses, monkeypatch, tmp_path):  # noqa: F811
    (tmp_path / "bus").symlink_to(buses.session.socket)
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with bus.session() as desktop:
        assert desktop.names()


@pytest.mark.parametrize(
    ("service", "path", "value"),
    [("no name", "/", "x"), (LAMP, "no path", "x"), (LAMP, "/lamp", "\ud800")],
)
def test_what_cannot_be_sent_is_an_error_that_can_be_spoken(lamp, service, path, value):
    with bus.session() as desktop, pytest.raises(bus.BusError) as raised:
        desktop.call(service, path, LAMP, "Fail", "s", value)
    assert raised.value.kind == "refused"
