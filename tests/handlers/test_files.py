"""Files by their names and ages, in folders of the test; opened by the real xdg-open."""

import os
import shutil

import pytest

from assistant.handlers.desktop import file_search, launching
from assistant.handlers.desktop.file_index import File, FileIndex, words
from tests.bus import no_buses  # noqa: F401 - a fixture
from tests.handlers.conftest import NOW, Device, cascade, settings  # noqa: F401 - fixtures
from tests.players import until

PLACES = ("DOCUMENTS", "DOWNLOAD", "DESKTOP", "PICTURES", "MUSIC", "VIDEOS")


@pytest.fixture
def folders(tmp_path, monkeypatch):
    for name in PLACES:
        folder = tmp_path / name.title()
        folder.mkdir()
        monkeypatch.setenv(f"XDG_{name}_DIR", str(folder))
    return tmp_path


@pytest.fixture
def device(folders, settings, cascade, monkeypatch, no_buses):  # noqa: F811
    monkeypatch.setenv("DISPLAY", ":987")
    made = Device(settings, cascade, data=folders / "store")
    yield made
    made.functions.close()
    for process in launching._started:
        process.kill()
        process.wait()
    launching._started.clear()


def write(folders, name, days=0.0):
    path = folders / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("some text")
    at = NOW.timestamp() - days * 86_400
    os.utime(path, (at, at))
    return path


def test_names_become_words():
    assert list(words("2024-05_InvoiceACME(final)")) == ["2024", "05", "invoice", "acme", "final"]
    assert list(words("Declaración_renta2023")) == ["declaracion", "renta", "2023"]


def test_what_is_found(device, folders):
    write(folders, "Documents/taxes/Budget_2025.ods")
    write(folders, "Documents/Rental contract.pdf")
    assert device.say("find the file budget") == "I find budget 2025 in taxes."
    assert device.say("busca el archivo contrato rental", "es") == (
        "Encuentro rental contract en Documents."
    )
    assert device.ask("find the file garden").text == "I find no file called garden."


def test_of_files_alike_the_newer_comes_first(device, folders):
    write(folders, "Documents/report may.odt", days=400)
    write(folders, "Documents/report june.odt", days=1)
    assert device.say("find the document report").startswith("I find report june in Documents")


def test_hidden_files_and_links_are_left_out(device, folders, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    write(outside, "secret plan.txt")
    write(folders, "Documents/.hidden/secret plan.txt")
    write(folders, "Documents/.secret plan.txt")
    (folders / "Documents" / "link").symlink_to(outside)
    (folders / "Documents" / "secret plan.txt").symlink_to(outside / "secret plan.txt")
    assert not device.ask("find the file secret plan").ok


def test_what_came_last(device, folders):
    write(folders, "Download/old installer.deb", days=3)
    write(folders, "Download/train ticket.pdf", days=1)
    write(folders, "Documents/newer.txt")
    assert device.say("what did i download last") == "Train ticket in Download."
    assert device.say("qué es lo último que he descargado", "es") == "Train ticket en Download."


def test_no_download(device):
    assert device.say("what did i download last") == "There is no download."


def test_a_change_is_seen(folders):
    index = FileIndex(lambda: [folders / "Documents"], lambda _: True)
    first = write(folders, "Documents/one.txt")
    assert [file.path for file in index.files()] == [first]
    os.utime(first.parent, (1, 1))
    second = write(folders, "Documents/sub/two.txt")
    assert {file.path for file in index.files()} == {first, second}
    second.unlink()
    assert [file.path for file in index.files()] == [first]


def test_a_large_tree_is_walked_within_its_time_and_then_on(tmp_path):
    for n in range(60):
        (tmp_path / f"folder{n}").mkdir()
        for m in range(20):
            (tmp_path / f"folder{n}" / f"{m}.txt").touch()
    index = FileIndex(lambda: [tmp_path], lambda _: True, seconds=0)
    assert len(index.files()) < 1200
    index._seconds = 600
    assert len(index.files()) == 1200


def test_a_folder_that_cannot_be_read_costs_only_itself(tmp_path):
    (tmp_path / "note.txt").touch()
    index = FileIndex(lambda: [tmp_path / "nowhere", tmp_path], lambda _: True)
    assert [file.path.name for file in index.files()] == ["note.txt"]


def file(name, days=0.0):
    from pathlib import Path

    path = Path("/home/x/Documents") / name
    return File(path, 1e9 - days * 86_400, tuple(words(path.stem)))


@pytest.mark.parametrize(
    ("said", "kind", "expected"),
    [
        ("rental contract", "", "Rental contract.pdf"),
        ("contract", "pdf", "Rental contract.pdf"),
        ("the letter to the bank", "", "letter_to_the_bank.odt"),
        ("budjet", "", "Budget 2025.ods"),
        ("budget", "table", "Budget 2025.ods"),
        ("declaración renta", "", "declaracion_renta_2024.pdf"),
    ],
)
def test_the_best_file(said, kind, expected):
    names = (
        "Rental contract.pdf",
        "letter_to_the_bank.odt",
        "Budget 2025.ods",
        "declaracion_renta_2024.pdf",
        "Contract draft.odt",
    )
    found = file_search.best(map(file, names), said, kind, now=1e9)
    assert found[0][1].path.name == expected


@pytest.mark.parametrize("said", ["", "the", "unicorn", "file"])
def test_no_file(said):
    assert file_search.best([file("Budget 2025.ods")], said, "", now=1e9) == []


@pytest.mark.skipif(not shutil.which("xdg-open"), reason="xdg-open is not installed")
def test_a_file_is_really_opened(device, folders, monkeypatch):
    write(folders, "Documents/budget; touch hacked.txt")
    out = folders / "opened"
    viewer = folders / "viewer"
    viewer.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {out}\n')
    viewer.chmod(0o755)
    data = folders / "share" / "applications"
    data.mkdir(parents=True)
    (data / "viewer.desktop").write_text(
        f"[Desktop Entry]\nType=Application\nName=Viewer\nExec={viewer} %f\nMimeType=text/plain;\n"
    )
    (data / "mimeapps.list").write_text("[Default Applications]\ntext/plain=viewer.desktop\n")
    monkeypatch.setenv("XDG_DATA_HOME", str(folders / "share"))
    monkeypatch.setenv("HOME", str(folders))
    assert device.say("open the file budget") == "Opening budget touch hacked in Documents."
    until(out.exists)
    until(lambda: out.read_text().endswith("budget; touch hacked.txt"))
    assert not list(folders.rglob("hacked*"))
