"""Labels of Home Assistant's intents, and what they are here (`home_intents.toml`)."""

from __future__ import annotations

import datetime as dt
import functools
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import tomli_w

from assistant.errors import ConfigError
from assistant.types import Intent

FILES = "home_intents*.jsonl"

_LOCKS = {"open": "unlocked", "closed": "locked"}
_TIMES = (("hours", 3600), ("minutes", 60), ("seconds", 1))


class Label(msgspec.Struct, frozen=True):
    text: str
    lang: str
    intent: str
    slots: dict[str, Any] = {}
    response: str | None = None


class _Function(msgspec.Struct, frozen=True):
    name: str
    intent: str
    slots: dict[str, str] = {}
    assumes: dict[str, Any] = {}
    when: dict[str, list[str]] = {}
    on_floors: str = ""

    def means(self, route: Intent) -> bool:
        return self.name == route.function and all(
            str(route.slots.get(slot, "")).casefold() in values
            for slot, values in self.when.items()
        )


class _Entity(msgspec.Struct, frozen=True):
    kind: str
    intents: list[str] = []
    named: list[str] = []
    said: list[str] = []
    states: list[str] = []

    def fits(self, name: str, labels: Sequence[Label]) -> bool:
        return (
            any(label.intent in self.intents for label in labels)
            or any(label.slots.get("state") in self.states for label in labels)
            or any(_holds(name, word) for word in self.named)
            or any(_holds(label.text, word) for label in labels for word in self.said)
        )


class Mapped(msgspec.Struct, frozen=True):
    """The file, read."""

    function: list[_Function]
    kinds: dict[str, dict[str, str]]
    states: dict[str, list[str]]
    missing: dict[str, str]
    missing_slots: dict[str, str]
    entity: list[_Entity]

    def same_state(self, ours: Any, wanted: Any) -> bool:
        return ours == wanted or wanted in self.states.get(str(ours), ())

    def why_missing(self, label: Label) -> str:
        if label.intent in self.missing:
            return self.missing[label.intent]
        keys = (f"{label.intent} {slot}" for slot in label.slots)
        return next((self.missing_slots[key] for key in keys if key in self.missing_slots), "")

    def translated(self, route: Intent, floors: set[str]) -> tuple[str, dict[str, Any]]:
        """Home Assistant's intent and slots for what our router understood."""
        known = next((f for f in self.function if f.means(route)), None)
        if known is None:
            return route.function, {}
        slots = dict(route.slots)
        found = {} if {"name", "kind"} & set(slots) else dict(known.assumes)
        kind = slots.pop("kind", None)
        found |= self.kinds.get(str(kind), {})
        if (place := slots.pop("place", None)) is not None:
            found["floor" if str(place).casefold() in floors else "area"] = place
        for name, value in slots.items():
            if isinstance(value, dt.timedelta):
                found |= _duration(value, known.slots.get(name, ""))
            else:
                found[known.slots.get(name, name)] = value
        if kind == "lock" and found.get("state") in _LOCKS:
            found["state"] = _LOCKS[found["state"]]
        if route.function.startswith("timers.") and "name" in found:
            found["area"] = found["name"]
        if route.function in ("volume.up", "volume.down"):
            sign = 1 if route.function == "volume.up" else -1
            step = found.get("volume_step")
            found["volume_step"] = route.function[7:] if step is None else sign * step
        on_floor = known.on_floors if "floor" in found else ""
        return on_floor or known.intent, found


def _duration(value: dt.timedelta, prefix: str) -> dict[str, int]:
    """In hours, minutes and seconds, none of them zero."""
    left, found = round(value.total_seconds()), {}
    for unit, seconds in _TIMES:
        n, left = divmod(left, seconds)
        if n:
            found[f"{prefix}_{unit}" if prefix else unit] = n
    return found


@functools.cache
def dictionary() -> Mapped:
    text = resources.files("assistant.bench").joinpath("home_intents.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Mapped)


def find(root: Path) -> list[Label]:
    """Raises ConfigError for a line that is no label."""
    labels = []
    for path in sorted(root.rglob(FILES)):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                labels.append(msgspec.json.decode(line, type=Label))
            except (msgspec.DecodeError, msgspec.ValidationError) as error:
                raise ConfigError(f"{path}, line {number} is not a label: {error}.") from error
    return labels


def home_file(labels: Iterable[Label], table: Mapped) -> str:
    """The home that labels speak of, in the format of a user's `home.toml`."""
    by_name: dict[str, list[Label]] = {}
    areas: dict[str, None] = {}
    floors: dict[str, None] = {}
    for label in labels:
        for slot, names in (("area", areas), ("floor", floors)):
            if slot in label.slots:
                names[str(label.slots[slot])] = None
        if "name" in label.slots and not table.why_missing(label):
            by_name.setdefault(str(label.slots["name"]), []).append(label)
    devices: list[Mapping[str, Any]] = [
        {"name": name, "kind": kind}
        for name, mine in by_name.items()
        if (kind := next((e.kind for e in table.entity if e.fits(name, mine)), None))
    ]
    made = {
        "room": [{"name": name} for name in areas],
        "floor": [{"name": name} for name in floors],
        "device": devices,
    }
    return tomli_w.dumps(made)


def _holds(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None
