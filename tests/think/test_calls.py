"""What a model is asked that calls functions, and what it may write."""

import json

from assistant.stages import Call, Called, Exchange, Tool
from assistant.think.calls import beginning, calls, grammar, prompt

TIMER = Tool("timers.start", "set a ten minute timer", {"length": "duration", "name": "words"})
LAMP = Tool("lamp.color", "make it red", {"color": "words"}, {"color": ["red", "grün"]})


def test_the_grammar_is_made_of_the_signatures():
    rules = grammar([TIMER, LAMP], "en").splitlines()
    assert rules[0].startswith("root ::= ")
    assert rules[1] == "call ::= tool0 | tool1"
    assert r"{\"function\": \"timers.start\"" in rules[2]
    assert "duration)?" in rules[2] and "text)?" in rules[2]
    assert r"\"red\"" in rules[3] and "grün" in rules[3]
    assert '"minutes"' in rules[-1] and '"minutos"' in grammar([TIMER], "es")


def test_every_prompt_begins_alike():
    first = prompt("a", [TIMER], (), "en", [Exchange("b", "c")], ["It is noon."])
    assert first[: len(beginning("en"))] == beginning("en")
    assert first[-1]["content"].startswith(
        "It is noon.\nFunctions:\n- timers.start(length: duration"
    )
    assert first[-1]["content"].endswith("The user says: a")


def test_what_was_told_is_fed_back():
    call = Call("timers.start", (("length", "9 minutes"),))
    said = prompt("a", [TIMER], [Called(call, "9 minutes.")], "en", [], [])
    assert said[:-2] == prompt("a", [TIMER], (), "en", [], [])
    assert json.loads(said[-2]["content"]) == [{"function": "timers.start", "length": "9 minutes"}]
    assert "- timers.start: 9 minutes." in said[-1]["content"]


def test_what_was_written_is_read_and_each_call_is_as_likely_as_its_name():
    first = b'[{"function": "timers.start", "length": "9 minutes"}'
    second = b', {"function": "lamp.color", "color": "red"}]'
    likely = [
        (len(b'[{"function": "timers'), 0.9),
        (len(b'[{"function": "timers.start"'), 0.7),
        (len(first), 0.1),
        (len(first + second), 0.8),
    ]
    assert calls(first + second, likely) == [
        Call("timers.start", (("length", "9 minutes"),)),
        Call("lamp.color", (("color", "red"),)),
    ]
    assert [call.score for call in calls(first + second, likely)] == [0.7, 0.8]


def test_what_is_not_whole_calls_nothing():
    assert calls(b'[{"function": "timers.start", "len', []) == []
    assert calls(b"[]", []) == []
