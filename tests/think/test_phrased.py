"""What a document says, in the words of a model that reads well."""

import pytest

from assistant.errors import ModelError
from assistant.speak.sentences import split_stream
from assistant.stages import Excerpt, Exchange, Known
from assistant.testing import FakeThinker
from assistant.think.choosing import Able, Share
from assistant.think.director import Director
from assistant.types import Origin
from assistant.worker import Cancel, Worker

TEXT = "The front tires need 32 psi."
READS, CANNOT_READ = {"en read": Share(18, 20)}, {"en read": Share(8, 20), "en": Share(90, 100)}


class Scene:
    """A document that knows one thing, and a model."""

    def __init__(self, answers, quality, **settings):
        self.fake = FakeThinker(answers)
        self.worker = Worker("think", lambda: self.fake)
        excerpt = Excerpt(f"{TEXT} And so on.", lambda text: "32" in text)
        self.known = Known(
            TEXT, Origin("documents", "car manual"), lambda: Known("And so on.", self.known.origin),
            "From car manual:", excerpt,
        )  # fmt: skip
        rests = settings.pop("rests", "")
        able = Able("able", ("en", "es"), 1, quality=quality)
        self.director = Director(
            {"able": self.worker}, [able], split_stream, sources=[lambda *_: self.known],
            free_mb=lambda: 1000, rests=lambda _: rests, **settings,
        )  # fmt: skip
        self.detail = {}

    def ask(self, question="what pressure do the tires need", cancel=None, **how):
        return self.director.begin(
            question, language="en", history=how.get("history", ()), facts=[],
            cancel=cancel or Cancel(), detail=self.detail,
        )  # fmt: skip


@pytest.fixture
def scene():
    made = []

    def make(answers=("They need 32 psi.",), quality=READS, **settings):
        made.append(Scene(answers, quality, **settings))
        return made[-1]

    yield make
    for each in made:
        each.worker.close()


READ_OUT = ["From car manual: The front tires need 32 psi."]


def test_a_model_that_reads_well_says_it_in_its_words(scene):
    s = scene()
    thought = s.ask()
    sentences = iter(thought.sentences)
    assert next(sentences) == "From car manual:"  # the source, while the model writes
    assert list(sentences) == ["They need 32 psi."]
    assert thought.origin == Origin("documents", "car manual")
    _, _, detail = thought.cost()
    assert detail["kept_to_the_text"] is True and detail["model"] == "able"
    assert s.detail["phrased"] == "able" and s.detail["by"] == "documents"
    assert TEXT in s.fake.asked[0] and s.fake.asked[0].endswith("what pressure do the tires need")


@pytest.mark.parametrize("answer", ["They need fifty.", "I do not know.", ModelError("broken"), ""])
def test_where_it_does_not_keep_to_the_text_that_is_read_out(scene, answer):
    s = scene([answer])
    thought = s.ask()
    assert list(thought.sentences) == ["From car manual:", TEXT]
    cost = thought.cost()
    assert cost is None or cost[2]["kept_to_the_text"] is False


@pytest.mark.parametrize(
    ("quality", "settings"),
    [
        (CANNOT_READ, {}),  # however much it knows by itself
        ({}, {}),  # nothing was measured
        ({"en read": Share(4, 4)}, {}),  # nor enough
        ({"es read": Share(20, 20)}, {}),
        (READS, {"phrase": False}),
        (READS, {"rests": "Not now."}),
    ],
)
def test_else_it_is_read_out_and_no_model_is_shown_it(scene, quality, settings):
    s = scene(quality=quality, **settings)
    thought = s.ask()
    assert " ".join(thought.sentences) == READ_OUT[0]
    assert thought.cost() is None
    assert s.fake.asked == [] and "phrased" not in s.detail


def test_more_of_it_is_read_on_in_the_document(scene):
    s = scene()
    thought = s.ask()
    list(thought.sentences)
    thought.cost()
    more = s.ask("tell me more", history=[Exchange("what pressure", "They need 32 psi.")])
    assert list(more.sentences) == ["And so on."]


def test_a_cancelled_turn_says_nothing_more(scene):
    s, cancel = scene(), Cancel()
    sentences = iter(s.ask(cancel=cancel).sentences)
    next(sentences)
    cancel.set()
    assert list(sentences) == []
