import re
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from assistant.speak.sentences import LONGEST, clauses, split_stream

CASES = {
    "": [],
    "  \n\n ": [],
    "Yes": ["Yes"],
    "Hello there. How are you? Fine!": ["Hello there.", "How are you?", "Fine!"],
    "Dr. Smith came. He left.": ["Dr. Smith came.", "He left."],
    "J. R. Tolkien wrote it. Good.": ["J. R. Tolkien wrote it.", "Good."],
    "It costs 3.5 euros. Or 1,000.": ["It costs 3.5 euros.", "Or 1,000."],
    "Eat fruit, e.g. pears. Good.": ["Eat fruit, e.g. pears.", "Good."],
    "Wait... what? Yes... No.": ["Wait... what?", "Yes...", "No."],
    "At 5 p.m. we go. At 5 p.m. Then home.": ["At 5 p.m. we go.", "At 5 p.m.", "Then home."],
    "No. I do not. No. 5 lives.": ["No.", "I do not.", "No. 5 lives."],
    "1. Stir it.\n2. Bake it.": ["1. Stir it.", "2. Bake it."],
    "It was 1995. Then 1996.": ["It was 1995.", "Then 1996."],
    "- milk\n- eggs\n\nDone": ["- milk", "- eggs", "Done"],
    "# Title\nText.": ["# Title", "Text."],
    "**Bold.** Then more.": ["**Bold.**", "Then more."],
    '"Quoted." He said so.': ['"Quoted."', "He said so."],
    "La Sra. Gil vino. ¿Y tú? ¡Sí!": ["La Sra. Gil vino.", "¿Y tú?", "¡Sí!"],
    "See a.b.com/x.html now. Bye.": ["See a.b.com/x.html now.", "Bye."],
    "Well, I say yes. Good.": ["Well, I say yes.", "Good."],
    "When the rain stops at last, we go out, and play.": [
        "When the rain stops at last,",
        "we go out, and play.",
    ],
    "Good. When the rain stops at last, we go out.": [
        "Good.",
        "When the rain stops at last, we go out.",
    ],
    "Look:\n```py\na = 1. B\n\nc\n```\nDone.": ["Look:", "```py\na = 1. B\n\nc\n```", "Done."],
    "```\nunfinished. Yes": ["```\nunfinished. Yes"],
    "<think>Hm. Hm.</think>Yes. No.": ["Yes.", "No."],
    "A. <think>never ends. So": ["A."],
    "1 < 2. Good <thin> x.": ["1 < 2.", "Good <thin> x."],
}


def cut(text: str, size: int) -> list[str]:
    return [text[i : i + size] for i in range(0, len(text), size)]


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(("text", "sentences"), CASES.items())
def test_cuts_into_sentences(text, sentences, size):
    assert list(split_stream(iter(cut(text, size)))) == sentences


@pytest.mark.parametrize(
    ("pieces", "needed"),
    [
        (["One", " two", ".", " Three", " four"], 4),  # the full stop is sure with the next word
        (["One", "!", " ", "Two"], 4),
        (["- milk", "\n", "- eggs"], 2),
        (["When the rain has stopped", ",", " we", " go"], 3),
    ],
)
def test_a_sentence_comes_as_soon_as_it_is_sure(pieces, needed):
    read = []

    def reading() -> Iterator[str]:
        for piece in pieces:
            read.append(piece)
            yield piece

    next(split_stream(reading()))
    assert len(read) <= needed


def test_a_run_on_is_cut_at_a_clause():
    text = "and so on, " * 100
    sentences = list(split_stream(iter([text])))
    assert all(len(s) <= LONGEST for s in sentences)
    assert all(s.endswith(",") for s in sentences)


def test_text_without_any_space_is_cut_too():
    assert max(map(len, split_stream(iter(["x" * 5000])))) <= LONGEST


WRITING = st.text("abAB1 .,!?:;…\n`*-<\"')e.g", max_size=400)


@pytest.mark.parametrize(
    ("sentence", "pieces"),
    [
        ("It is ten past five, I think.", ["It is ten past five, I think."]),
        (
            "Open the cover, take out the battery, put in the new one, and close it.",
            ["Open the cover, take out the battery,", "put in the new one, and close it."],
        ),
        (
            "Es la una; mañana, en cambio, será otra cosa – o eso dicen.",
            ["Es la una; mañana, en cambio,", "será otra cosa – o eso dicen."],
        ),
        ("It costs 1,000,000 dollars and not one cent more or less.", None),
        ("a" * 90, None),
        ("It is a very long thing without any place to breathe, no.", None),  # a scrap at its end
        ("Oh, there are more than a thousand of these things in it.", None),  # and its beginning
    ],
)
def test_a_long_sentence_is_taken_in_pieces_where_one_may_breathe(sentence, pieces):
    assert clauses(sentence, 40) == (pieces or [sentence])


@given(WRITING, st.integers(4, 80))
def test_of_clauses_nothing_is_lost(text, longest):
    pieces = clauses(text, longest)
    assert bare("".join(pieces)) == bare(text)
    assert len(pieces) == 1 or len(text) > longest


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(WRITING, st.integers(1, 50))
def test_nothing_is_lost_and_nothing_doubled(text, size):
    sentences = list(split_stream(iter(cut(text, size))))
    assert bare("".join(sentences)) == bare(text)
    assert all(sentence.strip() == sentence and sentence for sentence in sentences)


@given(WRITING, WRITING, WRITING, st.integers(1, 9))
def test_thoughts_are_dropped_wherever_they_stand(before, thought, after, size):
    text = f"{before}<think>{thought}</think>{after}"
    said = "".join(split_stream(iter(cut(text, size))))
    assert bare(said) == bare(before + after)
