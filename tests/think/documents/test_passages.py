"""Passages: nothing is lost, nothing runs over a heading."""

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from assistant.think.documents.blocks import Block
from assistant.think.documents.passages import LONGEST, passages
from assistant.think.documents.windows import LONGEST as SPOKEN, pieces
from assistant.think.documents.words import language_of, sentences, stem, tokens

WORD = st.text("abcdeñ", min_size=1, max_size=6)
SENTENCE = st.lists(WORD, min_size=1, max_size=60).map(lambda w: f"{' '.join(w).capitalize()}.")
TEXT = st.lists(SENTENCE, min_size=1, max_size=20).map(" ".join)
BLOCK = st.builds(Block, TEXT, st.just(0)) | st.builds(Block, WORD, st.integers(1, 4))


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCK, max_size=12))
def test_every_word_is_in_one_passage_in_its_order(blocks):
    made = list(passages(blocks))
    words = [w for b in blocks if not b.level for w in b.text.split()]
    assert [w for p in made for w in p.text.split()] == words
    assert all(len(p.text.split()) <= LONGEST for p in made)


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_sentences_are_in_order_and_hold_every_word(text):
    spans = sentences(text)
    assert " ".join(text[a:b] for a, b in spans).split() == text.split()
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))


class Copied(str):
    """A text that counts what is copied of it."""

    characters = 0

    def __getitem__(self, key):
        part = str.__getitem__(self, key)
        Copied.characters += len(part)
        return part


@pytest.mark.parametrize("sentence", ["It is so. ", "d. ", "no end... of it ", '"Yes!" she said. '])
def test_a_long_text_is_not_copied_at_each_of_its_full_stops(sentence):
    text = Copied((sentence * 2000).strip())
    Copied.characters = 0
    assert sentences(text)
    assert Copied.characters < 10 * len(text)


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_no_piece_is_too_long_to_be_heard(text):
    for start, end in sentences(text):
        found = pieces(text, start, end)
        assert found
        for piece in found:
            assert 0 < len(piece.text(text).split()) == piece.words <= SPOKEN
            assert start <= piece.start < piece.end <= end


def test_a_piece_ends_where_one_may_breathe_and_may_leave_out_what_is_in_brackets():
    text = "The board (seven people) meets in May, and the town in which it meets is Ely."
    said = {piece.text(text) for piece in pieces(text, 0, len(text))}
    assert {text, "The board meets in May,", "The board (seven people)"} <= said
    assert not any(piece.endswith(" in") for piece in said)


def test_the_path_of_headings():
    blocks = [Block("A", 1), Block("B", 2), Block("x."), Block("C", 2), Block("y."), Block("D", 1)]
    assert [p.heading for p in passages([*blocks, Block("z.")])] == ["A > B", "A > C", "D"]


def test_an_abbreviation_ends_no_sentence():
    text = 'Dr. Who came. He said "go." Then J. R. left in 1990. End'
    found = [text[a:b] for a, b in sentences(text)]
    assert found == ["Dr. Who came.", 'He said "go."', "Then J. R. left in 1990.", "End"]


def test_the_language_of_a_text():
    assert language_of("The front tires need 32 psi, and the rear ones a little less.") == "en"
    assert language_of("Las patatas se fríen a fuego lento en una sartén con aceite.") == "es"
    assert language_of("Die Reifen müssen mit der Pumpe auf den Druck gebracht werden.") == ""
    assert language_of("") == ""


def test_words_are_compared_without_ending_case_and_accents():
    assert stem("Tires", "en") == stem("tire's", "en")
    assert stem("neumáticos", "es") == stem("neumático", "es")
    assert stem("15,000", "en") == stem("15000", "en")
    assert [t.stem for t in tokens("El 3.5 %", "es") if not t.stop] == ["3p5"]


def test_a_short_paragraph_is_not_joined_with_one_of_another_page():
    blocks = [Block("Five doors.", page=1), Block("A blue roof.", page=1), Block("32 psi.", page=2)]
    found = [(passage.text, passage.page) for passage in passages(blocks)]
    assert found == [("Five doors. A blue roof.", 1), ("32 psi.", 2)]
