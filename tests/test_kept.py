"""What SECURITY.md says is kept is all that is kept: each file of a home in which much was said,
for its owner only, and gone when it is told to go."""

import fnmatch
import os
import re
import threading
from pathlib import Path

import pytest

from tests.bus import no_buses  # noqa: F401 - a fixture
from tests.cli.conftest import cli  # noqa: F401 - a fixture

TEXT = (Path(__file__).parent.parent / "SECURITY.md").read_text("utf-8")
ROWS = re.search(r"\| what \| where \|[^\n]*\n(.*?)\n\n", TEXT, re.DOTALL).group(1).splitlines()[1:]
FOLDERS = ("config", "data", "state", "cache", "run")
WHERE = [
    where
    for row in ROWS
    for where in re.findall(r"`([\w*./{}-]+)`", row.split("|")[2])
    if where.startswith(FOLDERS)
]
SAID = """
remember that Anna is allergic to nuts
take a note: the boiler was mended
add eggs and milk to the shopping list
set a pasta timer for two hours
wake me at seven
remind me to call the plumber tomorrow at five
when I say movie time, set a timer for ten minutes
one dollar is worth 0.9 euros
what time is it
"""


@pytest.fixture
def lived_in(home, cli, no_buses, tmp_path):  # noqa: F811
    """A home in which all that was said, by somebody whose files others can read."""
    for link in (home / "cache").iterdir():
        link.unlink()  # those of all tests
    (home / "cache").rmdir()
    before = os.umask(0o022)
    try:
        papers = tmp_path / "papers"
        papers.mkdir()
        (papers / "car.md").write_text("# Tires\n\nThe pressure of the tires is 2.3 bar.\n")
        quick = ("--set", "think.model=none", "--set", "trace.transcripts=true")
        assert cli("config", "set", "speak.voice_en", "espeak").code == 0
        assert cli(*quick, "chat", stdin=SAID).code == 0
        assert cli("docs", "add", papers).code == 0
    finally:
        os.umask(before)
    assert len(threading.enumerate()) == 1
    return home


def files(home):
    return sorted(str(f.relative_to(home)) for f in home.rglob("*") if f.is_file())


def row_of(file):
    found = [where for where in WHERE if fnmatch.fnmatch(file, where)]
    return found[0] if found else None


@pytest.mark.models
def test_all_that_is_kept_is_in_the_table_and_for_its_owner_only(lived_in, cli):  # noqa: F811
    kept = files(lived_in)
    assert [file for file in kept if row_of(file) is None] == []
    told = {"data/assistant.db", "data/memory.db", "data/memory.key", "data/taught.toml"}
    assert told | {"data/documents.db", "data/rates.json", "state/trace.jsonl"} < set(kept)
    assert [f for f in kept if (lived_in / f).stat().st_mode & 0o077] == []
    folders = [folder for folder in lived_in.rglob("*") if folder.is_dir()]
    assert [str(f) for f in folders if f.stat().st_mode & 0o077] == []
    said = b"allergic", b"plumber", b"boiler", b"movie time", b"2.3 bar", b"Anna"
    holding = {f: [w for w in said if w in (lived_in / f).read_bytes()] for f in kept}
    assert holding["data/memory.db"] == holding["data/memory.key"] == [], "it is encrypted"
    assert b"Anna" not in holding["state/trace.jsonl"], "masked"
    cli("forget", "--everything", "--yes")
    left = [f for f in files(lived_in) if (lived_in / f).stat().st_size]
    assert left == ["config/config.toml"], left
