"""What a component of Home Assistant's discovery reads from messages, and what it sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.handlers.home.entity import Kind, Message, Read, Write
from assistant.handlers.home.payloads import Extract, command, extractor, number, topic

Config = Mapping[str, Any]
_Reading = tuple[str, Callable[[str], Any]]


class Parts:
    """Collected from a configuration, whose keys say where things are. What it says badly is left
    out: a topic that is a pattern, a template that is a program."""

    def __init__(self, kind: Kind, config: Config, klass: str = "", unit: str = "") -> None:
        self.kind: Kind = kind
        self.klass = klass
        self.unit = unit
        self.reads: dict[str, list[_Reading]] = {}
        self.writes: dict[str, Write] = {}
        self.tells: set[str] = set()
        self._config = config

    def reading(self) -> dict[str, Read]:
        return {where: _together(readings) for where, readings in self.reads.items()}

    def add(self, where: str, attribute: str, read: Callable[[str], Any]) -> None:
        self.reads.setdefault(where, []).append((attribute, read))
        self.tells.add(attribute)

    def reads_as(
        self, attribute: str, key: str, template: str, convert: Callable[[Any], Any]
    ) -> None:
        """An attribute from the topic that `key` names, through the template that is named."""
        where = topic(self._config.get(key))
        extract = extractor(self._config.get(template) if template else None)
        if where is not None and extract is not None:
            self.add(where, attribute, _converted(extract, convert))

    def writes_as(
        self, attribute: str, key: str, template: str, convert: Callable[[Any], Any]
    ) -> None:
        where = topic(self._config.get(key))
        make = command(self._config.get(template) if template else None)
        if where is not None and make is not None:
            self.writes[attribute] = lambda value: [Message(where, make(convert(value)))]

    def writes_one(self, attribute: str, value: Any, key: str, payload: str) -> None:
        """One value of an attribute, which has a topic of its own."""
        where, before = topic(self._config.get(key)), self.writes.get(attribute)
        if where is None:
            return

        def write(wanted: Any) -> Any:
            if wanted == value:
                return [Message(where, payload)]
            if before is None:
                raise ValueError(f"it cannot be {wanted}")
            return before(wanted)

        self.writes[attribute] = write

    def switched(self, value: str = "value_template") -> None:
        """On and off, as a switch is."""
        on, off = (self._config.get(f"payload_{w.lower()}", w) for w in ("ON", "OFF"))
        words = {
            str(self._config.get("state_on", on)): "on",
            str(self._config.get("state_off", off)): "off",
        }
        self.reads_as("power", "state_topic", value, lambda told: words.get(str(told)))
        self.writes_as(
            "power", "command_topic", "command_template", lambda to: on if to == "on" else off
        )


def percent(value: float, of: float) -> int:
    return round(min(max(value / of * 100, 0), 100))


def scaled(value: Any, top: float) -> int | None:
    exact = number(value)
    return None if exact is None else percent(exact, top)


def _converted(extract: Extract, convert: Callable[[Any], Any]) -> Callable[[str], Any]:
    def read(payload: str) -> Any:
        value = extract(payload)
        return None if value is None else convert(value)

    return read


def _together(readings: list[_Reading]) -> Read:
    def read(payload: str) -> Mapping[str, Any]:
        found = ((attribute, one(payload)) for attribute, one in readings)
        return {attribute: value for attribute, value in found if value is not None}

    return read
