"""A value that was not said is asked for."""

import datetime as dt

import pytest

from assistant.handlers import Family, function
from assistant.handlers.registry import Functions
from assistant.types import Ask, Intent


class Cooking(Family):
    name = "cooking"

    @function(en=["boil {what} for {length}"], es=["hierve {what} durante {length}"])
    def boil(self, request, what: str, length: dt.timedelta, times: int = 1):
        return request.say(f"{times} {what} {length.seconds}", "")


@pytest.fixture
def functions():
    loaded = Functions()
    loaded.add(Cooking())
    return loaded


def act(functions, slots, language="en"):
    return functions.act(Intent("cooking.boil", slots, "nearest", 0.9, ""), "text", language)


def test_with_all_values_it_is_called(functions):
    assert act(functions, {"what": "eggs", "length": dt.timedelta(minutes=1)}).text == "1 eggs 60"


def test_the_first_missing_value_is_asked_for(functions):
    reply = act(functions, {"what": "eggs"})
    assert (reply.text, reply.listen_again, reply.ok) == ("For how long?", True, True)
    assert reply.asks == Ask("cooking.boil", "length", {"what": "eggs"})
    assert act(functions, {}).asks == Ask("cooking.boil", "what", {})


def test_it_is_asked_in_the_language_of_the_user(functions):
    assert act(functions, {"what": "huevos"}, "es").text == "¿Durante cuánto tiempo?"
