"""`assistant understand`: every step, and what it found."""

import json

import pytest


def test_it_shows_the_steps_up_to_the_one_that_decides(cli):
    done = cli("understand", "set a ten minute timer for the pasta")
    assert done.code == 0, done.err
    assert "silence" in done.out and "templates" in done.out
    assert "by sound" not in done.out
    assert "timers.start(length = 0:10:00, name = pasta)" in done.out


def test_all_steps_can_be_seen(cli):
    done = cli("understand", "--all", "what time is it")
    assert done.code == 0, done.err
    assert "by sound" in done.out and "open" in done.out
    assert "clock.time()" in done.out


def test_json_for_programs(cli):
    done = cli("understand", "--json", "what", "time", "is", "it")
    assert done.code == 0, done.err
    shown = json.loads(done.out)
    assert shown["text"] == "what time is it"
    assert shown["route"] == {"kind": "intent", "function": "clock.time", "slots": {}}
    assert [step["step"] for step in shown["steps"]] == ["silence", "templates"]
    assert shown["steps"][1]["decides"] == "intent"
    assert shown["steps"][1]["score"] == 1


def test_a_question_is_exit_code_3(cli):
    done = cli("understand", "--json", "why is the sky blue")
    assert done.code == 3
    assert json.loads(done.out)["route"]["kind"] == "question"


def test_spanish(cli):
    done = cli("understand", "--language", "es", "qué hora es")
    assert done.code == 0, done.err
    assert "clock.time()" in done.out


def test_several_commands_are_shown_each(cli):
    """As they are done when they are said: `ask` splits them, too."""
    done = cli("understand", "set a timer for five minutes and turn it down")
    assert done.code == 0, done.err
    assert "several commands" in done.out
    assert "timers.start(length = 0:05:00)\nvolume.down" in done.out


@pytest.mark.models
def test_the_nearest_example_is_among_the_steps(cli):
    done = cli("understand", "--json", "pour the wine into three glasses")
    steps = {step["step"]: step for step in json.loads(done.out)["steps"]}
    assert steps["nearest"]["score"] > 0.3
    assert steps["nearest"]["reason"].startswith("nearest")
