"""What the program notices by itself: a crash of the run before, settings that were edited."""

import os
import time

import pytest

from assistant.daemon.edited import LOOK_EVERY, Edited
from assistant.daemon.unanswered import RECENT, Unanswered
from assistant.types import Event, Turn, TurnTrace, Unheard


@pytest.fixture
def file(tmp_path):
    return tmp_path / "run" / "unanswered"


def crashed(file, *kinds):
    """A run that tells of these events, and ends."""
    file.parent.mkdir(exist_ok=True)
    run = Unanswered(file)
    for kind in kinds:
        run.note(Event(kind))
    return Unanswered(file)


@pytest.mark.parametrize(
    ("kinds", "owed"),
    [
        ([], False),
        (["ready", "awake"], True),
        (["awake", "listening", "heard", "saying"], True),
        (["awake", "listening", "heard", "saying", "idle"], False),
        (["awake", "nothing said", "ready"], False),
        (["awake", "idle", "awake"], True),
    ],
)
def test_who_was_not_answered_is_asked_again_once(file, kinds, owed):
    crashed(file, *kinds)
    assert Unanswered(file).owed() == owed
    next_run = Unanswered(file)  # it crashes, too, before it has asked
    assert next_run.owed() == owed
    next_run.asked_again()
    assert not Unanswered(file).owed()


def test_who_speaks_while_he_is_asked_is_owed_an_answer(file):
    next_run = crashed(file, "awake")
    assert next_run.owed()
    next_run.note(Event("awake"))
    next_run.asked_again()
    assert Unanswered(file).owed()
    next_run.note(Event("nothing said"))
    assert not Unanswered(file).owed()


@pytest.mark.parametrize(
    ("kind", "outcome", "owed"),
    [
        ("utterance", "answered", False),
        ("utterance", "failed", False),
        ("utterance", "cancelled", True),  # by the call itself, just before
        ("announcement", "answered", True),  # a timer rang while somebody spoke
        ("announcement", "cancelled", True),
    ],
)
def test_what_ends_beside_a_command_does_not_answer_it(file, kind, outcome, owed):
    file.parent.mkdir()
    run = Unanswered(file)
    run.note(Event("awake"))
    trace = TurnTrace("1", "", kind, outcome, "en", (), {}, None, 1.0, 0.0)
    run.note(Event("idle", turn=Turn(outcome, None, Unheard(""), "", trace)))
    assert Unanswered(file).owed() == owed


def test_not_after_long_and_not_after_a_proper_end(file):
    next_run = crashed(file, "awake")
    old = time.time() - RECENT - 1
    os.utime(file, (old, old))
    assert not next_run.owed()
    run = Unanswered(file)
    run.note(Event("awake"))
    run.close()
    assert not Unanswered(file).owed()


def test_a_full_disk_is_no_matter(tmp_path):
    Unanswered(tmp_path / "none" / "unanswered").note(Event("awake"))


def test_settings_that_are_edited_are_taken_in_once_they_stay_as_they_are(tmp_path):
    file = tmp_path / "config.toml"
    edited, now = Edited(file), time.monotonic()

    def look():
        nonlocal now
        now += LOOK_EVERY
        return edited.look(now)

    assert not look()
    file.write_text("[audio]\n")
    assert not edited.look(now + LOOK_EVERY / 2), "it is not looked at that often"
    assert [look(), look(), look()] == [False, True, False]
    file.write_text("[audio]\ngain")
    assert not look()
    file.write_text("[audio]\ngain = 1.5\n")  # the editor had not finished
    assert [look(), look(), look()] == [False, True, False]
    file.unlink()
    assert [look(), look(), look()] == [False, True, False]
