"""Who was asked, or may go on, answers in a room without the wake word."""

import msgspec
import pytest

from tests.audio.test_duplex_live import room
from tests.conftest import REAL_MODELS
from tests.e2e.talking import engines, talking

pytestmark = pytest.mark.models

COMMANDS = """
[garden]
en = ["water the garden"]
run = ["touch", "{file}"]
question.en = "Shall I water the garden? Say yes or no."
say.en = "It rains."
"""


@pytest.fixture(scope="module")
def watered(tmp_path_factory):
    """A file that a dangerous command makes."""
    return tmp_path_factory.mktemp("garden") / "watered"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory, watered):
    home = tmp_path_factory.mktemp("home")
    (home / "config").mkdir()
    (home / "config" / "commands.toml").write_text(COMMANDS.replace("{file}", str(watered)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_HOME", str(home))
        patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
        with engines() as made:
            yield made


def asked(talk, say, command):
    """The question that follows a command; it was spoken to its end, and heard by ourselves."""
    for _ in range(3):  # whoever is not understood says it again
        talk.hears(say(f"Okay Nabu, {command}"))
        turn = talk.turn(len(talk.turns()) + 1)
        talk.passes(0.4)
        if turn.listen_again:
            break
    assert turn.listen_again, turn
    return turn.reply_text


def answered(talk, say, answer):
    talk.hears(say(answer))
    return talk.turn(len(talk.turns()) + 1)


def test_a_dangerous_thing_is_done_after_a_yes_only(loaded, watered, say):
    with talking(room(), *loaded) as talk:
        assert "yes or no" in asked(talk, say, "water the garden.")
        answered(talk, say, "No.")
        assert not watered.exists()
        asked(talk, say, "water the garden.")
        talk.until(lambda: "nothing said" in talk.kinds())  # its own "yes" is none
        assert not watered.exists()
        asked(talk, say, "water the garden.")
        assert answered(talk, say, "Yes.").reply_text == "It rains."
        assert watered.exists()


def test_a_value_that_is_asked_for(loaded, say):
    with talking(room(), *loaded) as talk:
        assert asked(talk, say, "make a list.") == "What shall I call it?"
        turn = answered(talk, say, "Holidays.")
        assert turn.route.function == "lists.create"
        assert "holiday" in turn.reply_text.lower()


def test_one_may_go_on_and_who_does_not_is_not_listened_to(loaded, say):
    config, made = loaded
    endpoint = msgspec.structs.replace(config.endpoint, follow_up_after="commands", follow_up=2.5)
    with talking(room(), msgspec.structs.replace(config, endpoint=endpoint), made) as talk:
        talk.hears(say("Okay Nabu, what time is it?"))
        assert talk.turn(1).route.function == "clock.time"
        talk.passes(0.4)
        turn = answered(talk, say, "What day is it today?")
        assert turn.route.function == "clock.day"
        talk.until(lambda: "nothing said" in talk.kinds())
        talk.hears(say("What time is it?"))
        talk.passes(3.0)
        assert len(talk.turns()) == 2
