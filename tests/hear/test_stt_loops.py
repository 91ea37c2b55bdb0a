"""Repetitions, seen from tokens: a list of letters stands for them."""

import pytest
from hypothesis import given, strategies as st

from assistant.hear.loops import LEAST, once, stuck, unit


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        ("abcdefgh", "abcdefgh"),
        ("abcdefghabcdefgh", "abcdefgh"),
        ("abcdefghabcd", "abcdefgh"),  # cut off in the second time
        ("abcdefghabc", "abcdefghabc"),  # too little of it
        ("abcdabcd", "abcd"),
        ("aaaaa", "aaaaa"),  # a number, perhaps
        ("ababab", "ababab"),
        ("abab", "abab"),  # "no, no": as people speak
        ("aaa", "aaa"),
        ("xabcdabcd", "xabcdabcd"),  # not from the beginning
        ("a.a.", "a."),  # a sentence, however short
        ("ab.ab.ab", "ab."),
        ("ab.ab", "ab."),
        ("ab.a", "ab.a"),
        ("ab.cd.", "ab.cd."),
        ("", ""),
    ],
)
def test_what_is_said_again_is_said_once(tokens, said):
    assert "".join(once(tokens, ".?!")) == said


@pytest.mark.parametrize("tokens", ["xyzabcabcabc", "xyzababab", "xyzaaaa", "aaaa", "abab", "aa"])
def test_stuck_at_the_end(tokens):
    assert stuck(tokens)


@pytest.mark.parametrize("tokens", ["", "a", "ab", "aaa", "xyzabcabc", "xyzaaa", "abcabcx"])
def test_not_stuck(tokens):
    assert not stuck(tokens)


@pytest.mark.parametrize(
    ("words", "count"),
    [("aa", 1), ("aaaa", 1), ("abab", 2), ("abcabc", 3), ("aba", 3), ("xaa", 3), ("a", 1), ("", 0)],
)
def test_the_phrase_that_is_repeated(words, count):
    assert unit(words) == count


@given(st.lists(st.integers(0, 3), min_size=LEAST, max_size=12), st.integers(2, 4))
def test_any_phrase_repeated_to_the_end_is_shortened(phrase, times):
    said = once(phrase * times)
    assert LEAST <= len(said) <= len(phrase)
    assert (phrase * times)[: len(said)] == list(said)


@given(st.lists(st.integers(0, 99), max_size=20, unique=True))
def test_where_nothing_comes_again_nothing_is_cut(tokens):
    assert once(tokens) == tokens
    assert not stuck(tokens)
