"""The faults of `scripts/faults`. Each breaks something, waits a random while, and mends it."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from _faults_room import Room

FAKETIME = "libfaketimeMT.so.1"
HOLD = (0.3, 4.0)  # seconds that a fault lasts


@dataclass(frozen=True, slots=True)
class Broken:
    """since: monotonic seconds at which the cause was gone. into: what is spoken into afterwards.
    wrong: what went wrong, besides the answer that is waited for."""

    since: float
    into: str = "micfeed"
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    name: str
    inject: Callable[[Room, random.Random], Broken]
    settings: tuple[str, ...] = ()
    restarts: bool = False
    around: Callable[[Path], AbstractContextManager[dict[str, str]]] | None = None
    rings: bool = True  # a timer may come due meanwhile


def _hold(chance: random.Random, most: float = HOLD[1]) -> None:
    time.sleep(chance.uniform(HOLD[0], most))


# -- sound ----------------------------------------------------------------------------------------


def microphone(room: Room, chance: random.Random) -> Broken:
    """Unplugged, and plugged in again."""
    modules = room.sound.control("list", "short", "modules").splitlines()
    [mic] = [line.split("\t") for line in modules if "source_name=microphone " in line]
    room.sound.control("unload-module", mic[0])
    _hold(chance)
    room.sound.control("load-module", "module-remap-source", *mic[2].split())
    room.sound.control("set-default-source", "microphone")
    return Broken(time.monotonic())


def _another(room: Room, name: str) -> list[str]:
    """Plug in another microphone and speaker; their modules."""
    load = room.sound.control
    return [
        load("load-module", "module-null-sink", f"sink_name={name}", "norewinds=1"),
        load("load-module", "module-null-sink", f"sink_name={name}feed", "norewinds=1"),
        load(
            "load-module",
            "module-remap-source",
            f"source_name={name}mic",
            f"master={name}feed.monitor",
        ),
    ]


def default(room: Room, chance: random.Random) -> Broken:
    """The user chooses another microphone and speaker: the old ones stay."""
    room.into = "otherfeed" if room.into == "micfeed" else "micfeed"
    if "othermic" not in room.sound.control("list", "short", "sources"):
        _another(room, "other")
    other = room.into == "otherfeed"
    room.sound.control("set-default-source", "othermic" if other else "microphone")
    room.sound.control("set-default-sink", "other" if other else "speaker")
    return Broken(time.monotonic(), room.into)


def headset(room: Room, chance: random.Random) -> Broken:
    """A Bluetooth headset comes, becomes the default, is spoken into, and goes."""
    modules = _another(room, "headset")
    room.sound.control("set-default-source", "headsetmic")
    room.sound.control("set-default-sink", "headset")
    came = time.monotonic()
    heard, _ = room.answered_after(came, "headsetfeed")
    wrong = "" if heard is not None and heard < 5 else f"into the headset: {heard}"
    for module in reversed(modules):
        room.sound.control("unload-module", module)
    room.sound.control("set-default-source", "microphone")
    room.sound.control("set-default-sink", "speaker")
    return Broken(time.monotonic(), wrong=wrong)


def server(room: Room, chance: random.Random) -> Broken:
    """The sound server crashes, and is started again."""
    room.sound.kill()
    _hold(chance)
    room.sound.start()
    return Broken(time.monotonic())


def frozen(room: Room, chance: random.Random) -> Broken:
    """The sound server answers nobody for a while."""
    with room.sound.frozen():
        _hold(chance, 8.0)
    return Broken(time.monotonic())


# -- time -----------------------------------------------------------------------------------------


def suspended(room: Room, chance: random.Random) -> Broken:
    """Nothing of it runs for a while."""
    with room.stopped(room.pid):
        _hold(chance, 8.0)
    return Broken(time.monotonic())


@contextlib.contextmanager
def faked_clock(folder: Path) -> Iterator[dict[str, str]]:
    """The wall clock of a process, which `clock` sets; no other clock of it."""
    [library] = Path("/usr/lib").glob(f"*/faketime/{FAKETIME}")
    (folder / "clock").write_text("+0")
    yield {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }


def clock(room: Room, chance: random.Random) -> Broken:
    """Somebody sets the clock, by up to three hours to both sides."""
    (room.folder / "clock").write_text(f"{chance.randint(-10_800, 10_800):+d}")
    return Broken(time.monotonic())


# -- the disk -------------------------------------------------------------------------------------


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[dict[str, str]]:
    """A home of 48 MB; only root may mount one."""
    home = folder / "home"
    home.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", home], check=True)
    try:
        yield {}
    finally:
        subprocess.run(["umount", "-l", home], check=True)


def full(room: Room, chance: random.Random) -> Broken:
    """The disk is full. What the user sets meanwhile is stored, or he is told that it is not."""
    name = f"n{chance.randrange(10**6)}"
    filler = room.home / "filler"
    with contextlib.suppress(OSError), filler.open("wb") as file:
        while True:
            file.write(bytes(4096))
            file.flush()
    said = room.ask("ask", text=f"add {name} to my shopping list")
    timer = room.ask("ask", text="set a timer for three hours")
    _hold(chance, 2.0)
    heard, _ = room.answered_after(time.monotonic())
    filler.unlink()
    wrong = [] if heard is not None else ["no answer while it was full"]
    there = any(name in str(row) for row in room.rows("SELECT * FROM entry"))
    told = said.get("outcome") == "answered"
    wrong += [f"the list: told {told}, stored {there}"] if told != there else []
    there = bool(room.rows("SELECT * FROM due WHERE length = 10800"))
    told = timer.get("outcome") == "answered"
    wrong += [f"the timer: told {told}, stored {there}"] if told != there else []
    room.says("cancel the three hour timer")
    return Broken(time.monotonic(), wrong="; ".join(wrong))


# -- settings and models --------------------------------------------------------------------------


def settings(room: Room, chance: random.Random) -> Broken:
    """Its settings are edited: badly, which is refused, or well."""
    path = room.home / "config" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    good = chance.random() < 0.5
    bad = ["[audio\n", "[audio]\ngain = 7\n", "[nothing]\nx = 1\n", "\0\xff"]
    seconds = round(chance.uniform(0.5, 0.9), 3)
    text = f"[endpoint]\ntrailing_silence = {seconds}\n" if good else chance.choice(bad)
    path.write_text(text, "utf-8")
    done = room.ask("reload")
    wrong = "" if bool(done.get("ok")) == good else f"reload of {text!r}: {done}"
    if not good:
        path.unlink()
    return Broken(time.monotonic(), wrong=wrong)


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
    """A model's file is cut off under it, or replaced by another; then it is mended."""
    [path] = (room.folder / "models" / "whisper-tiny.en").glob("*/model.bin")
    kept = path.with_suffix(".kept")
    path.rename(kept)
    if chance.random() < 0.5:
        path.write_bytes(kept.read_bytes()[: chance.randrange(1, 70_000_000)])
    else:
        path.write_bytes(random.Random(chance.random()).randbytes(1_000_000))
    _hold(chance)
    with tempfile.TemporaryDirectory():  # a command meanwhile: answered, or apologised for
        room.speak(room.into)
        time.sleep(4)
    kept.replace(path)
    return Broken(time.monotonic())


# -- engines --------------------------------------------------------------------------------------


def _engine(room: Room, chance: random.Random) -> int | None:
    for stage in chance.sample(["hear", "speak"], 2):
        if (process := room.engine(stage)) is not None:
            return process
    return None


def crashes(room: Room, chance: random.Random) -> Broken:
    """An engine in a process of its own crashes as native code does."""
    if (process := _engine(room, chance)) is not None:
        os.kill(process, chance.choice([signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL]))
    return Broken(time.monotonic())


def hangs(room: Room, chance: random.Random) -> Broken:
    """The same hangs for ever."""
    if (process := _engine(room, chance)) is not None:
        os.kill(process, signal.SIGSTOP)
    return Broken(time.monotonic())


def slow(room: Room, chance: random.Random) -> Broken:
    """An engine computes at a quarter of its speed for a while: it is waited for."""
    process = _engine(room, chance)
    until = time.monotonic() + chance.uniform(1.0, 5.0)
    room.speak(room.into)
    while process is not None and time.monotonic() < until:
        with room.stopped(process):
            time.sleep(0.15)
        time.sleep(0.05)
    alive = process is None or Path(f"/proc/{process}").exists()
    return Broken(time.monotonic(), wrong="" if alive else "it was given up")


def killed(room: Room, chance: random.Random) -> Broken:
    """The whole assistant crashes; its service manager starts it again at once."""
    os.kill(room.pid, signal.SIGKILL)
    return Broken(time.monotonic())


APART = ('engines.apart=["hear","speak"]',)
FAULTS = [
    Fault("microphone unplugged and plugged in", microphone),
    Fault("another default microphone and speaker", default),
    Fault("a headset comes and goes", headset),
    Fault("sound server killed and restarted", server),
    Fault("sound server frozen", frozen),
    Fault("stopped and continued", suspended),
    Fault("clock set", clock, around=faked_clock),
    Fault("disk full", full, around=small_disk),
    Fault("settings edited, badly or well", settings),
    Fault("model file cut off or replaced", model, ("memory.idle_unload=1",), around=own_models),
    Fault("engine crashes", crashes, APART),
    Fault("engine hangs", hangs, APART),
    Fault("engine slow", slow, APART),
    Fault("the assistant itself killed", killed, restarts=True),
]
