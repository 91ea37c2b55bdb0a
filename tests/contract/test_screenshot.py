"""Screenshots with a real tool on a real X server, and through a mocked portal."""

import shutil

import pytest

from assistant.handlers.desktop import screenshot
from tests.bus import buses, no_buses  # noqa: F401 - fixtures
from tests.handlers.conftest import Device, cascade, settings  # noqa: F401 - fixtures
from tests.screen import x_server

PORTAL = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
# What the portal does: answer with an object, and tell the result from there.
TAKE = """
token = args[1]["handle_token"]
path = {path!r} + "/request/" + {sender} + "/" + token
ret = dbus.ObjectPath(path)
import gi.repository.GLib as GLib
def tell(self=self, dbus=dbus, path=path):
    self.EmitSignalDetailed(
        "org.freedesktop.portal.Request", "Response", "ua{{sv}}",
        [dbus.UInt32({code}), dbus.Dictionary({results}, signature="sv")], dict(path=path))
    return False
GLib.timeout_add(20, tell)
"""


@pytest.fixture
def device(settings, cascade, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setenv("XDG_PICTURES_DIR", str(tmp_path / "Pictures"))
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":987")  # until a test has one
    monkeypatch.setattr(screenshot, "_ASKING", 5.0)
    made = Device(settings, cascade, data=tmp_path / "store")
    yield made
    made.functions.close()


@pytest.fixture
def screen(monkeypatch, device):
    if shutil.which("maim") is None:
        pytest.skip("maim is not installed (apt install maim)")
    with x_server() as display:
        monkeypatch.setenv("DISPLAY", display)
        yield


def pictures(tmp_path):
    return sorted((tmp_path / "Pictures").rglob("*.png"))


def test_a_real_picture_of_a_real_screen(no_buses, device, screen, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr(screenshot, "_X11", {"maim": ()})
    reply = device.ask("take a screenshot")
    assert reply.text == "The screenshot is in Screenshots."
    [path] = pictures(tmp_path)
    data = path.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (320, 200)
    reply.undo()
    assert pictures(tmp_path) == []


def test_a_tool_that_fails(no_buses, device, monkeypatch):  # noqa: F811
    monkeypatch.setattr(screenshot, "_X11", {"false": ()})
    reply = device.ask("haz una captura de pantalla", "es")
    assert (reply.ok, reply.text) == (False, "La captura no ha funcionado.")


def test_nothing_that_could_take_one(no_buses, device, monkeypatch):  # noqa: F811
    monkeypatch.setattr(screenshot, "_X11", {})
    reply = device.ask("take a screenshot")
    assert not reply.ok and "Install grim or scrot" in reply.text
    monkeypatch.delenv("DISPLAY")
    assert device.ask("take a screenshot").text == "There is no screen here to show it on."


@pytest.fixture
def portal(buses):  # noqa: F811
    """A portal that answers as it is told."""
    with buses.session.mock(PORTAL, PATH, "org.freedesktop.portal.Screenshot") as mock:

        def answers(code, results, sender="'1_0'"):
            mock.method(
                "org.freedesktop.portal.Screenshot", "Screenshot", "sa{sv}", "o",
                TAKE.format(path=PATH, sender=sender, code=code, results=results),
            )  # fmt: skip

        yield answers


def test_the_portal_takes_it(portal, device, tmp_path):
    path = tmp_path / "My Pictures" / "a screen.png"
    path.parent.mkdir()
    path.write_bytes(b"a picture")
    portal(0, repr({"uri": path.as_uri()}))
    assert device.say("take a screenshot") == "The screenshot is in My Pictures."


def test_the_user_says_no(portal, device):
    portal(1, "{}")
    reply = device.ask("take a screenshot")
    assert (reply.ok, reply.text) == (False, "The desktop was told not to take it.")


def test_a_portal_that_cannot_leaves_it_to_the_tool(portal, device, screen, tmp_path, monkeypatch):
    monkeypatch.setattr(screenshot, "_X11", {"maim": ()})
    portal(2, "{}")
    assert device.ask("take a screenshot").ok
    assert len(pictures(tmp_path)) == 1


def test_an_address_that_is_no_file_is_not_believed(portal, device, monkeypatch):
    monkeypatch.setattr(screenshot, "_X11", {})
    portal(0, repr({"uri": "https://example.org/a.png"}))
    assert not device.ask("take a screenshot").ok
