"""The index: what is read again, what is forgotten, and what a kill leaves behind."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from assistant.errors import StorageError
from assistant.think.documents import index
from assistant.think.documents.catalog import Catalog
from assistant.think.documents.store import Store
from assistant.think.documents.watch import Watcher
from tests.think.documents.conftest import embed
from tests.think.documents.test_extract import epub_of


def titles(store):
    return [file.title for file in store.files()]


def test_what_is_new_is_read_and_what_is_unchanged_is_not(store, folder):
    store.add_place(folder)
    first = index.update(store)
    assert (first.read, first.unchanged) == (2, 0)
    assert titles(store) == ["car manual", "tortilla"]
    assert [file.language for file in store.files()] == ["en", "es"]
    again = index.update(store)
    assert (again.read, again.unchanged, again.any) == (0, 2, False)


def test_a_file_that_was_only_touched_is_not_read_again(store, folder):
    store.add_place(folder)
    index.update(store)
    os.utime(folder / "tortilla.md", (1, 1))
    assert index.update(store).read == 0
    assert store.files()[1].stat.mtime == 1_000_000_000


def test_changed_and_deleted_documents_are_noticed(store, folder):
    store.add_place(folder)
    index.update(store)
    (folder / "car_manual.md").write_text("The rear tires need 99 psi.")
    (folder / "tortilla.md").unlink()
    changes = index.update(store)
    assert (changes.read, changes.removed) == (1, 1)
    assert store.query("SELECT text FROM passages") == [("The rear tires need 99 psi.",)]
    assert store.query("SELECT count(*) FROM stems") == [(1,)]


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(store, folder):
    (folder / "broken.pdf").write_bytes(b"nonsense")
    (folder / "list.csv").write_text("not a document")
    store.add_place(folder)
    changes = index.update(store)
    assert [path.name for path, _ in changes.problems] == ["broken.pdf"]
    assert (changes.read, changes.failed) == (2, 1)
    again = index.update(store)  # nor is it tried again as long as it is the same
    assert (again.any, len(again.problems)) == (False, 1)


def test_odd_files_are_told_and_the_good_one_beside_them_is_read(store, tmp_path):
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "good.md").write_text("The front tires need 32 psi.")
    Path(os.fsdecode(bytes(folder) + b"/presi\xf3n.md")).write_text("A name in Latin-1.")
    (folder / "idna.html").write_bytes(b'<meta charset="idna"><p>What is read all the same.</p>')
    book = epub_of(folder / "book.epub", ["<p>A chapter, packed.</p>" * 50], packed=True)
    damaged = bytearray(book.read_bytes())
    start = damaged.rindex(b"OPS/c0.xhtml", 0, damaged.index(b"PK\x01\x02")) + len("OPS/c0.xhtml")
    damaged[start] = 0xFF  # a kind of block that deflate does not have
    book.write_bytes(damaged)
    store.add_place(folder)
    changes = index.update(store)
    told = {path.name.encode("utf-8", "replace"): why for path, why in changes.problems}
    assert told == {
        b"presi?n.md": "Its name is not UTF-8. Rename it.",
        b"book.epub": "It is damaged, or not what its name says.",
    }
    assert titles(store) == ["book", "good", "idna"]
    assert changes.read == 2
    assert index.update(store).any is False


def test_a_folder_that_cannot_be_looked_into_keeps_its_documents(store, folder, monkeypatch):
    inner = folder / "inner"
    inner.mkdir()
    (inner / "oil.md").write_text("The engine takes 4.5 liters of oil.")
    store.add_place(folder)
    assert index.update(store).read == 3
    scandir = os.scandir

    def failing(path):
        if Path(path) == inner:
            raise OSError(errno.EIO, "Input/output error", str(path))
        return scandir(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", failing)
        changes = index.update(store)
    assert changes.problems == [(inner, "It cannot be opened: Input/output error.")]
    assert changes.removed == 0 and len(store.files()) == 3
    (inner / "oil.md").unlink()
    inner.rmdir()
    assert index.update(store).removed == 1


def test_files_that_may_not_be_looked_at_keep_what_they_had(store, folder, monkeypatch):
    """A folder that may be listed and not entered, as nobody but root sees it."""
    store.add_place(folder)
    index.update(store)
    stat = Path.stat

    def refused(path, **how):
        if path.name == "tortilla.md":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, **how)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "stat", refused)
        changes = index.update(store)
    assert changes.problems == [(folder / "tortilla.md", "It cannot be opened: Permission denied.")]
    assert (changes.unchanged, changes.removed, len(store.files())) == (1, 0, 2)


def test_a_folder_that_is_not_there_keeps_what_it_had(store, folder):
    store.add_place(folder)
    index.update(store)
    folder.rename(folder.with_name("unplugged"))
    assert index.update(store).removed == 0
    assert len(store.files()) == 2
    store.remove_place(folder)
    assert store.files() == [] and store.query("SELECT * FROM stems") == []


def test_hidden_files_and_links_out_of_the_folder_are_left_alone(store, folder, tmp_path):
    (folder / ".secret.md").write_text("hidden")
    (folder / ".git").mkdir()
    (folder / ".git" / "a.md").write_text("hidden")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "b.md").write_text("elsewhere")
    (folder / "link").symlink_to(outside)
    (folder / "file.md").symlink_to(outside / "b.md")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "inside.md").symlink_to(folder / "tortilla.md")
    store.add_place(folder)
    assert index.update(store).read == 3
    names = [file.path.name for file in store.files()]
    assert names == ["car_manual.md", "inside.md", "tortilla.md"]


def test_what_is_removed_or_replaced_cannot_be_read_in_the_index_any_more(store, folder):
    secrets = folder / "secrets.md"
    secrets.write_text("# Zanzibar\n\nThe xylophone is hidden in the quarry.\n\n" * 50)
    for n in range(30):
        (folder / f"{n}.md").write_text(f"# Part {n}\n\n" + f"The part {n} is blue. " * 20)
    store.add_place(folder)
    index.update(store)
    index.embed(store, "m", embed)

    def kept():
        files = sorted(store.path.parent.glob(f"{store.path.name}*"))
        return {word for word in (b"anzibar", b"xylophon", b"quarri", b"quarry")
                if any(word in file.read_bytes() for file in files)}  # fmt: skip

    assert kept() == {b"anzibar", b"xylophon", b"quarri", b"quarry"}
    secrets.write_text("The xylophone was sold.")
    index.update(store)
    assert kept() == {b"xylophon"}
    secrets.unlink()
    index.update(store)
    assert kept() == set()
    assert store.query("SELECT rowid FROM stems WHERE stems MATCH 'blue' LIMIT 1") != []
    (folder / "secrets.md").write_text("The xylophone is back.")
    index.update(store)
    assert kept() == {b"xylophon"}
    store.remove_place(folder)
    assert kept() == set()


def test_the_index_is_for_its_owner_only(store):
    assert store.path.stat().st_mode & 0o077 == 0
    assert store.path.parent.stat().st_mode & 0o077 == 0


def test_vectors_are_made_once_and_again_for_another_model(store, folder):
    store.add_place(folder)
    index.update(store)
    count = store.vectors_missing()
    assert count > 0
    assert index.embed(store, "m1", embed) == count
    assert index.embed(store, "m1", embed) == 0
    assert index.embed(store, "m2", embed) == count


def test_a_damaged_index_is_told_clearly(tmp_path):
    (tmp_path / "documents.db").write_bytes(b"nonsense" * 1000)
    with pytest.raises(StorageError, match="can be deleted") as why:
        Store(tmp_path / "documents.db")
    held = [file.readlink() for file in Path("/proc/self/fd").iterdir() if file.exists()]
    assert tmp_path / "documents.db" not in held and why.value


def test_an_index_of_another_version_is_made_anew_but_knows_its_places(store, folder):
    store.add_place(folder)
    index.update(store)
    store.close()
    with sqlite3.connect(store.path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    store.__init__(store.path)
    assert (store.places(), store.files()) == ([folder], [])
    assert index.update(store).read == 2


KILLED = """
import sys
from pathlib import Path
from assistant.think.documents import index
from assistant.think.documents.store import Store
store = Store(Path(sys.argv[1]))
store.add_place(Path(sys.argv[2]))
index.update(store, lambda what, done, whole: print(done, flush=True))
"""


def test_a_run_that_is_killed_is_gone_on_with(tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n:03}.md").write_text(f"# Part {n}\n\n" + f"The part {n} is blue. " * 20)
    path = tmp_path / "documents.db"
    run = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), str(folder)], stdout=subprocess.PIPE, text=True
    )
    while int(run.stdout.readline()) < 10:
        pass
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    store = Store(path)
    had = store.files()
    assert 0 < len(had) < 60
    assert all(file.passages > 0 for file in had)  # a document is in it whole, or not at all
    changes = index.update(store)
    assert (changes.unchanged, changes.read) == (len(had), 60 - len(had))
    assert store.query("SELECT count(*) FROM stems") == store.query("SELECT count(*) FROM passages")
    store.close()


def test_a_change_is_noticed_while_the_assistant_runs(store, folder):
    store.add_place(folder)
    changed = threading.Event()
    catalog = Catalog(store.path)
    catalog.on_change(changed.set)
    watcher = Watcher(
        store.path, model=lambda: "m", embed=embed, changed=catalog.changed, quiet=0.05
    )
    watcher.start()
    try:
        assert changed.wait(60)
        assert catalog.titles() == ("car manual", "tortilla")
        changed.clear()
        time.sleep(0.3)
        (folder / "new.md").write_text("# New\n\nThere is something new here to be read.")
        assert changed.wait(60)
        assert "new" in catalog.titles()
        deadline = time.monotonic() + 60  # it is embedded after it can be found by its words
        while store.vectors_missing() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert store.vectors_missing() == 0
    finally:
        watcher.close()


def test_nothing_is_made_where_there_are_no_documents(tmp_path):
    path = tmp_path / "data" / "documents.db"
    watcher = Watcher(path, model=None, embed=embed, changed=lambda: None)
    watcher.start()
    watcher.close()
    assert not path.exists()
    assert Catalog(path).titles() == ()
