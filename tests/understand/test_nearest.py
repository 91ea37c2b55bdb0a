"""The nearest example: what may be taken for a command, and what must not."""

import datetime as dt
import tempfile
import threading
from typing import Annotated, Literal

import numpy as np
import pytest

from assistant import models
from assistant.embedding import OnnxEmbedder, embedded
from assistant.types import Choice, Intent, Unheard
from assistant.understand.example_sentences import elsewhere, examples, of_function
from assistant.understand.filling import Filler
from assistant.understand.grammar import compile_grammar
from assistant.understand.kept_examples import MOST_FILES
from assistant.understand.nearest import Nearest
from assistant.understand.normalize import words
from assistant.understand.opposites import contrary, negated
from assistant.understand.sentences import Templates
from assistant.understand.step import Given
from assistant.worker import Worker
from tests.models.conftest import REAL_MODELS
from tests.understand.conftest import NOW
from tests.understand.test_sentences import Told


class BagOfWords:
    """An embedder: the more words two sentences share, the nearer they are."""

    name = "bag"

    def __init__(self):
        self.asked = []

    def embed(self, sentences):
        self.asked += sentences
        rows = np.zeros((len(sentences), 512), np.float32)
        for row, sentence in zip(rows, sentences, strict=True):
            for word in sentence.lower().replace("?", "").split():
                row[sum(map(ord, word)) * 31 % 512] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


LAMP_ON = Told("lamp.on", {"en": ["(switch|turn) on the [reading] lamp", "lamp on"]})
LAMP_OFF = Told("lamp.off", {"en": ["(switch|turn) off the [reading] lamp", "lamp off"]})
BREW = Told("tea.brew", {"en": ["brew the tea for {length} [in the {place}]"]},
            {"length": dt.timedelta, "place": str})  # fmt: skip


@pytest.fixture
def nearest(home):
    """Makes the step for some functions."""
    workers = []

    def make(*functions, language="en", embedder=None):
        grammar = compile_grammar(functions, language)
        worker = Worker("embed", lambda: embedder or BagOfWords())
        workers.append(worker)
        return Nearest(grammar, Templates(grammar, lambda: NOW), worker, lambda: NOW)

    yield make
    for worker in workers:
        worker.close()


def look(step, text):
    return step.look(Given(text, "en"))


def test_a_sentence_in_other_order_is_taken(nearest):
    found = look(nearest(LAMP_ON, LAMP_OFF), "the reading lamp, turn it on")
    assert isinstance(found.route, Intent)
    assert (found.route.function, found.route.stage) == ("lamp.on", "nearest")
    assert 0 < found.score <= 1
    assert "reading lamp" in found.reason


def test_examples_that_were_let_go_of_are_read_again(nearest):
    embedder = BagOfWords()
    step = nearest(LAMP_ON, LAMP_OFF, embedder=embedder)
    before = look(step, "the reading lamp, turn it on")
    step.rest()
    embedder.asked.clear()
    again = look(step, "the reading lamp, turn it on")
    assert (again.route.function, again.reason) == (before.route.function, before.reason)
    assert embedder.asked == ["the reading lamp turn it on"]  # and nothing is embedded again


def test_the_contrary_is_never_the_nearest(nearest):
    """With the other function missing, "off" is as near to "on" as anything."""
    assert look(nearest(LAMP_ON), "please turn the reading lamp off").route is None
    found = look(nearest(LAMP_ON, LAMP_OFF), "turn the reading lamp off")
    assert found.route.function == "lamp.off"


@pytest.mark.parametrize(
    "text",
    ["do not turn the reading lamp on", "never turn on the lamp", "turn on all but the lamp"],
)
def test_what_is_denied_is_not_done(nearest, text):
    found = look(nearest(LAMP_ON), text)
    assert found.route is None


def test_words_that_a_function_does_not_know_speak_against_it(nearest):
    found = look(nearest(LAMP_ON), "turn on the lamp factory whistle")
    assert found.route is None
    assert "does not know 2 of the words" in found.reason


def test_a_value_without_a_place_speaks_against_it(nearest):
    found = look(nearest(LAMP_ON), "turn on the reading lamp for ten minutes")
    assert found.route is None
    assert "no place for a value" in found.reason


def test_a_dangerous_function_is_not_called(nearest):
    off = Told("power.off", {"en": ["shut down the computer now"]})
    assert look(nearest(off), "the computer shut down").route is not None
    off.dangerous = True
    found = look(nearest(off), "the computer shut down")
    assert found.route is None
    assert "its own words" in found.reason


def test_what_wants_its_own_words_is_not_called_by_others(nearest):
    sleep = Told("power.suspend", {"en": ["send the computer to sleep"]})
    assert look(nearest(sleep), "the computer, send it to sleep").route is not None
    sleep.own_words = True
    assert look(nearest(sleep), "the computer, send it to sleep").route is None


def test_what_is_too_loud_is_not_to_be_louder(nearest):
    """To an embedding a complaint and the wish for more of it are nearly one."""
    loud = Told("volume.full", {"en": ["as loud as possible please"]})
    assert look(nearest(loud), "possible as loud as it can be").score > 0
    assert look(nearest(loud), "it is way too loud in here please").route is None


def test_what_nothing_here_can_do_is_refused(nearest):
    found = look(nearest(LAMP_ON), "book me a flight to rome")
    assert isinstance(found.route, Unheard)
    assert "nothing here can do" in found.reason


def test_what_a_model_may_answer_is_left_to_it(nearest):
    assert look(nearest(LAMP_ON), "why is the sky so blue").route is None


def test_what_a_function_does_is_not_elsewhere(nearest):
    """A function that is asked with a sentence of our list has taken it from there."""
    book = Told("travel.book", {"en": ["book me a flight to {city}"]}, {"city": str})
    found = look(nearest(book), "to rome a flight book me")
    assert not isinstance(found.route, Unheard)


def test_two_functions_as_near_are_a_choice(nearest):
    tea = Told("tea", {"en": ["heat up the water for tea"]})
    bath = Told("bath", {"en": ["heat up the water for bath"]})
    found = look(nearest(tea, bath), "up heat the water")
    assert isinstance(found.route, Choice)
    assert {intent.function for intent in found.route.options} == {"tea", "bath"}


def test_slots_are_filled_and_what_is_missing_is_not_guessed(nearest):
    found = look(nearest(BREW), "the tea brew it for ten minutes")
    assert found.route.slots == {"length": dt.timedelta(minutes=10)}
    found = look(nearest(BREW), "brew the tea for")
    assert found.route.slots == {}


def test_a_model_that_is_broken_costs_only_this_step(nearest, caplog):
    class Broken(BagOfWords):
        def embed(self, sentences):
            raise RuntimeError("secret")

    found = look(nearest(LAMP_ON, embedder=Broken()), "turn on the reading lamp")
    assert found.route is None
    assert "RuntimeError" in found.reason
    assert "secret" not in caplog.text + found.reason


def test_a_sentence_does_not_wait_long_for_the_model(nearest, monkeypatch):
    from assistant.understand import nearest as module

    monkeypatch.setattr(module, "_PATIENCE", 0.01)
    go_on = threading.Event()

    class Slow(BagOfWords):
        def embed(self, sentences):
            go_on.wait(60)
            return super().embed(sentences)

    step = nearest(LAMP_ON, embedder=Slow())
    assert look(step, "turn on the reading lamp").reason == "the examples are still being prepared"
    go_on.set()
    step.prepare().result()
    assert look(step, "turn on the reading lamp").route is not None


@pytest.fixture
def embeddings(tmp_path):
    """A place of one's own for the vectors, instead of the one that all tests share."""
    return tmp_path


def test_vectors_are_kept_on_disk_without_the_sentences(home, embeddings):
    first, second = BagOfWords(), BagOfWords()
    one = embedded(first, ["the secret plan", "lamp on"], "en")
    two = embedded(second, ["lamp on", "the secret plan", "new"], "en")
    assert second.asked == ["new"]
    assert np.allclose(one[0], two[1], atol=1e-3)
    stored = list(embeddings.glob("*.npz"))
    assert len(stored) == 1
    assert b"secret" not in stored[0].read_bytes()
    stored[0].write_bytes(b"no archive")
    assert len(embedded(BagOfWords(), ["lamp on"], "en")) == 1


@pytest.fixture
def kept_examples(tmp_path):
    """A place of one's own for the examples, instead of the one that all tests share."""
    folder = tmp_path / "examples"
    folder.mkdir()
    return folder


@pytest.fixture
def drawn(monkeypatch):
    """Grows by one whenever examples are drawn."""
    from assistant.understand import nearest as module

    counted = []

    def draw(functions, language):
        counted.append(language)
        return examples(functions, language)

    monkeypatch.setattr(module, "examples", draw)
    return counted


@pytest.mark.usefixtures("home")
def test_the_next_start_takes_the_examples_from_the_disk(nearest, kept_examples, drawn):
    first = nearest(LAMP_ON, LAMP_OFF).prepare().result()
    second = nearest(LAMP_ON, LAMP_OFF).prepare().result()
    assert drawn == ["en"]
    assert (second.examples, second.words) == (first.examples, first.words)
    assert np.allclose(second.vectors, first.vectors, atol=1e-3)
    found = look(nearest(LAMP_ON, LAMP_OFF), "the reading lamp, turn it on")
    assert found.route.function == "lamp.on"
    [file] = kept_examples.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("home")
def test_what_is_damaged_or_of_other_functions_is_made_again(nearest, kept_examples, drawn):
    nearest(LAMP_ON).prepare().result()
    nearest(LAMP_ON, LAMP_OFF).prepare().result()
    changed = Told("lamp.on", {"en": ["lamp on"]})
    nearest(changed).prepare().result()
    other = BagOfWords()
    other.name = "another model"
    nearest(changed, embedder=other).prepare().result()
    assert len(drawn) == 4
    for file in kept_examples.iterdir():
        data = bytearray(file.read_bytes())
        data[-5] ^= 1  # within a vector
        file.write_bytes(data)
    nearest(changed).prepare().result()
    assert len(drawn) == 5
    for number in range(MOST_FILES + 1):
        nearest(Told(f"lamp.{number}", {"en": ["lamp on"]})).prepare().result()
    assert len(list(kept_examples.iterdir())) == MOST_FILES


@pytest.mark.usefixtures("home")
def test_a_full_disk_costs_nothing_but_time(nearest, kept_examples, monkeypatch):
    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    found = look(nearest(LAMP_ON, LAMP_OFF), "the reading lamp, turn it on")
    assert found.route.function == "lamp.on"
    assert list(kept_examples.iterdir()) == []


def test_it_can_be_stopped_while_it_prepares(home):
    assert embedded(BagOfWords(), ["lamp on"], "en", lambda: True) is None


def test_examples_are_the_same_every_time():
    assert of_function(BREW, "en") == of_function(BREW, "en")
    assert any("in the" in text for text in of_function(BREW, "en"))
    drawn = list(examples([BREW], "en"))
    assert len({e.text for e in drawn}) == len(drawn)


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_elsewhere_is_there_once(language):
    lines = elsewhere(language)
    assert len(lines) > 80
    assert len(set(lines)) == len(lines)


# -- slots --------------------------------------------------------------------------------------


def fill(function, text, language="en"):
    return Filler(function, language).fill(words(text, language), lambda: NOW)


def test_phrases_of_a_list():
    cup = Told("cup", {"en": ["a {size} cup [{state}]"]},
               {"size": Annotated[str, {"twelve ounce[s]": 12, "[very] large": None}],
                "state": Literal["hot", "cold"]})  # fmt: skip
    assert fill(cup, "make the cup twelve ounces and hot").slots == {"size": 12, "state": "hot"}
    assert fill(cup, "very large cup").slots == {"size": "very large"}
    found = fill(cup, "a cup that is hot or cold")
    assert (found.slots, found.missing) == ({}, ["size"])


def test_two_values_for_one_slot_are_none():
    found = fill(BREW, "brew the tea for two minutes or ten minutes")
    assert "length" not in found.slots
    assert found.missing == ["length"]


def test_a_range_is_kept():
    level = Told("level", {"en": ["level {n}"]}, {"n": Annotated[int, range(101)]})
    assert fill(level, "the level at fifty").slots == {"n": 50}
    assert fill(level, "the level at five hundred").unused == 1


def test_the_one_open_phrase_is_the_free_slot():
    note = Told("note", {"en": ["put {item} on [my|the] list"]}, {"item": Annotated[str, 3]})
    assert fill(note, "my list should have olive oil").slots == {"item": "olive oil"}
    assert fill(note, "olive oil on the list and lemons").slots == {}
    assert fill(note, "put it on my list").missing == ["item"]


def test_contraries():
    assert contrary("turn it on".split(), "turn it off".split(), "en")
    assert not contrary("turn it on".split(), "switch it on".split(), "en")
    assert not contrary("turn it on and off".split(), "turn it off".split(), "en")
    assert contrary("sube el volumen".split(), "baja el volumen".split(), "es")
    assert negated("do not do it".split(), "en")
    assert negated("no lo hagas".split(), "es")


# -- the real model -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
    patch.setenv("ASSISTANT_HOME", str(tmp_path_factory.mktemp("home")))
    yield OnnxEmbedder(models.locate("minilm-l6-v2-int8"))
    patch.undo()


@pytest.mark.models
def test_the_real_model_knows_what_is_alike(real):
    texts = ["switch the light on", "turn on the lamp", "who wrote hamlet", "a", "turn on the lamp"]
    vectors = real.embed(texts)
    assert vectors.shape == (5, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    near = vectors @ vectors[0]
    assert near[1] > 0.6 > near[2]
    assert np.allclose(vectors[1], vectors[4], atol=1e-4)  # whatever stands beside it
    assert real.embed([]).shape[0] == 0


@pytest.mark.models
def test_a_damaged_model_is_told(tmp_path):
    from assistant.errors import ModelError

    (tmp_path / "tokenizer.json").write_text("no")
    with pytest.raises(ModelError, match=r"tokenizer\.json is missing or damaged"):
        OnnxEmbedder(tmp_path)


def test_a_vector_that_was_begun_is_used_once(nearest):
    embedder = BagOfWords()
    step = nearest(LAMP_ON, LAMP_OFF, embedder=embedder)
    text = "the reading lamp, turn it on"
    step.begin(Given(text, "en"))  # the examples are not there yet
    expected = look(step, text)
    asked = len(embedder.asked)
    step.begin(Given(text, "en"))
    assert look(step, text) == expected
    assert len(embedder.asked) == asked + 1
    step.begin(Given("something else entirely", "en"))
    assert look(step, text) == expected  # the vector of another sentence is no use
