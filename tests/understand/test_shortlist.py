"""The templates that are tried: never fewer than those that fit."""

import random
import string

import hassil
import pytest
from hassil.intents import Intent
from hypothesis import given, settings, strategies as st

from assistant.understand import shortlist
from assistant.understand.grammar import compile_grammar
from assistant.understand.layout import lay_out
from assistant.understand.sentences import Templates
from assistant.understand.shortlist import Shortlist
from tests.understand import sentences_en, sentences_es
from tests.understand.conftest import NOW
from tests.understand.test_sentences import Told

TABLES = {"en": sentences_en, "es": sentences_es}


class Everything:
    """Tries all templates."""

    def __init__(self, grammar):
        intents = {name: Intent(name, grammar.blocks(name)) for name in grammar.functions}
        self._intents = hassil.Intents(grammar.language, intents, skip_words=[*grammar.fillers])

    def intents(self, sentence):
        return self._intents


def pair(functions, language):
    """Templates with and without a shortlist."""
    grammar = compile_grammar(functions, language)
    layout = lay_out(grammar)
    return (
        Templates(grammar, lambda: NOW, layout),
        Templates(grammar, lambda: NOW, layout, Everything(grammar)),
    )


@pytest.fixture(scope="session")
def pairs(coffee_functions):
    return {language: pair(coffee_functions, language) for language in ("en", "es")}


def said(language):
    table = TABLES[language]
    rows = [row for rows in table.MATCH.values() for row in rows]
    return [row[0] if isinstance(row, tuple) else row for row in rows] + list(table.NO_MATCH)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_tables_mean_the_same_with_it(pairs, language):
    short, full = pairs[language]
    for sentence in random.Random(2).sample(said(language), 40):  # all templates take long
        assert short.match(sentence) == full.match(sentence), sentence


@pytest.mark.parametrize("language", ["en", "es"])
def test_spoilt_sentences_mean_the_same_with_it(pairs, language):
    """Words left out, said twice, exchanged, taken from another sentence."""
    short, full = pairs[language]
    chance = random.Random(3)
    sentences = said(language)
    for _ in range(40):
        words = chance.choice(sentences).split()
        at = chance.randrange(len(words))
        other = chance.choice(chance.choice(sentences).split())
        words[at : at + chance.randrange(2)] = chance.choice(
            [[], [other], [words[at], words[at]], [other, words[at]]]
        )
        if words[-2:-1] == words[-1:]:  # hassil lets a wildcard end within such a word
            continue
        sentence = " ".join(words)
        assert short.match(sentence) == full.match(sentence), sentence


PIECES = [
    *("play", "play ", "[the] ", "{what}", " {n}", "[ {what}]", "(a|b|)", "timer[s]", " {n}x"),
    *("{what}'s", " {size} ", "<some>", " [<some>]", "[now|later]", " of {what} by {who}"),
]
WORDS = [
    *("play", "the", "a", "b", "timer", "timers", "large", "very", "now", "of", "by", "five"),
    *("5x", "ann's", "ann", "please", "some more", "x"),
]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5), min_size=1, max_size=4),
    st.lists(st.lists(st.sampled_from(WORDS), max_size=6), min_size=5, max_size=5),
    st.booleans(),
)
def test_any_template_means_the_same_with_it(templates, sentences, fillers):
    from typing import Annotated

    slots = {"what": str, "who": str, "n": int, "size": Annotated[str, {"[very] large": 1}]}
    functions = []
    for number, pieces in enumerate(templates):
        told = Told(f"f{number}", {"en": ["play " + "".join(pieces)]}, slots)
        told.rules = {"en": {"some": "(some more|{n} more)"}}
        if fillers:
            told.fillers = {"en": ["please", "of the"]}
        functions.append(told)
    short, full = pair(functions, "en")
    for words in sentences:
        text = " ".join(["play", *words])
        assert short.match(text) == full.match(text), text


def test_few_templates_are_tried(coffee_functions):
    grammar = compile_grammar(coffee_functions, "en")
    layout = lay_out(grammar)
    assert len(layout.functions) > 150
    made = Shortlist(grammar, layout)
    assert len(made.numbers("what time is it".split())) == 1
    assert len(made.numbers("why is the sky blue".split())) == 0
    assert made.intents("why is the sky blue".split()) is None


def test_words_that_no_template_has_take_no_memory(coffee_functions):
    grammar = compile_grammar(coffee_functions, "en")
    made = Shortlist(grammar, lay_out(grammar))
    chance = random.Random(1)
    sentences = [
        "call it " + " ".join(chance.choices(string.ascii_letters, k=6)) for _ in range(500)
    ]
    for sentence in sentences[:100]:
        made.numbers(sentence.split())
    nodes = len(made._nodes)
    for sentence in sentences:
        made.numbers(sentence.split())
    assert len(made._nodes) <= nodes + 5
    assert sum(len(node.next) for node in made._nodes.values()) < 200


def test_it_forgets_what_it_made_when_that_is_too_much(coffee_functions, monkeypatch):
    monkeypatch.setattr(shortlist, "MOST_NODES", 10)
    short, full = pair(coffee_functions, "en")
    for sentence in said("en")[:20]:
        assert short.match(sentence) == full.match(sentence), sentence
    assert len(short._shortlist._nodes) < 40
