import time

import msgspec
import pytest

from assistant.types import Intent, Question, Unheard
from assistant.understand.route import Cascade


@pytest.mark.parametrize("text", ["", "  ", ".", "Hmm.", "uh", "a", "¿?"])
def test_nothing_said_is_unheard(cascade, text):
    route = cascade.route(text, "en")
    assert isinstance(route, Unheard)
    assert route.reason


def test_an_open_question_keeps_its_words(cascade):
    route = cascade.route(" What is the capital of France? ", "en")
    assert route == Question("What is the capital of France?", "no function fits")


def test_open_questions_can_be_refused(functions, settings):
    refusing = msgspec.structs.replace(settings.route, open_questions="refuse")
    cascade = Cascade(functions, ["en"], refusing)
    assert isinstance(cascade.route("what is the capital of France", "en"), Unheard)
    assert isinstance(cascade.route("what time is it", "en"), Intent)


def test_templates_can_be_turned_off(functions, settings):
    without = msgspec.structs.replace(settings.route, templates=False)
    cascade = Cascade(functions, ["en"], without)
    assert isinstance(cascade.route("what time is it", "en"), Question)
    assert cascade.vocabulary("en") == []


def test_a_language_that_is_not_loaded_is_a_question(cascade):
    assert isinstance(cascade.route("wie spät ist es", "de"), Question)


def test_a_language_is_matched_by_its_own_sentences(cascade):
    assert isinstance(cascade.route("qué hora es", "en"), Unheard)


def test_the_reason_is_the_template_and_not_what_was_said(cascade):
    route = cascade.route("cancel the secret timer", "en")
    assert route.slots == {"name": "secret"}
    assert "secret" not in route.reason


def test_routing_is_fast(cascade):
    """A sentence costs some milliseconds of a processor; the bound leaves room for a slow one."""
    start = time.thread_time()
    for _ in range(20):
        cascade.route("add five minutes to the pasta timer", "en")
        cascade.route("what is the capital of France", "en")
    assert (time.thread_time() - start) / 40 < 0.2
