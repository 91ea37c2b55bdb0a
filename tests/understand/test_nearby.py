"""Near sentences: what a recognizer may write for a command, and what must stay a question."""

import random

import pytest
from hypothesis import given, settings, strategies as st

from assistant.types import Intent
from assistant.understand.automaton import Automaton
from assistant.understand.grammar import compile_grammar
from assistant.understand.layout import lay_out
from assistant.understand.nearby import NEAR, Nearby, light_words
from assistant.understand.samples import Sampler
from assistant.understand.sentences import Templates
from assistant.understand.word_tables import tables
from tests.understand.conftest import NOW
from tests.understand.test_sentences import Told

NEAR_EN = [
    ("large drip coffee with light rose", {"coffeeDrink": "drip coffee", "roast": "light roast"}),
    ("dull shot latte with milk", {"numberOfShots": "double shot"}),
    ("a large ice coffee with cream", {"coffeeDrink": "iced coffee", "size": "large"}),
    ("Brew an Americana with cream.", {"coffeeDrink": "americano"}),
    ("can I have a late roast mocha with soy milk", {"roast": "light roast"}),
    ("give me a twelve ounce cappa chino with whole milk", {"coffeeDrink": "cappuccino"}),
    ("a medium rose 16 ounce latte", {"size": "sixteen ounce", "roast": "medium roast"}),
    ("set a time for ten minutes", None),
    ("cancel all of my time as", None),
]
NEAR_ES = [
    ("pon un temporisador de diez minutos", "timers.start"),
    ("cancela todos los temporizadoras", "timers.cancel_all"),
    ("sube el bolumen un poco", "volume.up"),
]
FREE = {
    "en": [
        "what is the capital of france",
        "how many ounces did the baby weigh",
        "tell me a story about a mocha",
        "the roast was in the oven for an hour",
        "who invented the light bulb",
        "shop",
        "the latter",
        "i had a large coffee with my mother yesterday",
        "is it time to go",
        "set the table for ten people",
        "what is a timer",
        "we sat at a table for ten minutes",
    ],
    "es": [
        "cuál es la capital de francia",
        "cuánto cuesta una alarma",
        "qué es un temporizador",
        "mi hermano vive en la cocina",
    ],
}


@pytest.mark.parametrize(("text", "slots"), NEAR_EN)
def test_misheard_commands_are_understood(with_coffee, text, slots):
    route = with_coffee.route(text, "en")
    assert isinstance(route, Intent), f"{text!r} is not understood"
    assert route.stage == "by sound"
    assert 0 < route.score < 1
    if slots is not None:
        assert slots.items() <= route.slots.items()


@pytest.mark.parametrize(("text", "function"), NEAR_ES)
def test_misheard_commands_in_spanish(with_coffee, text, function):
    route = with_coffee.route(text, "es")
    assert isinstance(route, Intent), f"{text!r} is not understood"
    assert (route.function, route.stage) == (function, "by sound")


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, v in FREE.items() for t in v])
def test_free_speech_is_left_alone(with_coffee, language, text):
    assert not isinstance(with_coffee.route(text, language), Intent)


def test_the_reason_names_the_template_and_not_what_was_said(with_coffee):
    route = with_coffee.route("large drip coffee with light rose", "en")
    assert "rose" not in route.reason
    assert "of its sounds" in route.reason


def nearby(*functions, language="en"):
    grammar = compile_grammar(functions, language)
    layout = lay_out(grammar)
    words = tables(layout, light_words(grammar), language)
    templates = Templates(grammar, lambda: NOW, layout)
    return Nearby(grammar, Automaton(layout), words, templates, lambda: NOW)


def test_two_meanings_as_near_are_neither():
    lights = Told("on", {"en": ["paint the lamp red tonight"]})
    other = Told("off", {"en": ["paint the lamp bread tonight"]})
    assert nearby(lights).match("paint the lamp read tonight").function == "on"
    assert nearby(lights, other).match("paint the lamp bred tonight") is None


def test_a_dangerous_function_needs_its_very_own_words():
    off = Told("off", {"en": ["switch the computer off right away"]})
    assert nearby(off).match("switch the commuter off right away").function == "off"
    off.dangerous = True
    assert nearby(off).match("switch the commuter off right away") is None


def test_candidates_are_sentences_of_the_grammar_the_nearest_first(with_coffee):
    found = with_coffee.candidates("can I have a light rose mocha with milk", "en", most=5)
    assert 2 <= len(found) <= 5
    assert [c.cost for c in found] == sorted(c.cost for c in found)
    assert found[0].text == "can i have a light roast mocha with milk"
    for candidate in found:
        assert isinstance(with_coffee.route(candidate.text, "en"), Intent)
    assert with_coffee.candidates("", "en") == []
    assert with_coffee.candidates("hallo", "de") == []


def test_can_be_turned_off(coffee_functions, settings):
    import msgspec

    from assistant.understand.route import Cascade

    without = msgspec.structs.replace(settings.route, by_sound=False)
    cascade = Cascade(coffee_functions, ["en"], without, now=lambda: NOW)
    assert not isinstance(cascade.route("large drip coffee with light rose", "en"), Intent)


@pytest.fixture(scope="module")
def drawn(coffee_functions):
    """Sentences drawn from all templates that need no free words: (language, text)."""
    chance = random.Random(5)
    found = []
    for function in coffee_functions:
        for language, templates in function.sentences.items():
            sampler = Sampler(function, language, chance)
            texts = {sampler.sentence(template) for template in templates for _ in range(3)}
            found += [(language, text) for text in texts if text]
    return sorted(found)


def test_a_sentence_of_the_grammar_is_nearest_to_itself(with_coffee, drawn):
    chance = random.Random(1)
    understood = [
        d for d in drawn if getattr(with_coffee.route(d[1], d[0]), "stage", "") == "templates"
    ]
    assert len(understood) > 0.9 * len(drawn)
    for language, text in chance.sample(understood, 60):
        found = with_coffee.candidates(text, language, most=1)
        assert found, text
        assert found[0].cost == 0, (text, found)
        assert found[0].distance <= NEAR


SWAPS = {"t": "d", "d": "t", "s": "z", "b": "p", "v": "f", "m": "n", "k": "c", "f": "v"}


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_damage_to_a_long_word_never_changes_the_meaning(with_coffee, seed):
    """One consonant of one order is heard as its neighbour: the same order, or a question."""
    chance = random.Random(seed)
    order = with_coffee.examples("en", 12)[seed % 12].lower()
    meant = with_coffee.route(order, "en")
    words = order.split()
    i = chance.choice([i for i, w in enumerate(words) if len(w) > 3])
    n = chance.choice([n for n, letter in enumerate(words[i]) if letter in SWAPS] or [0])
    words[i] = words[i][:n] + SWAPS.get(words[i][n], "x") + words[i][n + 1 :]
    route = with_coffee.route(" ".join(words), "en")
    if isinstance(route, Intent):
        assert (route.function, route.slots) == (meant.function, meant.slots)


NUMBERS = "8 12 16 20 thirteen thirty fifteen fifty fourteen forty".split()


@settings(max_examples=60, deadline=None)
@given(number=st.sampled_from(NUMBERS), word=st.sampled_from(["sat", "seth", "set", "said"]))
def test_a_number_is_never_changed(with_coffee, number, word):
    for text in (
        f"{word} a time for {number} minutes",
        f"brew me a {number} ounce coffee with cremes",
    ):
        for candidate in with_coffee.candidates(text, "en"):
            assert [w for w in candidate.text.split() if w in NUMBERS] == [number]


def test_a_number_that_no_sentence_has_is_not_guessed(with_coffee):
    assert not isinstance(with_coffee.route("a thirteen ounce coffee", "en"), Intent)
    assert not isinstance(with_coffee.route("a fifty ounce latte with milk", "en"), Intent)
