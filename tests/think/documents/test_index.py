"""The index: what is read again, what is forgotten, and what a kill leaves behind."""

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
    store.add_place(folder)
    assert index.update(store).read == 2


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
