"""`assistant lists export` and `assistant notes export`."""

import stat
from pathlib import Path

import pytest


@pytest.fixture
def kept(cli):
    for said in ("add eggs and milk to the shopping list", "note to self: call the plumber"):
        assert cli("ask", said).code == 0


def test_lists_and_notes_are_written_out(cli, kept, tmp_path):
    assert cli("lists", "export").out == "shopping\n  eggs\n  milk\n"
    assert cli("notes", "export").out.endswith("  call the plumber\n")
    file = tmp_path / "lists.md"
    assert cli("lists", "export", "--format", "markdown", "-o", str(file)).code == 0
    assert file.read_text("utf-8") == "## shopping\n\n- [ ] eggs\n- [ ] milk\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_others_could_read_is_theirs_no_more(cli, kept, tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("what was there before, and was longer than what is written now" * 9)
    file.chmod(0o644)
    assert cli("notes", "export", "-o", str(file)).code == 0
    assert file.read_text("utf-8").endswith("  call the plumber\n")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = Path("/dev/null").stat().st_mode
    assert cli("notes", "export", "-o", "/dev/null").code == 0
    assert Path("/dev/null").stat().st_mode == before


def test_nothing_yet(cli):
    for what in ("lists", "notes"):
        done = cli(what, "export")
        assert (done.out, done.err) == ("", f"There are no {what} yet.\n")


def test_a_place_that_cannot_be_written_is_told(cli, kept):
    done = cli("lists", "export", "-o", "/nowhere/lists.txt")
    assert done.code == 7
    assert "cannot be written" in done.err
