"""All families together: a sentence of one function is never taken by another."""

import random
import string

import pytest

from assistant.types import Intent
from assistant.understand.content import COMMON, is_free
from assistant.understand.example_sentences import of_function
from assistant.understand.samples import Sampler

LANGUAGES = ("en", "es")
KNOWN = {"en": 0, "es": 1}
"""Sentences that two functions do share: "anota cena en mi agenda" is a note and a reminder."""
SHARED = {("home.brighten", "screen.up"), ("home.dim", "screen.down")}
"""Functions that may share sentences: of the screen where there is one, else of the lights."""


NAMED = {"board.on", "board.state", "home.scene", "home.value"}
"""Functions whose example names a device, a program or a document of somebody's."""


def drawn(functions, language, draw=of_function):
    return [
        (function.name, text)
        for function in functions
        if function.sentences.get(language)
        for text in draw(function, language)
    ]


def evenly(function, language):
    """A sentence of each template, with all that may be left out as likely as not."""
    sampler = Sampler(function, language, random.Random(5))
    texts = [sampler.sentence(template) for template in function.sentences[language]]
    return [text.lower() for text in texts if text]


def taken(cascade, text, language):
    route = cascade.route(text, language)
    return route.function if isinstance(route, Intent) else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_function_takes_a_sentence(functions, cascade, language):
    """Nearly all are understood: some values are drawn as nobody would say them at that place."""
    sentences = drawn(functions, language)
    lost, wrong = judged(cascade, sentences, language)
    assert len(wrong) <= KNOWN[language], "\n".join(wrong)
    assert len(lost) <= len(sentences) / 50, "\n".join(lost)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_any_other_takes_one_that_nobody_would_say(functions, cascade, language):
    """Drawn evenly, a template of many parts has sentences that mean nothing in particular."""
    sentences = drawn(functions, language, evenly)
    _, wrong = judged(cascade, sentences, language)
    assert len(wrong) <= len(sentences) / 200, "\n".join(wrong)


def judged(cascade, sentences, language):
    """Which of the sentences nobody takes, and which another function takes."""
    lost, wrong = [], []
    for name, text in sentences:
        found = cascade.exact(text, language)
        if found is None:
            lost.append(f"{name}: {text}")
        elif found.function != name and (name, found.function) not in SHARED:
            wrong.append(f"{name} -> {found.function}: {text}")
    return lost, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_example_of_the_help_calls_its_own_function(functions, cascade, language):
    """Each one that is read out; but for those that name what only some have."""
    wrong = []
    for function in functions:
        example = function.help.get(language)
        if not example or function.name in NAMED:
            continue
        found = cascade.exact(example, language)
        taken = found.function if found else None
        if taken != function.name and not (
            taken == "later.add" == function.name or (function.name, taken) in SHARED
        ):
            wrong.append(f"{function.name} -> {taken}: {example}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_function_that_is_shown_has_an_example_in_both(functions, language):
    """What has an example in one language has one in the other."""
    lacks = [f.name for f in functions if f.help and not f.help.get(language)]
    assert not lacks


def takes_any_words(functions, name):
    """ "Play {what}" takes whatever is misspelt for a name."""
    return any(is_free(k) for f in functions if f.name == name for k in f.slots.values())


def misspelt(text, language, chance):
    """With one letter of a word that carries meaning changed; None where there is no such word."""
    words = text.split()
    places = [i for i, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    places = [i for i in places if words[i] not in COMMON[language]]
    if not places:
        return None
    i = chance.choice(places)
    at = chance.randrange(1, len(words[i]))
    words[i] = words[i][:at] + chance.choice(string.ascii_lowercase) + words[i][at + 1 :]
    return " ".join(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_with_a_mistake_calls_no_other_function(functions, cascade, language):
    """It may be asked about, or not be understood. (A mistake can make a word of another sentence:
    one in two hundred may.)"""
    chance = random.Random(11)
    asked, wrong = 0, []
    for name, text in drawn(functions, language)[::3]:
        near = misspelt(text, language, chance)
        if near is None:
            continue
        asked += 1
        found = taken(cascade, near, language)
        if found not in (name, None) and not takes_any_words(functions, found):
            wrong.append(f"{name} -> {found}: {near}")
    assert len(wrong) <= asked / 200, "\n".join(wrong)
