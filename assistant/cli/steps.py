"""What `assistant power steps` shows: the conditions of the moment, and each step of the
governor."""

from __future__ import annotations

import time
from collections.abc import Iterator
from math import isfinite
from pathlib import Path

from assistant.power.conditions import Reader, limit_mb
from assistant.power.fitting import ladder
from assistant.power.governor import ORDER, Conditions
from assistant.settings import Config, Step

_WHEN: dict[Step, str] = {
    "battery": "on battery",
    "battery_low": "on battery, at {low_percent:g} % or less",
    "battery_empty": "on battery, at {empty_percent:g} % or less",
    "hot": "the processor is hot",
    "busy": "others use the processors",
    "caches": "memory gets short: first",
    "no_model": "then",
    "small_ears": "then",
    "plain_voice": "at last",
}
_LOOK = 1.1  # seconds, over which the load is measured


def shown(config: Config) -> Iterator[str]:
    root = Path(config.power.root)
    reader = Reader(root, limit_mb(config, root), config.memory.least_free_mb, time.monotonic)
    reader.read()
    time.sleep(_LOOK)
    yield from _conditions(reader.read())
    settings = config.governor
    planned = ladder(config, limit_mb(config, root))
    yield ""
    for step in ORDER:
        notes = ["pinned"] * (step in settings.pin) + ["forbidden"] * (step in settings.forbid)
        notes += ["planned: the budget asks for it"] * (step in planned.taken)
        when = _WHEN[step].format(
            low_percent=settings.low_percent, empty_percent=settings.empty_percent
        )
        mark = f"  ({', '.join(notes)})" if notes else ""
        yield f"{step:14} {when}{mark}"
        yield from (f"{'':14}   {text}" for text in settings.keys(step))
    if not settings.enabled:
        yield "The governor is off (governor.enabled)."


def _conditions(found: Conditions) -> Iterator[str]:
    power = {True: "battery", False: "mains", None: "no battery tells"}[found.on_battery]
    yield f"{'power':14} {power}" + (f", {found.charge:.0f} %" if found.charge is not None else "")
    heat = f"{found.celsius:.0f} °C" if found.celsius is not None else "no sensor tells"
    yield f"{'processor':14} {heat}" + (f", limit {found.limit:.0f} °C" if found.limit else "")
    if found.load is not None:
        yield f"{'others use':14} {100 * found.load:.0f} % of the processors"
    memory = found.memory
    assert memory is not None  # a reader always tells
    budget = f", of which we may take {memory.budget:.0f}" if memory.budget else ""
    free = f"{memory.free:.0f} MB free" if isfinite(memory.free) else "the kernel does not tell"
    yield f"{'memory':14} {free}{budget}"
