"""`assistant lists export` and `assistant notes export`."""

import stat

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


def test_nothing_yet(cli):
    for what in ("lists", "notes"):
        done = cli(what, "export")
        assert (done.out, done.err) == ("", f"There are no {what} yet.\n")


def test_a_place_that_cannot_be_written_is_told(cli, kept):
    done = cli("lists", "export", "-o", "/nowhere/lists.txt")
    assert done.code == 7
    assert "cannot be written" in done.err
