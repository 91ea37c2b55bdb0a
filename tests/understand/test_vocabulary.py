"""What speech recognition is biased to, with a user's grammar loaded."""

from types import SimpleNamespace
from typing import Annotated

from assistant.expected import bias
from assistant.types import Intent
from assistant.understand.grammar import compile_grammar
from assistant.understand.vocabulary import examples, names, vocabulary


def test_the_words_of_a_users_file_are_in_the_vocabulary(coffee_functions):
    grammar = compile_grammar(coffee_functions, "en")
    mine = {"americano", "macchiato", "roast", "almond", "sweetener"}
    assert mine <= set(names(grammar)[:100])
    assert mine <= set(vocabulary(grammar))
    assert {"timer", "time", "volume"} & set(vocabulary(grammar)[:60])
    assert "macchiato" not in names(compile_grammar(coffee_functions, "es"))


def test_examples_are_few_and_cover_many_slot_values(with_coffee):
    few, many = with_coffee.examples("en", 8), with_coffee.examples("en", 30)
    assert 3 <= len(few) <= 8
    assert sum(len(text.split()) for text in few) <= 80
    assert few == with_coffee.examples("en", 8)  # the same at every start
    text = " ".join(many).lower()
    covered = [v for v in ("mocha", "espresso", "twelve", "dark", "brown", "triple") if v in text]
    assert len(covered) >= 5
    for sentence in few:
        assert isinstance(with_coffee.route(sentence, "en"), Intent), sentence


def test_built_in_functions_have_their_help_and_no_examples(cascade):
    assert cascade.examples("en", 8) == []
    assert cascade.examples("de", 8) == []


def test_what_does_not_work_here_is_left_out(coffee_functions):
    grammar = compile_grammar(coffee_functions, "en")
    order = next(f for f in coffee_functions if f.name == "orderDrink")
    order.family.unavailable = lambda: {"en": "The coffee machine is off."}
    try:
        assert examples(grammar, 8) == []
        assert "macchiato" not in vocabulary(grammar)
    finally:
        del order.family.unavailable


def test_the_users_sentences_do_not_displace_the_built_in_ones(
    settings, coffee_functions, with_coffee
):
    sentences, named, words = bias(settings, coffee_functions, with_coffee)
    assert any("timer" in sentence for sentence in sentences)
    assert any("mocha" in sentence.lower() for sentence in sentences)
    assert all(sentence[-1] in ".?" for sentence in sentences)
    assert {"timer", "coffee"} <= {word.lower() for word in words}
    assert {"macchiato", "almond", "skim", "whole", "sixteen"} <= set(named)
    assert "timer" not in named


def test_names_that_a_family_gives_are_known(coffee_functions):
    """And those of the user's own file come first."""
    there = {"kitchen lamp": 1, "the fritzbox": 2}
    slots = {"name": Annotated[str, lambda _language: there]}
    lamp = SimpleNamespace(
        name="home.switch", sentences={"en": ["switch {name}"]}, rules={}, slots=slots, assumed={},
        fillers={}, dangerous=False, own_words=False, drawn_examples=False, available=lambda: True,
    )  # fmt: skip
    found = names(compile_grammar([lamp, *coffee_functions], "en"))
    assert {"kitchen", "lamp", "fritzbox"} <= set(found)
    assert found.index("macchiato") < found.index("fritzbox")
    assert "the" not in found


def test_without_a_users_file_every_example_is_shown(settings, functions, cascade):
    sentences, _, _ = bias(settings, functions, cascade)
    shown = {f.help["en"].lower() for f in functions if f.help.get("en") and f.available()}
    assert len({s.lower().strip(".?") for s in sentences} & shown) == len(shown)
