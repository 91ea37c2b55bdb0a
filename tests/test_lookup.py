"""A question goes to the documents, and only then to the language model."""

import pytest

from assistant.errors import StorageError
from assistant.lookup import OWN, UNKNOWN, look_up
from assistant.stages import Quote, Stages
from assistant.testing import FakeActor, FakeRouter, FakeThinker, FakeTranscriber, FakeVoice
from assistant.think.memory import Conversation
from assistant.trace import TraceLog, TurnClock
from assistant.turn import run_turn
from assistant.types import Typed
from assistant.worker import Cancel, Worker

QUOTE = Quote("The tires need 32 psi.", "From car manual, page 41", "/car.pdf, page 41", 2.0, "n")


class Shelf:
    """A library that knows one answer. An Exception is raised instead."""

    def __init__(self, answers, titles=("car manual",)):
        self._answers, self._titles = answers, titles

    def titles(self):
        return self._titles

    def answer(self, question, language, title=""):
        found = self._answers.get(question)
        if isinstance(found, Exception):
            raise found
        return found

    def search(self, text, language, title=""):
        return []


@pytest.fixture
def ask():
    workers = []

    def asked(question, answers=None, titles=("car manual",), own="marked", model=True):
        made = {
            "stt": lambda: FakeTranscriber([]),
            "act": lambda: FakeActor({}, 0, ()),
            "llm": lambda: FakeThinker(["Because it is so."]),
            "tts": FakeVoice,
            "docs": lambda: Shelf(answers or {}, titles),
        }
        held = {name: Worker(name, load) for name, load in made.items()}
        workers.extend(held.values())
        stages = Stages(
            held["stt"],
            FakeRouter({}),
            held["act"],
            held["llm"] if model else None,
            {"en": held["tts"]},
            lambda language: [],
            library=held["docs"],
            own_memory=own,
        )
        events = []
        turn = run_turn(
            Typed(question, "en"), stages, None, Cancel(), Conversation(3), events.append
        )
        return turn, events, stages

    yield asked
    for worker in workers:
        worker.close()


def test_what_the_documents_know_is_read_out_with_its_source(ask):
    turn, events, _ = ask("why", {"why": QUOTE})
    assert turn.reply_text == "From car manual, page 41: The tires need 32 psi."
    assert [e.text for e in events if e.kind == "source"] == ["/car.pdf, page 41"]
    [span] = [s for s in turn.trace.spans if s.stage == "documents"]
    assert span.detail == {"reason": "n", "source": "/car.pdf, page 41"}


@pytest.mark.parametrize(
    ("own", "reply"),
    [
        ("marked", f"{OWN['en']} Because it is so."),
        ("plain", "Because it is so."),
        ("off", UNKNOWN["en"]),
    ],
)
def test_what_they_do_not_know_is_answered_as_the_user_set(ask, own, reply):
    assert ask("why", own=own)[0].reply_text == reply


def test_without_documents_nothing_is_marked(ask):
    turn, _, _ = ask("why", titles=(), own="off")
    assert turn.reply_text == "Because it is so."


def test_without_a_language_model_a_question_is_not_understood(ask):
    assert "did not understand" in ask("why", model=False)[0].reply_text


def test_a_broken_index_leaves_the_question_to_the_language_model(ask):
    turn, _, _ = ask("why", {"why": StorageError("broken")})
    assert turn.reply_text == "Because it is so."


def test_a_cancelled_turn_waits_for_no_document(ask):
    _, _, stages = ask("why")
    cancel = Cancel()
    cancel.set()
    assert look_up("why", "en", stages, cancel, TurnClock("text", 0.0)) is None


def test_the_trace_keeps_no_source_unless_it_keeps_the_words(ask, settings_of_trace, tmp_path):
    turn, _, _ = ask("why", {"why": QUOTE})
    for transcripts in (False, True):
        log = TraceLog(settings_of_trace(transcripts), tmp_path / f"{transcripts}.jsonl")
        log.write(turn.trace)
        assert ("car.pdf" in (tmp_path / f"{transcripts}.jsonl").read_text()) is transcripts


@pytest.fixture
def settings_of_trace():
    from assistant.settings import Trace

    return lambda transcripts: Trace(True, transcripts, 1.0, 1)
