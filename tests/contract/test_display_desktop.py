"""Night light and the screen off: GNOME's real settings program, its display server and KDE's
services as python-dbusmock plays them, with the names and types of their own interfaces."""

import shutil
import subprocess

import pytest

from tests.bus import buses, no_buses  # noqa: F401 - fixtures
from tests.handlers.conftest import Device, cascade, settings  # noqa: F401 - fixtures

SCHEMA = "org.gnome.settings-daemon.plugins.color"
COLOR = "org.gnome.SettingsDaemon.Color"
MUTTER = "org.gnome.Mutter.DisplayConfig"
NIGHT = "org.kde.KWin.NightLight"
KEYS = "org.kde.kglobalaccel"


def has_schema():
    if not shutil.which("gsettings"):
        return False
    done = subprocess.run(["gsettings", "list-schemas"], capture_output=True, text=True, check=True)
    return SCHEMA in done.stdout.split()


gnome = pytest.mark.skipif(
    not has_schema(), reason="GNOME's settings are not here (gnome-settings-daemon-common)"
)


@pytest.fixture
def device(settings, cascade, tmp_path):  # noqa: F811
    made = Device(settings, cascade, data=tmp_path / "data", root=tmp_path)
    yield made
    made.functions.close()


@pytest.fixture
def own_settings(tmp_path, monkeypatch):
    """The settings of the desktop in a file of the test."""
    monkeypatch.setenv("GSETTINGS_BACKEND", "keyfile")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def kept():
    """What another program reads."""
    command = ["gsettings", "get", SCHEMA, "night-light-enabled"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@gnome
def test_the_night_light_of_gnome(buses, device, own_settings):  # noqa: F811
    with buses.session.mock(COLOR, "/org/gnome/SettingsDaemon/Color", COLOR):
        assert device.say("is the night light on") == "The night light is off."
        reply = device.ask("turn on the night light")
        assert (reply.text, kept()) == ("Night light on.", "true")
        assert device.say("está activada la luz nocturna", "es") == (
            "La luz nocturna está activada."
        )
        reply.undo()
        assert kept() == "false"


@gnome
def test_the_screen_of_gnome(buses, device):  # noqa: F811
    with (
        buses.session.mock(COLOR, "/org/gnome/SettingsDaemon/Color", COLOR),
        buses.session.mock(MUTTER, "/org/gnome/Mutter/DisplayConfig", MUTTER) as mutter,
    ):
        mutter.properties(MUTTER, PowerSaveMode=("i", 0))
        assert device.say("apaga la pantalla", "es") == "La pantalla está apagada."
        with buses.session.connect() as desktop:
            screens = desktop.object(MUTTER, "/org/gnome/Mutter/DisplayConfig")
            assert screens.get(MUTTER, "PowerSaveMode") == 3


def test_gnome_without_its_settings(buses, device, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "/usr/bin:/bin")
        mock = buses.session.mock(COLOR, "/org/gnome/SettingsDaemon/Color", COLOR)
        with mock:
            patch.undo()
            reply = device.ask("turn on the night light")
    assert not reply.ok
    assert reply.text.startswith("The night light is not set up on this desktop.")


@pytest.fixture
def kde(buses):  # noqa: F811
    """Plasma 6, with its shortcuts."""
    with (
        buses.session.mock("org.kde.KWin", "/org/kde/KWin/NightLight", NIGHT) as kwin,
        buses.session.mock(KEYS, "/component/kwin", f"{KEYS}.Component") as keys,
    ):
        kwin.properties(NIGHT, enabled=("b", True), inhibited=("b", True))
        keys.method(f"{KEYS}.Component", "invokeShortcut", "s", "", "")
        keys.object("/component/org_kde_powerdevil", f"{KEYS}.Component")
        keys.method(
            f"{KEYS}.Component", "invokeShortcut", "s", "", "",
            path="/component/org_kde_powerdevil",
        )  # fmt: skip
        yield kwin, keys


def test_the_night_light_of_kde(kde, device):
    _, keys = kde
    assert device.say("is the night light on") == "The night light is off."
    assert device.say("activa la luz nocturna", "es") == "Luz nocturna activada."
    assert keys.calls("invokeShortcut") == [("Toggle Night Color",)]
    device.say("turn off the night light")  # it is off as far as KWin tells: nothing is pressed
    assert len(keys.calls("invokeShortcut")) == 1


def test_the_night_light_of_kde_that_was_never_set_up(kde, device, buses):  # noqa: F811
    with buses.session.connect() as desktop:
        desktop.object("org.kde.KWin", "/org/kde/KWin/NightLight").set(NIGHT, "enabled", "b", False)
    assert not device.ask("turn on the night light").ok


def test_the_screen_of_kde(kde, device):
    _, keys = kde
    assert device.say("turn off the screen") == "The screen is off."
    assert keys.calls("invokeShortcut", path="/component/org_kde_powerdevil") == [
        ("Turn Off Screen",)
    ]


def test_plasma_5_has_it_elsewhere(buses, device):  # noqa: F811
    with (
        buses.session.mock("org.kde.KWin", "/ColorCorrect", "org.kde.kwin.ColorCorrect") as kwin,
        buses.session.mock(KEYS, "/component/kwin", f"{KEYS}.Component"),
    ):
        kwin.properties("org.kde.kwin.ColorCorrect", enabled=("b", True), inhibited=("b", False))
        assert device.say("is the night light on") == "The night light is on."


def test_without_a_desktop_it_says_so(buses, device):  # noqa: F811
    reply = device.ask("turn on the night light")
    assert not reply.ok
    assert reply.text.startswith("No desktop runs here")
    assert "night light" not in device.say("what can you do")


def test_without_any_bus(no_buses, device):  # noqa: F811
    assert device.ask("apaga la pantalla", "es").text.startswith("Aquí no hay un escritorio")
