"""What it says of its own energy, and of what it holds back."""

import datetime as dt
import os

import pytest

from assistant.config import load
from assistant.errors import FunctionError
from assistant.handlers import Request
from assistant.handlers.machine.energy import Energy
from assistant.power.governor import Conditions, Taken
from assistant.power.kept import Day
from assistant.power.standing import Standing
from tests.machines import unpack, write

NOW = dt.datetime(2026, 3, 4, 18, 0, tzinfo=dt.UTC)
TODAY = "2026-03-04"


def said(reply):
    return reply.text


def asked(language="en"):
    return Request("", language, NOW)


@pytest.fixture
def laptop(tmp_path):
    return unpack("thinkpad-power", tmp_path)


def family(root, **day):
    days = {TODAY: Day(**day)} if day else {}
    return Energy(root, lambda: days)


def test_what_was_used_today_in_watt_hours_and_of_the_battery(laptop):
    energy = family(
        laptop, turns=12, seconds=20_000, in_turns=900, waiting=2700, all=90_000, error=4500
    )
    assert said(energy.used_today(asked())) == (
        "One watt hour, two percent of a full battery today, with twelve commands; it may be five "
        "percent more or less."
    )
    assert said(energy.used_today(asked("es"))).startswith(
        "Un vatio hora, dos por ciento de una batería llena hoy, con doce órdenes; puede ser un"
    )


def test_an_estimate_is_called_one(laptop, tmp_path):
    energy = family(tmp_path / "none", turns=1, seconds=600, in_turns=60, all=3000, estimated=True)
    assert said(energy.used_today(asked())) == (
        "Less than a tenth of a watt hour today, with one command. That is an estimate from "
        "processor time: no meter works here."
    )
    assert "estimación" in said(energy.used_today(asked("es")))


def test_nothing_was_measured_yet(laptop):
    assert said(family(laptop).used_today(asked())) == "I have measured nothing yet today."


def test_how_long_it_lasts_by_what_the_last_days_took(laptop):
    # 30.24 Wh are left; the days' mean is 4 W
    energy = family(laptop, turns=9, seconds=36_000, in_turns=5_000, waiting=2_200, all=144_000)
    reply = said(energy.lasts(asked()))
    assert reply == (
        "About seven hours and thirty minutes, if it is used as in the last days; my share of that "
        "is five percent."
    )


def test_how_long_it_lasts_by_the_rate_of_the_moment(laptop):
    """A meter of the processor alone says nothing of the screen: it is not reckoned with."""
    energy = family(laptop, seconds=36_000, all=30_000, whole=False)
    assert "at the rate of this moment" in said(energy.lasts(asked()))
    write(laptop, "sys/class/power_supply/BAT0/status", "Full")
    assert "plugged in" in said(energy.lasts(asked()))


def test_without_a_battery(tmp_path):
    assert "no battery" in said(family(tmp_path, seconds=4000, all=9000).lasts(asked()))


def test_why_it_is_slow(laptop, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    energy = family(laptop)
    assert said(energy.why_slow(asked())).startswith("Nothing holds me back")
    energy.standing = standing = Standing(load().config)
    standing.conditions = Conditions(load=0.7)
    assert "seventy percent of the processor" in said(energy.why_slow(asked()))
    standing.take([Taken("hot", 0.0, 93.0)])
    reply = said(energy.why_slow(asked()))
    assert reply.startswith("Because the processor is at ninety-three degrees: I work with fewer")
    assert said(energy.why_slow(asked("es"))).startswith("Porque el procesador está a")
    standing.take([Taken("battery", 0.0, 80.0)])
    assert said(energy.why_slow(asked())) == (
        "Because I am running on battery: I work with fewer processors and my answers are shorter."
    )
    standing.take([Taken("caches", 0.0, 900.0)])
    assert "unload my models sooner" in said(energy.why_slow(asked()))


def test_saving_power_by_voice_and_undoing_it(laptop):
    energy = family(laptop)
    energy.standing = standing = Standing(load().config)
    with pytest.raises(Exception, match="running assistant"):
        energy.save(asked())
    pinned = []
    standing.pin = pinned.append
    reply = energy.save(asked())
    reply.undo()
    energy.spend(asked())
    assert pinned == [True, False, False]


def governed(energy, *settings):
    """With a governor that takes the step that is pinned, unless it is forbidden."""
    standing = energy.standing = Standing(load(settings).config)
    found = [Taken("battery", 0.0, 80.0)]

    def pin(on):
        standing.take([*found, Taken("battery_low", 0.0, pinned=True)] if on else found)

    standing.pin = pin
    pin(False)
    return standing


def test_it_says_what_still_holds_it_back(laptop):
    energy = family(laptop)
    governed(energy)
    assert said(energy.save(asked())).startswith("I am saving power: ")
    assert said(energy.spend(asked())).startswith(
        "Not yet at full power, because I am running on battery: "
    )
    assert said(energy.spend(asked("es"))).startswith(
        "Todavía no a plena potencia, porque funciono con batería: "
    )
    energy.standing = Standing(load().config)
    energy.standing.pin = bool
    assert said(energy.spend(asked())) == "Full power again."


def test_what_the_settings_forbid_is_not_said_to_be_done(laptop):
    energy = family(laptop)
    pinned = []
    governed(energy, 'governor.forbid=["battery_low"]').pin = pinned.append
    with pytest.raises(FunctionError, match=r"governor\.forbid"):
        energy.save(asked())
    assert pinned == []


def test_undo_leaves_it_as_it_was(laptop):
    energy = family(laptop)
    standing = governed(energy)

    def steps():
        return [taken.step for taken in standing.taken]

    energy.spend(asked()).undo()
    assert steps() == ["battery"]
    energy.save(asked())
    again = energy.save(asked())
    again.undo()
    assert steps() == ["battery", "battery_low"]
    energy.spend(asked()).undo()
    assert steps() == ["battery", "battery_low"]
