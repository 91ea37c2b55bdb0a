"""Programs are really started and ended; D-Bus services that cannot run here are mocked."""

import contextlib
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from assistant import handlers
from assistant.handlers.desktop import apps, installed, launching
from tests.bus import buses, no_buses  # noqa: F401 - fixtures
from tests.handlers.conftest import Device, cascade, settings  # noqa: F401 - fixtures
from tests.players import until
from tests.screen import x_server

PROGRAM = """#!/bin/sh
printf '%s\\n' "$@" > {out}
ps -o sid= -p $$ >> {out}
exec {sleep} 60
"""


@pytest.fixture
def desktop(tmp_path, monkeypatch, no_buses):  # noqa: F811
    """A screen, as far as anybody looks, and a place for entries and programs."""
    monkeypatch.setattr(installed, "_LOOK_AGAIN", 0.0)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "shared"))
    (tmp_path / "data" / "applications").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    yield tmp_path
    for process in launching._started:
        process.kill()
        process.wait()
    launching._started.clear()


@pytest.fixture
def device(desktop, settings, cascade):  # noqa: F811
    made = Device(settings, cascade, data=desktop / "store")
    yield made
    made.functions.close()


def install(desktop, name, program, more="", arguments="%U"):
    """A program of its own that tells its arguments and waits."""
    sleep = desktop / "bin" / program
    shutil.copy("/bin/sleep", sleep)
    script = desktop / "bin" / f"{program}-start"
    script.write_text(PROGRAM.format(out=desktop / f"{program}.out", sleep=sleep))
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    (desktop / "data" / "applications" / f"{program}.desktop").write_text(
        f"[Desktop Entry]\nType=Application\nName={name}\nExec={script} {arguments}\n"
        f"StartupWMClass={program}\n{more}"
    )
    return desktop / f"{program}.out"


def test_a_program_is_started_on_its_own(device, desktop):
    out = install(desktop, "GIMP", "gimp", arguments="--new %U")
    assert device.say("open gimp") == "Opening GIMP."
    until(lambda: out.exists() and out.read_text().count("\n") >= 2)
    [argument, session] = out.read_text().split()
    assert argument == "--new"
    assert int(session) != os.getsid(0)
    [started] = launching._started
    assert Path(f"/proc/{started.pid}/fd/0").readlink() == Path("/dev/null")


def test_what_is_open_and_closing_it(device, desktop):
    out = install(desktop, "GIMP", "gimp")
    assert device.say("is gimp open") == "No, GIMP is not open."
    assert device.ask("close gimp").text == "GIMP is not open."
    device.say("abre gimp", "es")
    until(out.exists)
    until(lambda: device.say("is gimp open") == "Yes, GIMP is open.")
    assert device.say("which apps are open") == "Open: GIMP."
    assert device.say("cierra gimp", "es") == "He cerrado GIMP."
    assert launching._started[0].poll() is not None


def test_a_program_that_does_not_want_to_end_is_not_forced(device, desktop):
    script = desktop / "bin" / "gimp"
    script.write_text("#!/bin/sh\ntrap '' TERM\nwhile :; do sleep 0.1; done\n")
    script.chmod(0o755)
    (desktop / "data" / "applications" / "gimp.desktop").write_text(
        f"[Desktop Entry]\nType=Application\nName=GIMP\nExec=sh {script}\n"
    )
    device.say("open gimp")
    reply = device.ask("close gimp")
    assert "may ask about unsaved work" in reply.text
    assert launching._started[0].poll() is None


def test_closing_is_asked_about_first(device):
    [quit_app] = [f for f in device.functions if f.name == "apps.quit"]
    assert quit_app.dangerous


def _readable(above):
    """The nearest program that we may look at: in a container the first one may be out of reach."""
    for process in above:
        with contextlib.suppress(psutil.AccessDenied):
            return process.exe() and process
    pytest.skip("nothing that this runs in may be looked at")


def test_what_the_assistant_runs_in_is_not_closed(device, desktop):
    above = _readable(psutil.Process().parents())
    (desktop / "data" / "applications" / "terminal.desktop").write_text(
        f"[Desktop Entry]\nType=Application\nName=Terminal\nExec={above.exe()}\n"
        f"StartupWMClass={above.name()}\n"
    )
    reply = device.ask("close the terminal")
    assert not reply.ok
    assert reply.text in ("I run within Terminal. Close it by hand.", "Terminal is not open.")
    assert above.is_running()


def test_what_is_not_there(device, desktop):
    assert device.ask("open gimp").text.lower() == "there is no gimp on this machine."
    install(desktop, "Odd Tool", "oddtool")
    assert device.say("open the app odd tool") == "Opening Odd Tool."


def test_a_program_that_is_installed_later_gets_its_name(desktop, settings, monkeypatch):  # noqa: F811
    monkeypatch.setattr(apps, "_LOOK_EVERY", 0.05)
    functions = handlers.load(settings, data=desktop / "store")
    told = []
    functions.on_change(lambda: told.append(family.listed("apps", "en").get("odd tool")))
    [family] = [family for family in functions.families if family.name == "apps"]
    assert "odd tool" not in family.listed("apps", "en")
    install(desktop, "Odd Tool", "oddtool")
    until(lambda: told == ["Odd Tool"])
    functions.close()


def test_a_program_that_ends_at_once_costs_an_apology(device, desktop):
    (desktop / "data" / "applications" / "gimp.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=GIMP\nExec=/bin/false\n"
    )
    reply = device.ask("open gimp")
    assert (reply.ok, reply.text) == (False, "It did not start.")


def test_without_a_screen(device, desktop, monkeypatch):
    install(desktop, "GIMP", "gimp")
    monkeypatch.delenv("DISPLAY")
    reply = device.ask("abre gimp", "es")
    assert (reply.ok, reply.text) == (False, "Aquí no hay pantalla donde mostrarlo.")
    assert "open firefox" not in device.say("what can you do")


@pytest.fixture
def activatable(desktop, buses):  # noqa: F811
    """A program with one instance that D-Bus knows."""
    name = "org.gimp.GIMP"
    (desktop / "data" / "applications" / f"{name}.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=GIMP\nExec=/bin/false\nDBusActivatable=true\n"
    )
    with buses.session.mock(name, "/org/gimp/GIMP", "org.freedesktop.Application") as mock:
        mock.method("org.freedesktop.Application", "Activate", "a{sv}", "", "")
        yield mock


def test_a_program_that_dbus_knows_is_activated(device, activatable):
    assert device.say("open gimp") == "Opening GIMP."
    assert len(activatable.calls("Activate")) == 1


def test_switching_opens_what_was_not_open(device, desktop):
    out = install(desktop, "GIMP", "gimp")
    assert device.say("switch to gimp") == "GIMP was not open. Opening it."
    until(out.exists)


def test_a_desktop_that_does_not_let_us_switch_is_named(device, desktop, monkeypatch):
    install(desktop, "GIMP", "gimp")
    device.say("open gimp")
    until(lambda: device.say("is gimp open") == "Yes, GIMP is open.")
    monkeypatch.setenv("DISPLAY", ":987")  # nothing is there
    reply = device.ask("switch to gimp")
    assert (reply.ok, reply.text) == (
        False,
        "This desktop does not let me bring GIMP to the front.",
    )


@pytest.fixture
def windows(device, desktop, monkeypatch):
    """GIMP on a real screen, which is an xterm by that name, behind another window."""
    with x_server(windows=True) as display:
        monkeypatch.setenv("DISPLAY", display)
        shutil.copy("/usr/bin/xterm", desktop / "bin" / "gimp")
        (desktop / "data" / "applications" / "gimp.desktop").write_text(
            "[Desktop Entry]\nType=Application\nName=GIMP\nStartupWMClass=Gimp\n"
            f"Exec={desktop}/bin/gimp -class Gimp -name gimp -e sleep 60\n"
        )
        assert device.say("open gimp") == "Opening GIMP."
        until(lambda: "Gimp" in told("-lx"))
        other = subprocess.Popen(["xterm", "-class", "Other", "-e", "sleep", "60"])
        until(lambda: "Other" in told("-lx"))
        yield
        other.kill()
        other.wait()


def told(*arguments):
    """What wmctrl says."""
    done = subprocess.run(["wmctrl", *arguments], capture_output=True, text=True, check=False)
    return done.stdout


def test_a_window_really_comes_to_the_front(device, windows):
    assert device.say("switch to gimp") == "GIMP."
    time.sleep(0.3)
    told("-r", ":ACTIVE:", "-T", "in front")
    until(lambda: "in front" in told("-lx"))
    [line] = [line for line in told("-lx").splitlines() if "in front" in line]
    assert "gimp.Gimp" in line


def test_a_window_is_closed_as_by_a_click(device, windows):
    assert device.say("close gimp") == "GIMP is closed."
    assert "Gimp" not in told("-lx")
    assert "Other" in told("-lx")


def test_a_program_gets_a_scope_of_its_own(desktop, buses):  # noqa: F811
    systemd = ("org.freedesktop.systemd1", "/org/freedesktop/systemd1")
    manager = "org.freedesktop.systemd1.Manager"
    with buses.session.mock(*systemd, manager) as mock:
        mock.method(manager, "StartTransientUnit", "ssa(sv)a(sa(sv))", "o", 'ret = "/job/1"')
        pid = launching.start(["sleep", "60"])
        [(name, mode, properties, _)] = mock.calls("StartTransientUnit")
    assert (name, mode) == (f"app-assistant-{pid}.scope", "fail")
    assert dict(properties)["PIDs"] == [pid]


def test_a_started_program_outlives_us(tmp_path):
    """Started from a process that then ends."""
    code = (
        "from assistant.handlers.desktop import launching\n"
        "print(launching.start(['sleep', '60'], screen=False), flush=True)"
    )
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    process = psutil.Process(int(told.stdout))
    try:
        time.sleep(0.1)
        assert process.is_running()
    finally:
        process.kill()
