"""The faults of `scripts/faults`: of time, disk, settings, models, the program; and the list."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import _faults_engines as engines
import _faults_sound as sound
from _faults_room import Broken, Room, hold

FAKETIME = "libfaketimeMT.so.1"
LONG_SLEEP = 60.0, 90.0
"""Seconds of some suspends; of one in LONG_ONE_IN."""
LONG_ONE_IN = 16
UNLOADED = 2.5
"""Seconds until the recognizer's memory is given back, where it is told to keep it for 1 s."""
TAKEN_IN = 5.0
"""Seconds until edited settings hold, or are refused."""


@dataclass(frozen=True, slots=True)
class Fault:
    """settings: of the program, "key=value". ends: the program may end, and is started again.
    around: gives the program's environment. notices: events that tell of it."""

    name: str
    inject: Callable[[Room, random.Random], Broken]
    settings: tuple[str, ...] = ()
    ends: bool = False
    around: Callable[[Path], AbstractContextManager[dict[str, str]]] | None = None
    notices: frozenset[str] = frozenset()


# -- time -----------------------------------------------------------------------------------------


@contextlib.contextmanager
def faked_clock(folder: Path) -> Iterator[dict[str, str]]:
    """The wall clock of a process, which `_set_clock` sets; no other clock of it."""
    [library] = Path("/usr/lib").glob(f"*/faketime/{FAKETIME}")
    (folder / "clock").write_text("+0")
    yield {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }


def _clock(room: Room) -> int:
    """Seconds by which its clock is ahead of ours."""
    return int((room.folder / "clock").read_text())


def _set_clock(room: Room, seconds: int) -> float:
    (room.folder / "clock").write_text(f"{seconds:+d}")
    return time.monotonic()


def _alarm(room: Room, minutes: int) -> dt.datetime | None:
    """Set one, some minutes from now by its clock; None: it would not."""
    at = (_there(room) + dt.timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    told = room.ask("ask", text=f"set an alarm for {at:%H:%M}")
    return at if told.get("outcome") == "answered" else None


def _there(room: Room) -> dt.datetime:
    """What its clock shows."""
    return dt.datetime.now().astimezone() + dt.timedelta(seconds=_clock(room))


def _alarm_after(room: Room, at: dt.datetime | None, since: float) -> list[str]:
    """It rings at once where its time has passed, else it is kept; then it is cancelled."""
    if at is None:
        return ["the alarm was not set"]
    if at <= _there(room):
        return [] if room.wait_for({"timer"}, since, 5.0, "alarm") else [f"{at} did not ring"]
    kept = any(f"{at:%H:%M}" in str(wall) for (wall,) in room.rows("SELECT wall FROM due"))
    room.says(f"cancel the {at:%H:%M} alarm")
    return [] if kept else [f"the alarm of {at} is gone"]


def suspended(room: Room, chance: random.Random) -> Broken:
    """The machine sleeps: nothing of it runs, and its clock goes on. The sound server, in half of
    the cases, sleeps a little less, as drivers do. An alarm comes due meanwhile, or not."""
    asleep = chance.randint(10, 4 * 3600)
    wanted = chance.random() < 0.5
    alarm = _alarm(room, chance.choice([2, asleep // 60 + 30])) if wanted else None
    began = time.monotonic()
    with room.stopped(room.pid):
        with room.sound.frozen() if chance.random() < 0.5 else contextlib.nullcontext():
            if chance.randrange(LONG_ONE_IN) == 0:
                time.sleep(chance.uniform(*LONG_SLEEP))
            else:
                hold(chance, 5.0)
        _set_clock(room, asleep)
    woke = time.monotonic()
    return Broken(began, woke, wrong=_alarm_after(room, alarm, woke) if wanted else [])


def clock(room: Room, chance: random.Random) -> Broken:
    """Somebody sets the clock, by up to three hours to both sides: an alarm whose time has passed
    by that rings, and every other one is kept."""
    wanted = chance.random() < 0.5
    alarm = _alarm(room, 20) if wanted else None
    began = _set_clock(room, chance.randint(-10_800, 10_800))
    return Broken(began, began, wrong=_alarm_after(room, alarm, began) if wanted else [])


# -- the disk -------------------------------------------------------------------------------------


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[dict[str, str]]:
    """A home of 48 MB; only root may mount one."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", home], check=True)
    try:
        yield {}
    finally:
        subprocess.run(["umount", "-l", home], check=True)


def full(room: Room, chance: random.Random) -> Broken:
    """The disk is full. What the user sets meanwhile is stored, or he is told that it is not."""
    name, began = f"n{chance.randrange(10**6)}", time.monotonic()
    filler = room.home / "filler"
    with contextlib.suppress(OSError), filler.open("wb") as file:
        while True:
            file.write(bytes(4096))
            file.flush()
    said = room.ask("ask", text=f"add {name} to my shopping list")
    timer = room.ask("ask", text="set a timer for three hours")
    heard, _ = room.answered_after(time.monotonic())
    filler.unlink()
    ended = time.monotonic()
    wrong = [] if heard is not None and heard < 5 else [f"while it was full: {heard}"]
    there = any(name in str(row) for row in room.rows("SELECT * FROM entry"))
    told = said.get("outcome") == "answered"
    wrong += [f"the list: told {told}, stored {there}"] if told != there else []
    there = bool(room.rows("SELECT * FROM due WHERE length = 10800"))
    told = timer.get("outcome") == "answered"
    wrong += [f"the timer: told {told}, stored {there}"] if told != there else []
    room.says("cancel the three hour timer")
    return Broken(began, ended, wrong=wrong)


# -- settings and models --------------------------------------------------------------------------

BAD = ["[audio\n", "[audio]\ngain = 7\n", "[nothing]\nx = 1\n", "\0\xff", "language = 'tlh'\n"]


def settings(room: Room, chance: random.Random) -> Broken:
    """Its settings are edited: badly, which is refused, and undone; or well, with the same engines
    or with others. Nobody says reload."""
    path = room.home / "config" / "config.toml"
    before = path.read_text("utf-8")
    good = [
        f"[endpoint]\ntrailing_silence = {round(chance.uniform(0.5, 0.9), 3)}\n",
        f"[speak]\npace = {round(chance.uniform(0.9, 1.2), 2)}\n",
    ]
    well = chance.random() < 0.5
    began = time.monotonic()
    path.write_text(chance.choice(good if well else BAD), "utf-8")
    told = room.wait_for({"reloaded" if well else "degraded"}, began, TAKEN_IN)
    late = "" if told else f"{path.read_text()!r} was not " + ("taken in" if well else "refused")
    if not well:
        path.write_text(before, "utf-8")
    return Broken(began, began, wrong=[late] if late else [])


@contextlib.contextmanager
def own_models(folder: Path) -> Iterator[dict[str, str]]:
    """A copy of the recognizer's model, to be damaged; the others are linked."""
    from assistant import paths

    real = Path(os.environ.get("ASSISTANT_MODELS") or paths.data_dir() / "models")
    made = folder / "models"
    made.mkdir()
    for entry in real.iterdir():
        if entry.name == "whisper-tiny.en":
            shutil.copytree(entry, made / entry.name)
        else:
            (made / entry.name).symlink_to(entry)
    yield {"ASSISTANT_MODELS": str(made)}


def model(room: Room, chance: random.Random) -> Broken:
    """A model's file is cut off under it, replaced by another, or gone; then it is mended. What is
    said meanwhile is answered, or apologised for."""
    [path] = (room.folder / "models" / "whisper-tiny.en").glob("*/model.bin")
    kept, began = path.with_suffix(".kept"), time.monotonic()
    path.rename(kept)
    match chance.randrange(3):
        case 0:
            path.write_bytes(kept.read_bytes()[: chance.randrange(1, 70_000_000)])
        case 1:
            path.write_bytes(random.Random(chance.random()).randbytes(1_000_000))
    if room.speaking_since is not None:
        room.what_became_of_it()
    time.sleep(UNLOADED)
    room.speak(room.into)
    outcome, _ = room.what_became_of_it()
    kept.replace(path)
    # "answered" where it was loaded still
    wrong = [] if outcome in {"answered", "failed", "missed"} else [f"meanwhile: {outcome!r}"]
    return Broken(began, time.monotonic(), wrong=wrong, note=outcome)


# -- the program ----------------------------------------------------------------------------------


def killed(room: Room, chance: random.Random) -> Broken:
    """The whole program is killed; its service manager starts it again."""
    began = time.monotonic()
    os.kill(room.pid, signal.SIGKILL)
    return Broken(began, began)


APART = ('engines.apart=["hear","speak"]',)
GONE, OTHER = frozenset({"degraded"}), frozenset({"ready", "degraded"})
FAULTS = [
    Fault("microphone unplugged and plugged in", sound.microphone, notices=GONE),
    Fault("another default microphone and speaker", sound.default, notices=OTHER),
    Fault("headset comes and goes", sound.headset, notices=OTHER),
    Fault("sound server killed and restarted", sound.server, notices=GONE),
    Fault("sound server frozen", sound.frozen, notices=GONE),
    Fault("suspended and resumed", suspended, around=faked_clock),
    Fault("clock set", clock, around=faked_clock),
    Fault("disk full", full, around=small_disk),
    Fault("settings edited", settings, notices=frozenset({"reloaded", "degraded"})),
    Fault("model file damaged", model, ("memory.idle_unload=1",), around=own_models),
    Fault("engine crashes apart", engines.crashes_apart, APART),
    Fault("engine hangs apart", engines.hangs_apart, APART),
    Fault("engine slow", engines.slow, APART),
    Fault("engine hangs within", engines.hangs_within, ends=True, around=engines.can_hang),
    Fault(
        "engine hangs with the interpreter's lock",
        engines.hangs_locked,
        ends=True,
        around=engines.can_hang,
    ),
    Fault(
        "engine hangs with a lock of ours",
        engines.hangs_with_ours,
        ends=True,
        around=engines.can_hang,
    ),
    Fault(
        "engine hangs while it loads",
        engines.hangs_loading,
        ("memory.idle_unload=1",),
        ends=True,
        around=engines.can_hang,
    ),
    Fault("engine crashes within", engines.crashes_within, ends=True),
    Fault("killed", killed, ends=True),
]
