"""The error tree: what each error says, and with which exit code."""

import pickle
import re

import pytest

from assistant import errors
from assistant.errors import AssistantError, FunctionError, ModelError

TREE = {
    value
    for value in vars(errors).values()
    if isinstance(value, type) and issubclass(value, AssistantError)
}


def drawn():
    """The tree as the docstring of the module draws it: name -> (parent, exit code)."""
    parents, found = [], {}
    for line in errors.__doc__.splitlines():
        match = re.match(r"^(    (?:[|` ]   )*(?:[|`]-- )?)(\w+) +(?:exit code )?(\d)", line)
        if match:
            depth = len(match[1]) // 4 - 1
            parents[depth:] = [match[2]]
            found[match[2]] = (parents[depth - 1] if depth else None, int(match[3]))
    return found


def test_the_drawing_is_the_tree():
    tree = {
        error.__name__: (
            None if error is AssistantError else error.__base__.__name__,
            error.exit_code,
        )
        for error in TREE
    }
    assert drawn() == tree


@pytest.mark.parametrize("error", sorted(TREE, key=str), ids=lambda e: e.__name__)
def test_every_error_can_be_said_in_both_languages(error):
    raised = error("the sentence for the screen")
    assert str(raised) == "the sentence for the screen"
    assert raised.code == error.__name__
    english, spanish = raised.speech("en"), raised.speech("es")
    assert english != spanish
    assert english.endswith(".") and spanish.endswith(".")


def test_a_language_nobody_wrote_is_english():
    assert ModelError("x").speech("fr") == ModelError("x").speech("en")


def test_an_error_can_bring_its_own_words():
    error = FunctionError("volume", code="no_mixer", spoken={"en": "No volume here."})
    assert error.code == "no_mixer"
    assert error.speech("es") == "No volume here."
    assert FunctionError("x").speech("en") == AssistantError("x").speech("en")


def test_an_error_survives_the_way_between_threads_and_processes():
    error = pickle.loads(pickle.dumps(ModelError("gone")))
    assert (str(error), error.exit_code) == ("gone", 4)


def test_a_fault_is_told_without_its_words():
    try:
        int("my secret")
    except ValueError as error:
        told = errors.fault(error)
    assert re.fullmatch(r"ValueError in test_errors\.py, line \d+", told)
    assert errors.fault(ValueError("my secret")) == "ValueError"
