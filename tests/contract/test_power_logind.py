"""Locking, sleeping and ending, against logind as python-dbusmock plays it.

The template knows no scheduled shutdown and no backlight; these methods are added with the
signatures of org.freedesktop.login1(5).
"""

import datetime as dt
import os
import time

import pytest

from assistant.handlers.machine import backlight, logind
from tests.bus import buses, no_buses  # noqa: F401 - fixtures
from tests.handlers.conftest import NOW, Device, cascade, settings  # noqa: F401 - fixtures
from tests.machines import unpack
from tests.services import template

MANAGER = "org.freedesktop.login1.Manager"
PATH = "/org/freedesktop/login1"
SESSION = f"{PATH}/session/c1"
SCHEDULE = f"""
import dbus
self.props["{MANAGER}"]["ScheduledShutdown"] = dbus.Struct(
    (args[0], dbus.UInt64(args[1])), signature="st")
"""
CANCEL = f"""
import dbus
ret = bool(self.props["{MANAGER}"]["ScheduledShutdown"][1])
self.props["{MANAGER}"]["ScheduledShutdown"] = dbus.Struct(("", dbus.UInt64(0)), signature="st")
"""


@pytest.fixture
def service(buses):  # noqa: F811
    """logind, with a session of ours."""

    def make(schedules=True, session=True, **parameters):
        context = template(buses.system, "logind", PATH, **parameters)
        made = context.__enter__()
        opened.append(context)
        made.tell("AddSeat", "s", "seat0")
        made.tell("AddUser", "usb", os.getuid(), "ana", True)
        if session:
            made.tell("AddSession", "ssusb", "c1", "seat0", os.getuid(), "ana", True)
            made.method(
                "org.freedesktop.login1.Session", "SetBrightness", "ssu", "", "", path=SESSION
            )
        if schedules:
            made.properties(MANAGER, ScheduledShutdown=("(st)", ("", 0)))
            made.method(MANAGER, "ScheduleShutdown", "st", "", SCHEDULE)
            made.method(MANAGER, "CancelScheduledShutdown", "", "b", CANCEL)
        return made

    opened = []
    yield make
    for context in opened:
        context.__exit__(None, None, None)


@pytest.fixture
def device(settings, cascade, tmp_path):  # noqa: F811
    made = Device(settings, cascade, data=tmp_path / "data", root=tmp_path)
    yield made
    made.functions.close()


def microseconds(**after):
    return round((NOW + dt.timedelta(**after)).timestamp() * 1_000_000)


def test_lock(service, device):
    made = service()
    assert device.say("lock the screen") == "The screen is being locked."
    assert device.say("bloquea la pantalla", "es") == "Se está bloqueando la pantalla."
    assert made.calls("LockSession") == [("c1",), ("c1",)]


@pytest.mark.parametrize(
    ("sentence", "method"), [("put the computer to sleep", "Suspend"), ("hibernate", "Hibernate")]
)
def test_sleep_is_silent(service, device, sentence, method):
    made = service()
    assert device.ask(sentence).text == ""
    assert made.calls(method) == [(False,)]


@pytest.mark.parametrize(
    ("sentence", "answer", "scheduled"),
    [
        ("shut down the computer", "Powering off in ten seconds.",
         ("poweroff", microseconds(seconds=10))),
        ("reboot", "Restarting in ten seconds.", ("reboot", microseconds(seconds=10))),
        ("turn off the computer in half an hour", "Powering off in thirty minutes.",
         ("poweroff", microseconds(minutes=30))),
        ("shut down at half past six pm", "Powering off in one hour and thirty minutes.",
         ("poweroff", microseconds(minutes=90))),
    ],
)  # fmt: skip
def test_the_end_comes_after_the_sentence(service, device, sentence, answer, scheduled):
    made = service()
    assert device.say(sentence) == answer
    assert made.calls("ScheduleShutdown") == [scheduled]


def test_it_is_told_and_called_off(service, device):
    made = service()
    device.say("apaga el ordenador en diez minutos", "es")
    assert device.say("when will you shut down") == "The machine powers off in ten minutes."
    assert device.say("cancel the shutdown") == "The machine stays on."
    assert device.say("cancel the shutdown") == "No shutdown was planned."
    assert device.say("cuándo te apagas", "es") == "No hay ningún apagado previsto."
    reply = device.ask("reboot")
    reply.undo()
    assert len(made.calls("CancelScheduledShutdown")) == 3
    assert device.say("is a reboot planned") == "No shutdown is planned."


def test_where_logind_cannot_wait_it_ends_at_once(service, device):
    made = service(schedules=False)
    device.say("shut down the computer")
    assert made.calls("PowerOff") == [(False,)]


@pytest.mark.parametrize(
    ("language", "sentence", "words"),
    [
        ("en", "shut down in two hours", "This machine can only be ended at once"),
        ("en", "reboot in half an hour", "This machine can only be ended at once"),
        ("es", "apaga el ordenador en dos horas", "Esta máquina solo puede"),
    ],
)
def test_where_logind_cannot_wait_nothing_is_ended_that_was_wanted_later(
    service, device, language, sentence, words
):
    made = service(schedules=False)
    reply = device.ask(sentence, language)
    assert not reply.ok
    assert reply.text.startswith(words)
    assert made.calls("PowerOff") == made.calls("Reboot") == []


@pytest.mark.parametrize(
    ("answer", "sentence", "words"),
    [
        ({"CanPowerOff": "na"}, "shut down the computer", "This machine cannot power itself off."),
        ({"CanReboot": "challenge"}, "reboot", "The system asks for a password"),
        ({"CanSuspend": "no"}, "suspend", "The system asks for a password"),
        ({"CanHibernate": "na"}, "hibernate", "This machine cannot hibernate"),
    ],
)
def test_what_it_may_not_do_is_said_before(service, device, answer, sentence, words):
    made = service(**answer)
    reply = device.ask(sentence)
    assert not reply.ok
    assert reply.text.startswith(words)
    for method in ("PowerOff", "Reboot", "Suspend", "Hibernate", "ScheduleShutdown"):
        assert made.calls(method) == []


def test_a_program_that_must_not_be_interrupted_is_named(service, device):
    made = service()
    made.method(
        MANAGER, "ListInhibitors", "", "a(ssssuu)",
        "ret = [('shutdown:sleep', 'apt {x}', 'packages are being installed', 'block', 0, 9),"
        " ('sleep', 'NetworkManager', 'connections', 'delay', 0, 8)]",
    )  # fmt: skip
    reply = device.ask("shut down the computer")
    assert reply.text == "Apt {x} does not want that now: packages are being installed."
    assert made.calls("ScheduleShutdown") == []


def test_log_out(service, device):
    made = service()
    assert device.say("log me out") == "Logging out."
    assert made.calls("TerminateSession") == [("c1",)]


def test_without_a_session_of_ours(service, device):
    service(session=False)
    reply = device.ask("lock the screen")
    assert (reply.ok, reply.text) == (
        False,
        "I am not part of a desktop session, so I cannot do that.",
    )


def test_the_backlight_is_set_without_root(
    service,
    settings,  # noqa: F811
    cascade,  # noqa: F811
    tmp_path,
    monkeypatch,
):
    made = service()
    monkeypatch.setattr(backlight.os, "access", lambda *_: False)  # root may write everything
    laptop = Device(settings, cascade, root=unpack("laptop", tmp_path))
    assert laptop.say("brightness 25") == "Brightness twenty-five percent."
    assert made.calls("SetBrightness", path=SESSION) == [("backlight", "intel_backlight", 6000)]


def test_dangerous_functions_are_marked(device):
    dangerous = {f.name for f in device.functions if f.name.startswith("power.") and f.dangerous}
    assert dangerous == {"power.off", "power.reboot", "power.log_out"}


def test_without_logind_it_says_so(buses, device):  # noqa: F811
    reply = device.ask("lock the screen")
    assert not reply.ok
    assert reply.text.startswith("There is no logind on this machine")
    assert "lock the screen" not in device.say("what can you do")


def test_without_any_bus_it_says_so(no_buses, device):  # noqa: F811
    reply = device.ask("apágate", "es")
    assert not reply.ok
    assert reply.text.startswith("En esta máquina no hay logind")


def test_a_bus_that_hangs_is_not_waited_for(buses, device):  # noqa: F811
    with buses.system.frozen():
        start = time.monotonic()
        assert not logind.running()
        assert time.monotonic() - start < 20
