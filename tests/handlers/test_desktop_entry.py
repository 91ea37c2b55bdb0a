"""Desktop entries as they are found on real machines, and the names that people have for them."""

import os
from pathlib import Path

import pytest

from assistant.handlers.desktop import desktop_entry
from assistant.handlers.desktop.installed import Installed

FIREFOX = r"""[Desktop Entry]
Name=Firefox ESR
Name[es]=Firefox ESR
GenericName=Web Browser
GenericName[es_ES]=Navegador web
Exec=/usr/lib/firefox-esr/firefox-esr %u
Terminal=false
Type=Application
Icon=firefox-esr
StartupWMClass=firefox-esr
Actions=new-window;

[Desktop Action new-window]
Name=New Window
Exec=/usr/lib/firefox-esr/firefox-esr --new-window
"""
NAUTILUS = """[Desktop Entry]
Name=Files
Name[es]=Archivos
Exec=nautilus --new-window %U
Type=Application
DBusActivatable=true
OnlyShowIn=GNOME;Unity;
"""
CODE = r"""[Desktop Entry]
Name=Visual Studio Code
Exec="/opt/VS Code/code" --unity-launch "a \\"quoted\\" one" %F --icon=%i %% %k
Type=Application
"""
CALC = "[Desktop Entry]\nName=LibreOffice Calc\nExec=libreoffice --calc %U\nType=Application\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The user's entries, and no others."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "shared"))
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)
    place = tmp_path / "data" / "applications"
    place.mkdir(parents=True)
    return place


def write(folder, **entries):
    for name, text in entries.items():
        (folder / f"{name.replace('__', '.')}.desktop").write_text(text)


def read(folder, text):
    write(folder, some=text)
    return desktop_entry.read(folder / "some.desktop", "some")


def test_the_keys_of_the_first_group_in_both_languages(folder):
    entry = read(folder, FIREFOX)
    assert entry.name == "Firefox ESR"
    assert entry.generic == {"en": "Web Browser", "es": "Navegador web"}
    assert entry.argv() == ["/usr/lib/firefox-esr/firefox-esr"]
    assert entry.argv(["https://a", "https://b"])[1:] == ["https://a"]
    assert entry.program == "firefox-esr"


def test_quotes_and_codes(folder):
    argv = read(folder, CODE).argv(["one file", "; rm -rf /", "$(date)"])
    assert argv[0] == "/opt/VS Code/code"
    assert argv[2] == 'a "quoted" one'
    assert argv[3:6] == ["one file", "; rm -rf /", "$(date)"]
    assert argv[7:] == ["%", str(folder / "some.desktop")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Name=No group\nExec=x\nType=Application",
        "[Desktop Entry]\nName=A link\nType=Link\nURL=https://example.org",
        "[Desktop Entry]\nName=Hidden\nExec=x\nType=Application\nHidden=true",
        "[Desktop Entry]\nName=Not shown\nExec=x\nType=Application\nNoDisplay=true",
        "[Desktop Entry]\nName=Gone\nExec=x\nType=Application\nTryExec=/nowhere/x",
        "[Desktop Entry]\nName=No command\nType=Application",
        "[Desktop Entry]\nExec=no-name\nType=Application",
        NAUTILUS,
    ],
)
def test_what_no_menu_would_show(folder, text):
    assert read(folder, text) is None


def test_an_entry_of_this_desktop(folder, monkeypatch):
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    assert read(folder, NAUTILUS).activatable


def test_a_damaged_command_is_empty(folder):
    entry = read(folder, '[Desktop Entry]\nName=x\nType=Application\nExec=x "never closed')
    assert entry.argv() == [] and entry.program == ""


def test_names_that_people_use(folder, monkeypatch):
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "GNOME")
    write(folder, firefox=FIREFOX, org__gnome__Nautilus=NAUTILUS, code=CODE, calc=CALC)
    installed = Installed()
    english, spanish = installed.phrases("en"), installed.phrases("es")
    assert english["firefox"] == english["web browser"] == "Firefox ESR"
    assert spanish["navegador web"] == "Firefox ESR"
    assert english["nautilus"] == english["files"] == spanish["archivos"] == "Files"
    assert english["calc"] == english["libre office calc"] == "LibreOffice Calc"
    assert english["code"] == "Visual Studio Code"
    assert installed.find("fire fox", "en").name == "Firefox ESR"
    assert installed.find("photoshop", "en") is None


def test_a_short_name_never_takes_that_of_another(folder):
    write(
        folder,
        a="[Desktop Entry]\nName=Google Chrome\nExec=chrome\nType=Application\n",
        b="[Desktop Entry]\nName=Chrome\nExec=other\nType=Application\n",
    )
    assert Installed().phrases("en")["chrome"] == "Chrome"


def test_a_program_that_is_installed_later_is_found(folder):
    installed = Installed()
    assert installed.entries() == []
    write(folder, firefox=FIREFOX)
    os.utime(folder, ns=(1, 1))
    installed._looked -= 10
    assert [entry.name for entry in installed.entries()] == ["Firefox ESR"]
    read = installed.version
    installed._looked -= 10
    installed.refresh()
    assert installed.version == read


def test_the_users_own_entry_hides_that_of_the_machine(folder, tmp_path):
    shared = tmp_path / "shared" / "applications" / "kde"
    shared.mkdir(parents=True)
    write(shared, tool="[Desktop Entry]\nName=Shared\nExec=x\nType=Application\n")
    (folder / "kde-tool.desktop").write_text("[Desktop Entry]\nName=x\nHidden=true\n")
    assert Installed().entries() == []


def test_entries_of_this_machine_can_be_read():
    """Whatever is installed here: no entry may make it fail."""
    for entry in Installed().entries():
        assert entry.name and isinstance(entry.argv(), list)
        assert Path(entry.path).exists()
