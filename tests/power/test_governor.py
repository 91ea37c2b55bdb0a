"""The governor, condition by condition, on a clock of its own; and what its steps change."""

from dataclasses import replace

import hypothesis.strategies as st
import pytest
from hypothesis import given

from assistant.config import load
from assistant.errors import ConfigError
from assistant.power import thermal
from assistant.power.governor import ORDER, Conditions, Governor
from assistant.power.ladder import Ladder, Memory
from assistant.power.standing import Standing, with_steps
from assistant.power.words import announcement, effects, no_answer, why
from tests.machines import unpack, write


def governor(*settings):
    return Governor(load(settings).config.governor, Ladder())


class Day:
    """A governor, fed every ten seconds."""

    def __init__(self, *settings):
        self.governor, self.now, self.changes = governor(*settings), 0.0, []
        self.steps = ()

    def spend(self, minutes, **conditions):
        for _ in range(round(minutes * 6)):
            self.now += 10
            taken = self.governor.look(self.now, Conditions(**conditions))
            steps = tuple(t.step for t in taken)
            if steps != self.steps:
                self.changes.append(steps)
                self.steps = steps
        return self.steps


def test_a_day_on_battery_and_back():
    day = Day()
    assert day.spend(5, on_battery=False, charge=100) == ()
    assert day.spend(5, on_battery=True, charge=90) == ("battery",)
    assert day.spend(5, on_battery=True, charge=40) == ("battery", "battery_low")
    low = ("battery", "battery_low", "battery_empty")
    assert day.spend(5, on_battery=True, charge=15) == low
    assert day.spend(5, on_battery=True, charge=19) == low  # not yet at 20
    assert day.spend(5, on_battery=True, charge=20) == low[:2]
    assert day.spend(5, on_battery=False, charge=20) == ()
    assert len(day.changes) == 5


def test_a_plug_that_is_moved_and_a_gauge_that_jumps_change_nothing():
    day = Day()
    for charge in (41, 40, 41, 39, 41) * 6:  # never half a minute at 40 or below
        day.spend(1 / 6, on_battery=True, charge=charge)
    assert day.steps == ("battery",)
    day.spend(1 / 3, on_battery=False, charge=41)
    assert day.spend(1, on_battery=True, charge=41) == ("battery",)
    assert day.changes == [("battery",)]


def test_heat_is_left_only_when_it_has_cooled():
    day = Day()
    limit = {"limit": 100.0}
    assert day.spend(2, celsius=84, **limit) == ()
    assert day.spend(2, celsius=85, **limit) == ("hot",)
    assert day.spend(9, celsius=78, **limit) == ("hot",)
    assert day.spend(1, celsius=77, **limit) == ("hot",)
    assert day.spend(1, celsius=77, **limit) == ()
    assert Day().spend(2, celsius=79, limit=90.0) == ()
    assert Day().spend(2, celsius=80, limit=90.0) == ("hot",)
    assert Day("governor.hot_celsius=60").spend(2, celsius=61, **limit) == ("hot",)
    assert Day().spend(2, celsius=86) == ("hot",)


def test_other_programs_that_need_the_processor():
    day = Day()
    assert day.spend(0.3, load=0.9) == ()
    assert day.spend(1, load=0.9) == ("busy",)
    assert day.spend(2, load=0.6) == ("busy",)
    assert day.spend(2, load=0.4) == ()


def test_what_nobody_knows_changes_nothing():
    day = Day()
    day.spend(5, on_battery=True, charge=10, celsius=99, load=1.0)
    taken = day.steps
    assert set(taken) == {"battery", "battery_low", "battery_empty", "hot", "busy"}
    assert day.spend(60) == taken


def test_steps_are_pinned_and_forbidden():
    day = Day('governor.pin=["hot"]', 'governor.forbid=["battery_empty"]')
    assert day.spend(1, on_battery=False) == ("hot",)
    assert day.spend(5, on_battery=True, charge=5) == ("battery", "battery_low", "hot")
    day.governor.pin("battery_low", True, day.now)
    assert day.spend(5, on_battery=False, charge=50) == ("battery_low", "hot")
    day.governor.pin("battery_low", False, day.now)
    assert day.spend(1, on_battery=False) == ("hot",)
    assert Day("governor.enabled=false").spend(5, on_battery=True, charge=1) == ()


maybe = lambda s: st.none() | s  # noqa: E731
CONDITIONS = st.builds(
    Conditions,
    on_battery=maybe(st.booleans()),
    charge=maybe(st.floats(0, 100)),
    celsius=maybe(st.floats(0, 120)),
    limit=maybe(st.floats(60, 110)),
    load=maybe(st.floats(0, 1)),
    memory=maybe(
        st.builds(
            Memory,
            used=st.floats(0, 2000),
            budget=st.sampled_from([0.0, 500.0, 1000.0]),
            free=st.floats(0, 4000),
            least_free=st.just(150.0),
            stalled=st.floats(0, 100),
        )
    ),
)


@given(st.lists(st.tuples(st.floats(0.1, 100), CONDITIONS), max_size=60))
def test_whatever_happens_its_steps_are_known_in_order_and_slow_to_change(looks):
    watched, now, last = governor(), 0.0, {}
    for seconds, found in looks:
        now += seconds
        taken = watched.look(now, found)
        steps = [t.step for t in taken]
        assert steps == [step for step in ORDER if step in steps]
        for step in ORDER[:5]:
            on = step in steps
            was, since = last.get(step, (False, 0.0))
            if on != was:
                last[step] = on, now
                assert not was or now - since >= 30  # each is kept for a while


BATTERY = ("battery", "battery_low", "battery_empty")


@given(st.lists(st.tuples(st.floats(0.1, 100), CONDITIONS), max_size=60))
def test_a_deeper_step_on_battery_never_comes_without_the_one_before(looks):
    watched, now, plugged_since = governor(), 0.0, None
    for seconds, found in looks:
        now += seconds
        steps = {taken.step for taken in watched.look(now, found)}
        on = [step in steps for step in BATTERY]
        assert on == sorted(on, reverse=True)
        if found.on_battery is False:
            plugged_since = now if plugged_since is None else plugged_since
            if now - plugged_since >= 30:
                assert not any(on)  # plugged in for half a minute
        else:
            plugged_since = None


@given(
    st.lists(st.tuples(st.floats(0.1, 100), CONDITIONS), max_size=30),
    st.sets(st.sampled_from(ORDER)),
    st.sets(st.sampled_from(ORDER)),
)
def test_what_is_pinned_is_always_taken_and_what_is_forbidden_never(looks, pinned, forbidden):
    lists = [f"{[*steps]}".replace("'", '"') for steps in (pinned, forbidden)]
    watched, now = governor(f"governor.pin={lists[0]}", f"governor.forbid={lists[1]}"), 0.0
    for seconds, found in looks:
        now += seconds
        steps = {taken.step for taken in watched.look(now, found)}
        assert pinned - forbidden <= steps
        assert not steps & forbidden


@given(st.lists(st.tuples(st.floats(0.1, 100), CONDITIONS), max_size=30), CONDITIONS)
def test_a_machine_that_stays_as_it_is_is_left_alone(looks, stays):
    """However it came to be so: after some minutes nothing changes any more."""
    watched, now = governor(), 0.0
    for seconds, found in looks:
        now += seconds
        watched.look(now, found)
    stays = replace(stays, memory=None)
    steps = []
    for _ in range(200):
        now += 5
        steps.append(tuple(taken.step for taken in watched.look(now, stays)))
    assert len(set(steps[40:])) == 1


@given(st.sets(st.sampled_from(ORDER)))
def test_any_steps_together_make_settings_that_can_be_used(steps):
    config = load().config
    ordered = [step for step in ORDER if step in steps]
    less = with_steps(config, ordered)
    for step in ordered[-1:]:  # what the last one says is so
        for text in config.governor.keys(step):
            key, _, value = text.partition("=")
            section, name = key.split(".")
            found = getattr(getattr(less, section), name)
            installed = name.startswith(("model", "voice"))
            assert installed or str(found) in (value, f"{value}.0")
    assert with_steps(config, []) == config


def test_a_step_changes_a_few_keys_and_later_ones_win():
    config = load().config
    assert with_steps(config, []) is config
    less = with_steps(config, ["battery", "battery_low", "battery_empty"])
    assert (less.memory.idle_unload, less.wake.doze_ms) == (3600, 500)
    assert less.route.open_questions == "refuse"
    assert (less.think.enough_words, less.think.max_tokens) == (5, 45)
    assert less.speak == config.speak


def test_a_model_that_is_not_installed_is_passed_over(monkeypatch, tmp_path):
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path))
    config = load().config
    less = with_steps(config, ["small_ears", "plain_voice"])
    assert less.stt == config.stt
    assert less.speak.voice_en == "espeak"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ('governor.hot=["think.context=512"]', "cannot change while it runs"),
        ('governor.hot=["stt.threads=many"]', "stt.threads"),
        ('governor.pin=["fast"]', "governor.pin"),
    ],
)
def test_a_profile_that_names_what_cannot_change_is_told_at_once(key, said):
    with pytest.raises(ConfigError, match="governor") as caught:
        load([key])
    assert said in str(caught.value)


def standing(*steps, language="en", value=12.0):
    from assistant.power.governor import Taken

    made = Standing(load([f"language={language}"]).config)
    made.take([Taken(step, 1.0, value) for step in steps])
    return made


def test_why_it_is_slow_in_words():
    made = standing("battery", "battery_low", "battery_empty")
    assert why(made.taken, "en") == "the battery is at only twelve percent"
    said = effects(made, "en")
    assert "I answer no open questions" in said and "shorter" not in said
    assert "batería" in why(made.taken, "es")
    assert no_answer(made, "en").startswith("I answer no open questions now: the battery")
    hot = standing("hot", "caches", value=91.0)
    assert why(hot.taken, "en") == "the processor is at ninety-one degrees and memory is short"


def test_only_what_takes_something_away_is_announced():
    made = standing("battery", "battery_low")
    assert announcement(made.taken, made) is None
    made = standing("battery", "battery_low", "battery_empty")
    word = announcement(made.taken[2:], made)
    assert word.reply.text.startswith(
        "By the way, the battery is at only twelve percent: for now I"
    )
    made = standing("no_model", language="es", value=900)
    assert announcement(made.taken, made).reply.text == (
        "Por cierto, queda poca memoria: por ahora no contesto preguntas abiertas."
    )


@pytest.mark.parametrize("machine", ["laptop", "desktop", "jetson", "pi"])
def test_a_machine_is_hot_at_85_degrees_at_the_latest(machine, tmp_path):
    root = unpack(machine, tmp_path)
    processor = next(h for h in thermal.temperatures(root) if h.part == "processor")
    warm, hot = ({"limit": processor.limit, "celsius": c} for c in (84, 85))
    assert Day().spend(2, **warm) == ()
    assert Day().spend(2, **hot) == ("hot",)


@pytest.mark.parametrize("profile", ["raspberry-pi-4", "raspberry-pi-5", "raspberry-pi-zero-2w"])
def test_a_raspberry_pi_is_hot_when_its_firmware_slows_it_down(profile, tmp_path):
    root = unpack(f"{profile}-power", tmp_path)
    zone = "sys/class/thermal/thermal_zone0"
    write(root, f"{zone}/type", "cpu-thermal")
    write(root, f"{zone}/temp", "80300")
    write(root, f"{zone}/trip_point_0_type", "critical")
    write(root, f"{zone}/trip_point_0_temp", "110000")
    processor = thermal.temperatures(root)[0]
    found = {"celsius": processor.celsius, "limit": processor.limit}
    assert found == {"celsius": 80.3, "limit": 110.0}
    assert Day(f'profile="{profile}"').spend(2, **found) == ("hot",)
    assert Day().spend(2, **found) == ()
    assert Day().spend(2, celsius=85.0, limit=110.0) == ("hot",)


def test_the_limit_is_the_critical_one_and_that_of_no_single_sensor(tmp_path):
    root = unpack("laptop", tmp_path)
    core, package = "sys/class/hwmon/hwmon4", "sys/class/thermal/thermal_zone1"
    write(root, f"{core}/temp1_max", "80000")  # where its fans are to be at their fastest
    limits = []
    for celsius in ("53000", "54000", "55000"):  # the other sensor is colder, as warm, hotter
        write(root, f"{package}/temp", celsius)
        processor = thermal.temperatures(root)[0]
        limits.append(processor.limit)
    assert limits == [100.0] * 3
    assert processor.celsius == 55.0


@pytest.mark.parametrize(
    ("steps", "unload", "tokens"),
    [
        (["battery"], 0, 30),
        (["battery", "battery_low", "battery_empty"], 0, 30),
        (["battery", "hot"], 0, 30),
        (["caches"], 60, 30),
    ],
)
def test_a_step_never_gives_more_than_the_user_does(steps, unload, tokens):
    users = load(["memory.idle_unload=0", "think.max_tokens=30"]).config
    less = with_steps(users, steps)
    assert (less.memory.idle_unload, less.think.max_tokens) == (unload, tokens)


def test_what_the_user_wants_sooner_or_later_than_a_step_stays():
    eager = load(["memory.idle_unload=20", "speak.cache_mb=0.5", "think.enough_words=3"]).config
    assert with_steps(eager, ["battery"]).memory.idle_unload == 3600
    low = with_steps(eager, ["battery", "battery_low", "caches"])
    assert (low.memory.idle_unload, low.speak.cache_mb, low.think.enough_words) == (20, 0.5, 3)
    patient = load(["memory.idle_unload=7200"]).config
    assert with_steps(patient, ["battery"]).memory.idle_unload == 7200
