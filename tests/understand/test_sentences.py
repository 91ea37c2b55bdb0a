"""Sentence tables, per language: what each function is called by, and what calls none."""

import datetime as dt

import pytest

from assistant.types import Intent, Question, Unheard
from assistant.understand.grammar import compile_grammar
from assistant.understand.sentences import Templates
from assistant.understand.vocabulary import vocabulary
from tests.understand.conftest import NOW
from tests.understand.tables import TABLES


def rows():
    for language, table in TABLES.items():
        for function, sentences in table.MATCH.items():
            for entry in sentences:
                sentence, slots = entry if isinstance(entry, tuple) else (entry, {})
                yield pytest.param(language, sentence, function, slots, id=f"{language}-{sentence}")


@pytest.mark.parametrize(("language", "sentence", "function", "slots"), list(rows()))
def test_means_the_function(cascade, language, sentence, function, slots):
    """`slots` is None where only the function matters."""
    route = cascade.route(sentence, language)
    assert isinstance(route, Intent), f"{sentence!r} is not understood"
    assert route.function == function
    assert route.stage == "templates"
    assert 0 < route.score <= 1
    if slots is not None:
        assert route.slots == slots


@pytest.mark.parametrize(
    ("language", "sentence"),
    [(language, s) for language, table in TABLES.items() for s in table.NO_MATCH],
)
def test_runs_no_function(cascade, language, sentence):
    assert isinstance(cascade.route(sentence, language), Question | Unheard)


def test_the_tables_are_large_enough():
    for table in TABLES.values():
        assert sum(map(len, table.MATCH.values())) + len(table.NO_MATCH) >= 150


def test_every_function_is_in_the_tables(functions):
    own_help = {f.name for f in functions if f.name.endswith(".topic")}
    for table in TABLES.values():
        assert {f.name for f in functions} - own_help <= set(table.MATCH)


class Told:
    """A function as `Templates` sees it."""

    def __init__(self, name, sentences, slots=None, works=True):
        self.rules = self.assumed = self.fillers = {}
        self.dangerous = self.own_words = self.drawn_examples = False
        self.name, self.sentences, self.slots, self.works = name, sentences, slots or {}, works

    def available(self):
        return self.works


def matcher(*functions, language="en"):
    return Templates(compile_grammar(functions, language), lambda: NOW)


def test_a_wildcard_gets_the_words_back_as_they_were_said():
    note = Told("note", {"en": ["note {text}"]}, {"text": str})
    assert matcher(note).match("Note 10 eggs, half past Seven!").slots == {
        "text": "10 eggs half past seven"
    }


def test_accents_of_a_wildcard_are_kept():
    note = Told("note", {"es": ["apunta {text}"]}, {"text": str})
    found = matcher(note, language="es").match("Apunta: mañana café")
    assert found.slots == {"text": "mañana café"}


def test_the_fewest_wildcard_words_win():
    general = Told("general", {"en": ["play {what}"]}, {"what": str})
    special = Told("special", {"en": ["play the radio"]})
    assert matcher(general, special).match("play the radio").function == "special"


def test_a_value_of_another_type_does_not_fit():
    number = Told("number", {"en": ["dial {n}"]}, {"n": int})
    assert matcher(number).match("dial twenty five").slots == {"n": 25}
    assert matcher(number).match("dial half past seven") is None
    assert matcher(number).match("dial two and a half") is None


def test_a_choice_takes_its_own_words_only():
    from typing import Literal

    light = Told("light", {"en": ["light {state}"]}, {"state": Literal["on", "off"]})
    assert matcher(light).match("light on").slots == {"state": "on"}
    assert matcher(light).match("light green") is None


def test_a_phrase_takes_at_most_its_words():
    from typing import Annotated

    call = Told("call", {"en": ["call {who}"]}, {"who": Annotated[str, 2]})
    assert matcher(call).match("call aunt mary").slots == {"who": "aunt mary"}
    assert matcher(call).match("call the whole thing off") is None


def test_vocabulary_has_the_words_of_what_works_here(cascade):
    lamp = Told("lamp", {"en": ["(dim|fade) the lamp", "dim {n}"]}, {"n": int})
    broken = Told("broken", {"en": ["fly to the moon"]}, works=False)
    assert vocabulary(compile_grammar([lamp, broken], "en")) == ["dim", "fade", "lamp"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", {"timer", "alarm"}), ("es", {"temporizador", "fecha"})]
)
def test_vocabulary_of_the_built_in_functions(cascade, language, words):
    vocabulary = cascade.vocabulary(language)
    assert words <= set(vocabulary[:40])
    assert "the" not in vocabulary
    assert cascade.vocabulary("fr") == []


def test_a_number_may_be_limited_to_a_range():
    from typing import Annotated

    level = Told("level", {"en": ["level {n}"]}, {"n": Annotated[int, range(0, 101, 10)]})
    assert matcher(level).match("level fifty").slots == {"n": 50}
    assert matcher(level).match("level fifty five") is None


def test_a_phrase_has_its_value_and_a_template_its_own_words():
    from typing import Annotated

    sizes = {"twelve ounce[s]": 12, "[very] large": None, "small": "S"}
    cup = Told("cup", {"en": ["a {size} cup", "{n} cups of {size}"]},
               {"size": Annotated[str, sizes], "n": int})  # fmt: skip
    assert matcher(cup).match("a 12-ounce cup").slots == {"size": 12}
    assert matcher(cup).match("a twelve ounces cup").slots == {"size": 12}
    assert matcher(cup).match("a very large cup").slots == {"size": "very large"}
    assert matcher(cup).match("a small cup").slots == {"size": "S"}
    assert matcher(cup).match("twelve cups of twelve ounces").slots == {"n": 12, "size": 12}


def test_numbers_within_a_duration_are_found_where_a_template_names_the_unit():
    wait = Told("wait", {"en": ["wait {n} hours", "sleep {n} hour[s] and {m} minutes"]},
                {"n": int, "m": int})  # fmt: skip
    assert matcher(wait).match("wait three hours").slots == {"n": 3}
    assert matcher(wait).match("sleep 1 hour and 5 minutes").slots == {"n": 1, "m": 5}


def test_courtesy_that_belongs_to_the_sentence_stays():
    later = Told("later", {"en": ["do it {length} from now"]}, {"length": dt.timedelta})
    assert matcher(later).match("could you do it two hours from now please").function == "later"
