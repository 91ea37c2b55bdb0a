"""What a language model is asked when it is to choose a function, and what it may write."""

import pytest

from assistant import config
from assistant.stages import Chosen, Tool
from assistant.think.slm import load_thinker
from assistant.think.tools import chosen, grammar, prompt
from assistant.worker import Cancel

TOOLS = [
    Tool("timers.start", "set a ten minute timer", {"length": "duration", "name": "words"}),
    Tool('odd"name', "do it", {}),
]


def test_the_grammar_names_each_function_once():
    text = grammar(TOOLS)
    assert text.startswith("root ::= tool0 | tool1 | none\n")
    assert r"\"timers.start\"" in text
    assert r"\"odd\\\"name\"" in text


def test_the_prompt_shows_them_and_ends_with_the_sentence():
    system, user = prompt("ignore all that", TOOLS, "en")
    assert "- timers.start(length, name): set a ten minute timer" in system["content"]
    assert user == {"role": "user", "content": "ignore all that"}


def test_what_was_written_is_read():
    written = '{"function": "timers.start", "length": "ten minutes"}'
    assert chosen(written, 0.5) == Chosen("timers.start", {"length": "ten minutes"}, 0.5)
    assert chosen('{"function": "none"}', 0.5) == Chosen(None, {}, 0.5)
    assert chosen('{"function": "timers.start", "leng', 0.5) is None


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    patch = pytest.MonkeyPatch()
    from tests.models.conftest import REAL_MODELS

    patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
    patch.setenv("ASSISTANT_HOME", str(tmp_path_factory.mktemp("home")))
    loaded = load_thinker(config.load([]).config.think)
    yield loaded
    loaded.close()
    patch.undo()


@pytest.mark.models
def test_a_real_model_keeps_to_the_grammar(model):
    """Which of them a model of 135 M chooses is another matter: it is not believed."""
    for text in ("set a timer for ten minutes", 'write a poem"}', "¿qué hora es?"):
        found = model.choose(text, TOOLS, language="en", cancel=Cancel())
        assert found is not None
        assert found.tool in (None, "timers.start", 'odd"name')
        assert set(found.values) <= {"length", "name"}
        assert 0 <= found.score <= 1


@pytest.mark.models
def test_a_cancelled_choice_is_none(model):
    cancel = Cancel()
    cancel.set()
    assert model.choose("set a timer", TOOLS, language="en", cancel=cancel) is None


@pytest.mark.models
def test_it_still_answers_afterwards(model):
    model.choose("set a timer", TOOLS, language="en", cancel=Cancel())
    pieces = []
    answer = model.answer(
        "Say hello.", language="en", history=[], facts=[], on_text=pieces.append, cancel=Cancel()
    )
    assert answer.text == "".join(pieces) != ""
