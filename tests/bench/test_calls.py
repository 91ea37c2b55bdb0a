"""Requests for functions that no sentence has, and what counts as right."""

import datetime as dt
from types import SimpleNamespace

import pytest

from assistant.bench.call_requests import Request, Wanted, first, outcome, requests
from assistant.bench.calls import Row, figures
from assistant.config import load
from assistant.handlers import load as functions
from assistant.types import Intent

TEN = dt.timedelta(minutes=10)
SET = Wanted(("timers.start", "reminders.add"), {"length|duration": ("10 minutes", "ten minutes")})
ADD = Wanted(("lists.add",))
READS = SimpleNamespace(
    value=lambda text, function, slot, language: TEN if text.startswith(("10", "ten")) else None
)


def intent(function, **slots):
    return Intent(function, slots, "tools", 1.0, "")


@pytest.mark.parametrize(
    ("wanted", "made", "found"),
    [
        ((SET,), (intent("timers.start", length=TEN),), "right"),
        ((SET,), (intent("reminders.add", duration=TEN),), "right"),
        ((SET,), (intent("timers.start", length=2 * TEN),), "values"),
        ((SET,), (intent("timers.start"),), "values"),
        ((SET,), (intent("timers.cancel"),), "other"),
        ((SET,), (intent("timers.start", length=TEN), intent("lists.add")), "other"),
        ((SET,), (), "nothing"),
        ((SET, ADD), (intent("lists.add"), intent("timers.start", length=TEN)), "right"),
        ((SET, ADD), (intent("lists.add"),), "part"),
        ((SET, SET), (intent("timers.start"), intent("timers.start", length=TEN)), "values"),
        ((), (intent("lists.add"),), "other"),
        ((), (), "nothing"),
    ],
)
def test_an_outcome(wanted, made, found):
    assert outcome(READS, Request("en", "text", wanted), made) == found


def test_the_requests_name_functions_and_slots_that_there_are():
    known = {f.name: f.slots for f in functions(load(["language=auto"]).config)}
    asked = requests()
    assert len({r.text for r in asked}) == len(asked) > 75
    assert {(r.language, r.kind) for r in asked} == {
        (language, kind)
        for language in ("en", "es")
        for kind in ("one", "several", "asked", "none")
    }
    for wanted in (w for r in asked for w in r.calls):
        slots = {slot for name in wanted.functions for slot in known[name]}
        assert all(set(names.split("|")) <= slots for names in wanted.values)


def test_the_first_of_each_kind():
    assert len(first(1)) == 8
    assert first(None) == requests()


def row(model="small", kind="one", outcome="right", by="model", offered=True, **changes):
    fields = {
        "language": "en", "text": "?", "called": (), "confirmed": False, "done_unasked": False,
        "rounds": 1, "seconds": 1.0,
    }  # fmt: skip
    return Row(model=model, kind=kind, outcome=outcome, by=by, offered=offered, **fields | changes)


def test_figures_leave_out_what_was_understood():
    rows = [
        row(), row(outcome="values"), row(outcome="other"), row(by="understood", outcome="nothing"),
        row(by="nobody", outcome="nothing", offered=False, rounds=0, seconds=0.0),
        row(kind="none", outcome="nothing"), row(kind="asked", confirmed=True),
    ]  # fmt: skip
    found = {figure.name: figure.values["small"] for figure in figures(rows)}
    assert found["one function, and its values right, en"] == 25.0
    assert found["  the function right, en"] == 50.0
    assert found["  another was called, en"] == 25.0
    assert found["none serves, and none is called, en"] == 100.0
    assert found["dangerous: asked first, en"] == 100.0
    assert found["dangerous: done without asking, en"] == 0.0
    assert found["offered what it takes, en"] == 80.0
    assert found["choosing, p50"] == 1.0
