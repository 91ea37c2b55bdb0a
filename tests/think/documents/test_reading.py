"""What is read out of the passages: the piece that most likely holds the answer."""

import re
from itertools import pairwise

import numpy as np
import pytest

from assistant.think.documents import index
from assistant.think.documents.answer import read_out, tidy
from assistant.think.documents.chosen import choose
from assistant.think.documents.expected import asked, sort_of
from assistant.think.documents.library import Library
from assistant.think.documents.likely import Question, shares
from assistant.think.documents.search import Search
from assistant.think.documents.windows import LONGEST, pieces

BRIDGE = """# The old bridge

The old bridge over the river Lark, which many people of the town still call the stone bridge
(although most of it is made of brick and of timber from the royal forest), was designed by the
architect Ada Moreno, and it was opened to carts and to people on foot in 1871.

Its keeper lived in the small house beside it. The toll was two pence for a cart. Dogs were free.
"""


def words(text):
    return set(re.findall(r"\w+", text.lower()))


@pytest.fixture
def bridge(store, tmp_path):
    place = tmp_path / "bridge"
    place.mkdir()
    (place / "bridge.md").write_text(BRIDGE)
    store.add_place(place)
    index.update(store)
    return Library(store)


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("who designed the old bridge", "Ada Moreno"),
        ("when was the old bridge opened", "1871"),
        ("how much was the toll for a cart", "two pence"),
    ],
)
def test_of_a_long_sentence_the_part_is_read_that_answers(bridge, question, holds):
    reading = bridge.reading(question, "en")
    assert holds in reading.text
    assert len(reading.text.split()) <= LONGEST
    assert reading.text[0].isupper() and reading.text[-1] == "."
    assert words(reading.text) <= words(BRIDGE)


def test_the_shares_of_all_words_are_one_and_none_is_of_the_question(bridge):
    search = Search(bridge.store)
    query = search.query("who designed the old bridge", "en")
    question = Question(query)
    found = question.split(search.find(query, 3))
    made = shares(question, found, None)
    assert sum(float(each.sum()) for each in made) == pytest.approx(1.0)
    for sentence, share in zip(found, made, strict=True):
        for token, value in zip(sentence.tokens, share, strict=True):
            assert value == 0.0 or question.open(token)


def test_nothing_is_read_twice_and_all_of_one_document(bridge, store, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "ferry.md").write_text("# Ferry\n\nThe toll of the ferry for a cart was nine pence.")
    store.add_place(other)
    index.update(store)
    search = Search(store)
    query = search.query("toll for a cart", "en")
    question = Question(query)
    found = question.split(search.find(query, 3))
    chosen = choose(found, [np.full(len(s.tokens), 0.01) for s in found])
    assert len({c.sentence.hit.row.file for c in chosen}) == 1
    spans = sorted((c.sentence.rank, c.piece.start, c.piece.end) for c in chosen)
    for (rank, _, end), (other_rank, start, _) in pairwise(spans):
        assert rank != other_rank or end <= start
    assert sum(c.piece.words for c in chosen) <= LONGEST


def test_an_answer_is_not_cut_where_there_is_room_for_what_follows(store, tmp_path):
    """The likeliest word stands before "in cash": it may be only a part of the answer."""
    (tmp_path / "toll.md").write_text(
        "# Toll\n\nThe owners of the old bridge, who had quarrelled for years with the people of"
        " the town, were at last paid five thousand crowns in cash, a house near the market, and a"
        " pension for their widows, which the council had to borrow from a bank in the city.\n"
    )
    store.add_place(tmp_path)
    index.update(store)
    search = Search(store)
    query = search.query("what were the owners paid", "en")
    found = Question(query).split(search.find(query, 3))
    (sentence,) = found
    likely = [float(sentence.word(token) == "crowns") for token in sentence.tokens]
    (piece,) = choose(found, [np.array(likely)])
    assert "five thousand crowns in cash" in piece.piece.text(sentence.hit.row.text)


def test_without_passages_nothing_is_read(bridge):
    query = Search(bridge.store).query("anything at all", "en")
    assert read_out(query, []) is None


def test_what_is_asked_for_and_what_a_word_is():
    assert [asked(q, "en") for q in ("why is it so", "in which year", "who is it", "is it so")] == [
        "why", "time", "person", "",
    ]  # fmt: skip
    assert asked("¿por qué es así?", "es") == "why"
    assert asked("¿en qué ciudad vive?", "es") == "place"
    some = ("1871", "32", "mayo", "Ada", "bridge")
    assert [sort_of(w, first=False) for w in some] == ["year", "number", "year", "name", "plain"]
    assert sort_of("The", first=True) == "first"


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        (" and it was opened in 1871,", "It was opened in 1871."),
        ("pero tiene dos (de hierro", "Tiene dos (de hierro)."),
        ("which many call the stone bridge", "Which many call the stone bridge."),
        ("O 2 is oxygen", "O 2 is oxygen."),
    ],
)
def test_a_clause_is_said_as_a_sentence(piece, said):
    assert tidy(piece, whole_start=False) == said


def test_a_piece_may_end_before_a_phrase_but_not_begin_with_it():
    text = "The small settlers of the valley founded a mill in 1871 with the help of the king."
    found = {piece.text(text) for piece in pieces(text, 0, len(text))}
    assert "The small settlers of the valley founded a mill" in found
    assert "The small settlers of the valley founded a mill in 1871" in found
    assert all(piece.startswith("The small") for piece in found)
