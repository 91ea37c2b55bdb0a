"""The documents as a source of the director's, and what a model's own memory is then worth."""

from itertools import count

import pytest

from assistant import config, shelf
from assistant.stages import Exchange
from assistant.testing import FakeThinker
from assistant.think.choosing import Able
from assistant.think.director import Director
from assistant.think.documents import index
from assistant.think.documents.store import Store
from assistant.think.more import ALL
from assistant.worker import Cancel, Worker


@pytest.fixture
def made(home):
    """A shelf with one document, on words alone, whatever models are installed."""
    workers = []

    def make(*changes, documents=True):
        settings = config.load(["documents.embedding=none", *changes]).config
        if documents:
            place = home / "papers"
            place.mkdir(exist_ok=True)
            (place / "car manual.md").write_text("# Tires\n\nThe front tires need 32 psi.")
            store = Store()
            store.add_place(place)
            index.update(store)
            store.close()
        one = shelf.Shelf(settings, {})
        workers.extend(one.workers())
        return one

    yield make
    for worker in workers:
        worker.close()


def directed(one, thinkers):
    return Director(
        thinkers,
        [Able(name, ("multi",), 0.0) for name in thinkers],
        lambda pieces: (piece.strip() for piece in pieces),
        sources=[one.answer],
        own_memory=one.own_memory,
    )


def asked(director, question, history=()):
    thought = director.begin(
        question, language="en", history=history, facts=[], cancel=Cancel(), detail={}
    )
    text = " ".join(thought.sentences)
    thought.cost()
    return text, thought.origin


def said(one, question, thinkers):
    return asked(directed(one, thinkers), question)


@pytest.fixture
def thinkers():
    worker = Worker("think", lambda: FakeThinker(["Because it is so."] * 3))
    yield {"small": worker}
    worker.close()


def test_what_a_document_knows_is_read_out_with_its_source(made, thinkers):
    text, origin = said(made(), "what pressure do the front tires need", thinkers)
    assert text == "From car manual: The front tires need 32 psi."
    assert (origin.by, origin.what) == ("documents", "car manual")
    assert origin.place.endswith("car manual.md, Tires")


def test_more_of_it_is_read_on_in_the_document_and_at_its_end_that_is_said(made, thinkers):
    one = made("documents.own_memory=off")
    director = directed(one, thinkers)
    (one.catalog._path.parent.parent / "papers" / "car manual.md").write_text(
        "# Tires\n\nThe front tires need 32 psi.\n\n# Oil\n\nThe engine takes 4 liters of oil."
    )
    store = Store()
    index.update(store)
    store.close()
    text, _ = asked(director, "what pressure do the front tires need")
    history = [Exchange("what pressure do the front tires need", text)]
    more = asked(director, "tell me more", history)
    assert more[0] == "Oil: The engine takes 4 liters of oil."
    assert more[1].by == "documents" and more[1].place.endswith("car manual.md, Oil")
    for _ in range(2):
        assert asked(director, "Go on.", history) == (ALL["en"], more[1])


@pytest.mark.parametrize(
    ("own", "reply"),
    [
        ("marked", f"{shelf.OWN['en']} Because it is so."),
        ("plain", "Because it is so."),
        ("off", shelf.UNKNOWN["en"]),
    ],
)
def test_what_they_do_not_know_is_answered_as_the_user_set(made, thinkers, own, reply):
    one = made(f"documents.own_memory={own}")
    assert said(one, "why is the sky blue", thinkers)[0] == reply


@pytest.mark.parametrize("text", ["tell me a joke", "I love you", "set timer 1h30"])
def test_what_no_document_could_say_is_not_said_to_be_missing_there(made, thinkers, text):
    assert said(made("documents.own_memory=marked"), text, thinkers)[0] == "Because it is so."


def test_without_documents_nothing_is_marked(made, thinkers):
    one = made("documents.own_memory=off", documents=False)
    assert said(one, "why is the sky blue", thinkers)[0] == "Because it is so."


def test_a_damaged_index_leaves_the_question_to_the_model(made, thinkers):
    one = made("documents.own_memory=plain")
    assert one.catalog.titles() == ("car manual",)
    tries = count()

    def broken():
        next(tries)
        raise OSError("the disk is gone")

    one.library._load = broken
    assert said(one, "what pressure do the front tires need", thinkers)[0] == "Because it is so."
    assert next(tries) == 1
