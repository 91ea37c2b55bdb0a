"""Which voice says a reply, on scripted voices."""

import time
from contextlib import ExitStack, closing

import pytest

from assistant.mouth import Mouth
from assistant.testing import FakeVoice, RecordingSink
from assistant.trace import TurnClock
from assistant.types import Reply
from assistant.worker import Cancel, Worker

RECIPE = "From recetas: Las patatas se fríen a fuego lento. Tardan diez minutos."


class Voices:
    def __init__(self, stack, languages):
        self.fakes = {name: FakeVoice(name) for name in languages}
        self.workers = {
            name: stack.enter_context(closing(Worker(f"speak {name}", lambda v=voice: v)))
            for name, voice in self.fakes.items()
        }
        self.sink = RecordingSink()

    def mouth(self):
        clock = TurnClock("text", time.monotonic())
        return Mouth(self.workers, self.sink, Cancel(), clock, lambda _: None)

    def said(self):
        return {name: voice.said for name, voice in self.fakes.items()}


@pytest.fixture
def voices():
    with ExitStack() as stack:
        yield lambda *languages: Voices(stack, languages)


def test_what_is_read_out_in_another_language_is_said_by_its_voice(voices):
    both = voices("en", "es")
    mouth = both.mouth()
    assert mouth.speak(Reply(f"{RECIPE} That is all.", "en"))
    assert both.said() == {
        "en": ["From recetas:", "That is all."],
        "es": ["Las patatas se fríen a fuego lento.", "Tardan diez minutos."],
    }
    assert len(both.sink.played) == 4
    assert " ".join(mouth.said) == f"{RECIPE} That is all."


def test_what_was_rendered_ahead_is_what_is_said(voices):
    both = voices("en", "es")
    both.mouth().render(Reply(RECIPE, "en"), lambda: False)
    ahead = both.said()
    assert ahead["en"] == ["From recetas:"]
    assert ahead["es"] == ["Las patatas se fríen a fuego lento.", "Tardan diez minutos."]
    assert not both.sink.played


def test_without_its_voice_the_only_one_says_it(voices):
    one = voices("en")
    assert one.mouth().speak(Reply(RECIPE, "en"))
    assert len(one.said()["en"]) == 2
