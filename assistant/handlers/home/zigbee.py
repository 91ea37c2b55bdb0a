"""What Zigbee2MQTT tells of its devices, groups and scenes, as devices of the home.

https://www.zigbee2mqtt.io/guide/usage/exposes.html: a device lists what it has ("exposes"), each
with the property of its messages that holds it, the values it takes, and whether it can be set.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.handlers.home.entity import GROUP, Availability, Entity, Message
from assistant.handlers.home.payloads import mapping, parsed, topic
from assistant.handlers.home.zigbee_features import Feature, exposed, in_terms

log = logging.getLogger(__name__)

MOST_DEVICES = 2000


@dataclass(frozen=True, slots=True)
class _Thing:
    """A device or a group: whatever has a topic of its own. address: of a device."""

    base: str
    name: str
    address: str = ""

    @property
    def topic(self) -> str:
        return f"{self.base}/{self.name}"

    def message(self, **content: Any) -> Message:
        return Message(f"{self.topic}/set", json.dumps(content))

    def availability(self) -> Availability:
        told = {f"{self.base}/bridge/state": _online, f"{self.topic}/availability": _online}
        return Availability(told, every=True)

    def room(self) -> str:
        """In "kitchen/ceiling lamp" the first part is a room, as many people name their devices."""
        return self.name.partition("/")[0] if "/" in self.name else ""


class Zigbee:
    """Keeps the lists that the bridge has told, since groups are told apart from their members."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._lists: dict[str, Sequence[Any]] = {}

    def subscriptions(self) -> list[str]:
        return [f"{self.base}/bridge/devices", f"{self.base}/bridge/groups"]

    def heard(self, topic: str, payload: str) -> list[Entity] | None:
        """All entities, when a list has come; None for any other message. A list that is none
        changes nothing."""
        if topic not in self.subscriptions():
            return None
        told = parsed(payload)
        if not isinstance(told, list):
            log.warning("a list of Zigbee devices is malformed")
        else:
            self._lists[topic.rpartition("/")[2]] = told[:MOST_DEVICES]
        return [*self._devices(), *self._groups()]

    def _devices(self) -> Iterator[Entity]:
        for device in self._lists.get("devices", ()):
            try:
                yield from self._device(device)
            except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
                log.warning("a Zigbee device is malformed: %s", type(error).__name__)

    def _device(self, device: Any) -> Iterator[Entity]:
        """Raises what a malformed device makes of it."""
        thing = _Thing(self.base, str(device["friendly_name"]), str(device["ieee_address"]))
        if device.get("type") == "Coordinator" or device.get("disabled") or not topic(thing.topic):
            return
        definition = device.get("definition") or {}
        features = list(exposed(definition.get("exposes") or []))
        about = f"{definition.get('description') or ''} {thing.name}"
        for feature in features:
            yield _entity(thing, feature, about)
        for endpoint in (device.get("endpoints") or {}).values():
            yield from _scenes(thing, endpoint.get("scenes"))

    def _groups(self) -> Iterator[Entity]:
        members = {
            str(d.get("ieee_address")): d for d in self._lists.get("devices", ()) if _is_map(d)
        }
        for group in self._lists.get("groups", ()):
            try:
                yield from self._group(group, members)
            except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
                log.warning("a Zigbee group is malformed: %s", type(error).__name__)

    def _group(self, group: Any, devices: Mapping[str, Any]) -> Iterator[Entity]:
        """A group can do what the most able of its members can."""
        thing = _Thing(self.base, str(group["friendly_name"]), f"group {group['id']}")
        if not topic(thing.topic):
            return
        able: list[Feature] = []
        for member in group.get("members") or ():
            definition = devices.get(str(member.get("ieee_address")), {}).get("definition") or {}
            able += exposed(definition.get("exposes") or [])
        switched = [f for f in able if f.kind in ("light", "switch", "cover", "fan")]
        if switched:
            best = max(switched, key=lambda f: len(f.parts))
            yield replace(_entity(thing, best, thing.name), klass=GROUP, asks=())
        yield from _scenes(thing, group.get("scenes"))


def _entity(thing: _Thing, feature: Feature, about: str) -> Entity:
    terms = in_terms(feature, about)
    part = terms.part if not feature.endpoint else f"{terms.part} {feature.endpoint}".strip()
    spoken = thing.name.replace("/", " ")
    asked = dict.fromkeys(feature.askable(), "")
    return Entity(
        f"zigbee {thing.address} {feature.key}",
        terms.kind,
        f"{spoken} {part}".strip(),
        terms.klass,
        thing.room(),
        ids=frozenset({thing.address, thing.name, thing.topic}),
        device=spoken,
        unit=terms.unit,
        reads={thing.topic: _reader(terms.read)},
        writes={
            name: _writer(thing, write) for name, write in terms.writes.items()
        },
        tells=terms.tells,
        asks=(Message(f"{thing.topic}/get", json.dumps(asked)),) if asked else (),
        availability=thing.availability(),
    )  # fmt: skip


def _reader(read: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Callable[[str], Any]:
    return lambda payload: read(mapping(payload))


def _writer(
    thing: _Thing, write: Callable[[Any], Mapping[str, Any]]
) -> Callable[[Any], list[Message]]:
    return lambda value: [thing.message(**write(value))]


def _scenes(thing: _Thing, scenes: Any) -> Iterator[Entity]:
    for scene in scenes or ():
        number, name = int(scene["id"]), str(scene.get("name") or "")
        if not name:
            continue

        def recall(_: Any, number: int = number) -> list[Message]:
            return [thing.message(scene_recall=number)]

        yield Entity(
            f"zigbee {thing.address} scene {number}",
            "scene",
            name,
            room=thing.room(),
            ids=frozenset({f"{thing.topic} scene {number}"}),
            writes={"trigger": recall},
            availability=thing.availability(),
        )


def _online(payload: str) -> bool | None:
    """ "online", or {"state": "online"} of newer versions."""
    state = mapping(payload).get("state", payload)
    return {"online": True, "offline": False}.get(str(state).strip('"'))


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)
