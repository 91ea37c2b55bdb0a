"""Faults of the sound: devices that come and go, a server that ends or answers nobody."""

from __future__ import annotations

import random
import time

from _faults_room import Broken, Room, hold

from tests.sound import plugged_out

UNSEEN = 1.0
"""Seconds: a device that is gone for less need not be noticed,"""
FROZEN = 3.0
"""nor a server that answers nobody for less, which is found out by the silence alone."""


def microphone(room: Room, chance: random.Random) -> Broken:
    """Unplugged, and plugged in again."""
    began = time.monotonic()
    with plugged_out(room.sound, "microphone"):
        held = hold(chance)
    return Broken(began, time.monotonic(), notice=held > UNSEEN)


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


def _choose(room: Room, source: str, sink: str) -> float:
    room.sound.control("set-default-source", source)
    room.sound.control("set-default-sink", sink)
    return time.monotonic()


def default(room: Room, chance: random.Random) -> Broken:
    """The user chooses another microphone and speaker: the old ones stay."""
    room.into = "otherfeed" if room.into == "micfeed" else "micfeed"
    if "othermic" not in room.sound.control("list", "short", "sources"):
        _another(room, "other")
    began = time.monotonic()
    other = room.into == "otherfeed"
    chosen = _choose(room, *(("othermic", "other") if other else ("microphone", "speaker")))
    return Broken(began, chosen, room.into)


def headset(room: Room, chance: random.Random) -> Broken:
    """A Bluetooth headset comes, becomes the default, is spoken into, and goes while it plays."""
    began = time.monotonic()
    modules = _another(room, "headset")
    came = _choose(room, "headsetmic", "headset")
    heard, _ = room.answered_after(came, "headsetfeed")
    wrong = [] if heard is not None and heard < 5 else [f"into the headset: {heard}"]
    for module in reversed(modules):
        room.sound.control("unload-module", module)
    gone = _choose(room, "microphone", "speaker")
    return Broken(began, gone, wrong=wrong)


def server(room: Room, chance: random.Random) -> Broken:
    """The sound server crashes, and is started again."""
    began = time.monotonic()
    room.sound.kill()
    hold(chance)
    room.sound.start()
    return Broken(began, time.monotonic())


def frozen(room: Room, chance: random.Random) -> Broken:
    """The sound server answers nobody for a while."""
    began = time.monotonic()
    with room.sound.frozen():
        held = hold(chance, 8.0)
    return Broken(began, time.monotonic(), notice=held > FROZEN)
