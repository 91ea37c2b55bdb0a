"""A device of the home, as we know it: what it is called, what it tells, what it takes.

Whatever a broker or a file says is put into these terms first (`zigbee`, `discovery`, `own_names`),
so that the functions need not know who told it. What is known of a device is a mapping:

    power "on" "off" | brightness, position, speed 0..100 percent | kelvin
    color (x, y) as it is told, (r, g, b) as it is set
    cover "open" "closed" "opening" "closing" | lock "locked" "unlocked" | target, current degrees
    vacuum "cleaning" "docked" ... | mower "mowing" ... | contact "open" "closed"
    person "home" "away" | detected "on" "off" | value: what a sensor tells, a number or a word
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "light", "switch", "fan", "cover", "valve", "climate", "lock", "sensor", "binary", "scene",
    "vacuum", "mower", "person", "media", "button",
]  # fmt: skip

State = Mapping[str, Any]

GROUP = "group"
"""The class of several devices under one name: they are counted each, when not called by it."""

MOST_WORDS = 8
"""Words of a name that anybody says."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to a broker."""

    topic: str
    payload: str


class LimitsError(ValueError):
    """A number that a device cannot have. low, high: between which those are that it can."""

    def __init__(self, low: float, high: float) -> None:
        super().__init__(f"not between {low:g} and {high:g}")
        self.low, self.high = low, high


Read = Callable[[str], State]
"""What a payload tells; nothing ({}), when it cannot be understood. It never raises."""
Write = Callable[[Any], Sequence[Message]]
"""What to send so that an attribute gets a value. Raises ValueError when it cannot have it."""


@dataclass(frozen=True, slots=True)
class Availability:
    """Topics that tell whether a device is there. every: all of them must say so, else one."""

    topics: Mapping[str, Callable[[str], bool | None]]
    every: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """klass: what it is for, in Home Assistant's words ("window", "temperature").
    ids: what a user's file may call it by. device: the name of the thing it is a part of.
    tells: the attributes that its messages hold; of any other one nobody will ever know.
    asks: what to send so that it tells how it is."""

    id: str
    kind: Kind
    name: str
    klass: str = ""
    room: str = ""
    aliases: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    device: str = ""
    unit: str = ""
    reads: Mapping[str, Read] = field(default_factory=dict)
    writes: Mapping[str, Write] = field(default_factory=dict)
    tells: frozenset[str] = frozenset()
    asks: tuple[Message, ...] = ()
    availability: Availability | None = None

    @property
    def connected(self) -> bool:
        """Whether anything is known of it but its name, from a user's file."""
        return bool(self.reads or self.writes)


_CAMEL = re.compile(r"(?<=[a-záéíóúñ])(?=[A-ZÁÉÍÓÚÑ])")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ADDRESS = re.compile(r"0x[0-9a-f]{8,}|[0-9a-f]{12,}", re.IGNORECASE)


def sayable(name: str) -> str:
    """A name as people say it: plain words, of whatever somebody typed into a device.
    Empty when nobody could say it: a hardware address, a whole paragraph, mere signs."""
    if _ADDRESS.search(name):
        return ""
    words = _WORDS.findall(_CAMEL.sub(" ", name.replace("’", "'")))
    if not any(char.isalpha() for word in words for char in word):
        return ""
    return " ".join(words) if len(words) <= MOST_WORDS and len(name) <= 80 else ""


def folded(name: str) -> str:
    """For comparing names: `sayable`, in lower case."""
    return sayable(name).lower()


def folded_text(text: str) -> str:
    """A sentence in which a folded name can be looked for."""
    return " ".join(_WORDS.findall(text.lower()))
