"""What Home Assistant's MQTT discovery tells, as devices of the home.

https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery: a retained message at
PREFIX/COMPONENT/[NODE/]OBJECT/config describes one entity, one at PREFIX/device/OBJECT/config a
device with all of its entities; an empty one takes it away.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from assistant.handlers.home import payloads
from assistant.handlers.home.abbreviations import written_out
from assistant.handlers.home.component_parts import Parts
from assistant.handlers.home.components import COMPONENTS
from assistant.handlers.home.entity import Availability, Entity, sayable

log = logging.getLogger(__name__)

Config = Mapping[str, Any]
_SAID_ALONE = frozenset({"light", "switch", "cover", "fan", "lock", "climate", "valve", "vacuum"})


class Discovery:
    """zigbee: the topic of a bridge that is read itself, and whose discovery would tell again of
    the same devices."""

    def __init__(self, prefix: str, zigbee: str = "") -> None:
        self.prefix = prefix
        self._zigbee = zigbee

    def subscriptions(self) -> list[str]:
        return [f"{self.prefix}/+/+/config", f"{self.prefix}/+/+/+/config"]

    def heard(self, topic: str, payload: str) -> list[Entity] | None:
        """The entities that a message describes, none when it takes them away or is malformed;
        None for a message that is none of discovery's."""
        parts = topic.removeprefix(f"{self.prefix}/").split("/")
        if not topic.startswith(f"{self.prefix}/") or len(parts) not in (3, 4):
            return None
        if parts[-1] != "config":
            return None
        if not payload.strip():
            return []
        config = payloads.parsed(payload)
        if not isinstance(config, dict):
            log.warning("a discovery message is malformed")
            return []
        try:
            return list(self._entities(parts[0], "/".join(parts[1:-1]), written_out(config)))
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
            log.warning("a discovery message is malformed: %s", type(error).__name__)
            return []

    def _entities(self, component: str, key: str, config: dict[str, Any]) -> Iterator[Entity]:
        if component != "device":
            yield from self._entity(component, key, config)
            return
        shared = {k: v for k, v in config.items() if k != "components"}
        for name, part in (config.get("components") or {}).items():
            if isinstance(part, dict) and len(part) > 1:  # with nothing but its platform: removed
                whole = {**shared, **written_out({"~": config.get("~"), **part})}
                yield from self._entity(str(whole.get("platform")), f"{key} {name}", whole)

    def _entity(self, component: str, key: str, config: dict[str, Any]) -> Iterator[Entity]:
        make = COMPONENTS.get(component)
        if make is None or self._is_told_by_the_bridge(config):
            return
        parts = make(config)
        if parts is None or not (parts.reads or parts.writes):
            return
        yield _described(component, key, config, parts)

    def _is_told_by_the_bridge(self, config: Config) -> bool:
        origin = config.get("origin")
        by = str(origin.get("name", "")) if isinstance(origin, dict) else ""
        topics = [str(value) for name, value in config.items() if name.endswith("_topic")]
        of_bridge = any(value.startswith(f"{self._zigbee}/") for value in topics)
        return bool(self._zigbee) and (by == "Zigbee2MQTT" or of_bridge)


def _described(component: str, key: str, config: Config, parts: Parts) -> Entity:
    """With what the message tells beside what it can do: names, its room, whether it is there."""
    told = config.get("device")
    device: Config = told if isinstance(told, dict) else {}
    of, own = str(device.get("name") or ""), config.get("name")
    own = "" if own is None else str(own)
    name = " ".join(filter(None, [of, own])) if of and not own.startswith(of) else own or of
    if not sayable(name) and sayable(own):
        name = own
    unique = str(config.get("unique_id") or "")
    alone = own if component in _SAID_ALONE and len(own.split()) > 1 and own != name else ""
    made = Entity(
        f"discovery {component} {key}",
        parts.kind,
        name or key,
        parts.klass,
        str(device.get("suggested_area") or ""),
        aliases=(alone,) if alone else (),
        ids=frozenset(filter(None, [unique, key, str(config.get("object_id") or "")])),
        device=of,
        unit=str(config.get("unit_of_measurement") or parts.unit),
        reads=parts.reading(),
        writes=parts.writes,
        tells=frozenset(parts.tells),
        availability=_availability(config),
    )
    return replace(made, name=made.name[:200])


def _availability(config: Config) -> Availability | None:
    """Of a topic, or of several; Home Assistant needs one of them unless told otherwise."""
    several = config.get("availability")
    listed = several if isinstance(several, list) else [
        {
            "topic": config.get("availability_topic"),
            "payload_available": config.get("payload_available"),
            "payload_not_available": config.get("payload_not_available"),
            "value_template": config.get("availability_template"),
        }
    ]  # fmt: skip
    topics = {}
    for entry in listed:
        where = payloads.topic(entry.get("topic"))
        value = payloads.extractor(entry.get("value_template"))
        if where is not None and value is not None:
            yes = str(entry.get("payload_available") or "online")
            no = str(entry.get("payload_not_available") or "offline")
            topics[where] = _answer(value, yes, no)
    every = config.get("availability_mode") == "all"
    return Availability(topics, every) if topics else None


def _answer(value: payloads.Extract, yes: str, no: str) -> Any:
    return lambda payload: {yes: True, no: False}.get(str(value(payload)))
