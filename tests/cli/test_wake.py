"""`assistant wake`, on sound files."""

import stat

import pytest

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def alexa(request):
    return ("--set", "wake.word=alexa", "wake")


def rows(out):
    """The table at the end: {"low": [count, extra], ...}."""
    found = {}
    for line in out.splitlines():
        cells = [cell.strip() for cell in line.strip("│┃ ").replace("┃", "│").split("│")]
        if len(cells) == 3:
            found[cells[0].removesuffix(" (yours)")] = cells[1:]
    return found


def test_watch_counts_what_is_taken_for_the_word(cli, wav, alexa):
    file = wav("The weather is nice.", 1.0, "Alexa.", 2.0, "Alexa.", 1.0)
    done = cli(*alexa, "watch", "--file", file)
    assert done.code == 0
    assert done.out.count("accepted: first look") == 2
    table = rows(done.out)
    assert [table[name][0] for name in ("low", "normal", "high")] == ["2", "2", "2"]
    assert "normal (yours)" in done.out
    assert float(table["normal"][1]) > 100  # an hour: two in some seconds


def test_watch_of_something_else_finds_nothing(cli, wav, alexa):
    done = cli(*alexa, "watch", "--file", wav("The weather is nice, let us go for a walk."))
    assert done.code == 0
    assert rows(done.out)["high"] == ["0", "0.0"]


def test_watch_stops_after_the_minutes(cli, wav, alexa):
    file = wav("The weather is nice.", 4.0, "Alexa.", 1.0)
    done = cli(*alexa, "watch", "--minutes", "0.05", "--file", file)
    assert rows(done.out)["high"][0] == "0"


def test_nothing_is_kept_unless_asked_for(cli, wav, alexa, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cli(*alexa, "watch", "--file", wav(1.0, "Alexa.", 1.0))
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_for_its_owner_only(cli, wav, alexa, tmp_path):
    folder = tmp_path / "false alarms"
    done = cli(*alexa, "watch", "--keep", folder, "--file", wav(1.0, "Alexa.", 1.0))
    assert done.code == 0
    [kept] = folder.iterdir()
    assert kept.suffix == ".wav"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    # what was kept is the word, with both looks' agreement
    assert "accepted" in cli(*alexa, "watch", "--file", kept).out


def test_a_folder_that_cannot_be_made(cli, wav, alexa, tmp_path):
    (tmp_path / "file").write_text("")
    keep = tmp_path / "file" / "folder"
    done = cli(*alexa, "watch", "--keep", keep, "--file", wav(1.0, "Alexa.", 1.0))
    assert done.code == 7
    assert "cannot be written" in done.err


def test_each_saying_is_told(cli, wav, alexa):
    file = wav(1.0, "Alexa.", 1.5, "Alexa.", 1.5)
    done = cli(*alexa, "test", "--times", "3", "--file", file)
    assert done.code == 0
    assert 'Say "alexa" (3 of 3).' in done.out
    assert "not heard" in done.out
    assert rows(done.out)["normal"] == ["2", "1"]


def test_without_a_word_there_is_nothing_to_test(cli):
    done = cli("--set", "wake.word=none", "wake", "test")
    assert "there is no word to listen for" in done.sentence(2)


def test_a_file_that_is_not_there(cli, alexa):
    assert "There is no file" in cli(*alexa, "watch", "--file", "/gone.wav").sentence(6)


def test_a_microphone_is_listened_to(cli, wav, alexa, sound):
    player = sound.speak(wav(1.0, "Alexa.", 1.0), wait=False)
    done = cli(*alexa, "test", "--times", "1")
    player.wait()
    assert done.code == 0
    assert 'Say "alexa" (1 of 1).' in done.out
    assert rows(done.out)["normal"] == ["1", "0"]


def test_a_microphone_is_watched_for_as_long_as_asked(cli, alexa, sound):
    done = cli(*alexa, "watch", "--minutes", "0.02")
    assert done.code == 0
    assert rows(done.out)["high"] == ["0", "0.0"]
