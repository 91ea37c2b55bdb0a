"""All that is known of the home, and of how it is at the moment. Shared by two threads: what the
broker tells comes in one, and the functions ask and wait in another."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from assistant.handlers.home.entity import Entity, Message, Read, State, folded
from assistant.handlers.home.own_names import NO_NAMES, OwnNames

MOST_ENTITIES = 5_000
"""Of all who tell: whoever may write to the broker could name new ones for ever."""

log = logging.getLogger(__name__)


class House:
    """Devices, by who told of them; the user's own names; what each device last told."""

    def __init__(self, own: OwnNames = NO_NAMES) -> None:
        self._own = own
        self._told: dict[str, tuple[Entity, ...]] = {}
        self._entities: dict[str, Entity] = {}
        self._states: dict[str, dict[str, Any]] = {}
        self._available: dict[tuple[str, str], bool] = {}
        self._by_topic: dict[str, list[Entity]] = {}
        self._heard: dict[str, int] = {}
        self._messages = 0
        self._changed = threading.Condition()
        self._rebuild()

    @property
    def entities(self) -> Sequence[Entity]:
        with self._changed:
            return tuple(self._entities.values())

    @property
    def rooms(self) -> list[str]:
        """Names of the rooms, the user's and those that devices are in."""
        named = [*self._own.rooms, *(e.room for e in self.entities if e.room)]
        return list({folded(name): name for name in reversed(named)}.values())[::-1]

    @property
    def floors(self) -> list[str]:
        of_rooms = (r.floor for r in self._own.rooms.values() if r.floor)
        return list({folded(f): f for f in (*self._own.floor_aliases, *of_rooms)}.values())

    def is_floor(self, place: str) -> bool:
        return folded(place) in map(folded, self.floors)

    def place_names(self) -> dict[str, str]:
        """Name or alias of a room or a floor -> its name."""
        found = {}
        for floor in self.floors:
            found[floor] = floor
            for alias in self._own.floor_aliases.get(floor, ()):
                found[alias] = floor
        for name in self.rooms:
            own = self._own.rooms.get(name)
            found |= dict.fromkeys((name, *(own.aliases if own else ())), name)
        return found

    def rooms_of(self, place: str) -> frozenset[str]:
        """The rooms of a floor, or the room itself, folded."""
        wanted = folded(place)
        on = {
            folded(n) for n, r in self._own.rooms.items() if r.floor and folded(r.floor) == wanted
        }
        return frozenset(on | {wanted})

    def told(self, source: str, entities: Iterable[Entity]) -> bool:
        """Whoever `source` is has told of these devices, and of no other ones. Whether that
        changed how anything is called. What would make more than MOST_ENTITIES is left out."""
        made = tuple(entities)
        with self._changed:
            before = _names(self._entities.values())
            others = sum(len(told) for by, told in self._told.items() if by != source)
            if len(made) + others > MOST_ENTITIES:
                log.warning("of more than %d devices the others are left out", MOST_ENTITIES)
            elif made:
                self._told[source] = made
            else:
                self._told.pop(source, None)
            self._rebuild()
            self._changed.notify_all()
            return _names(self._entities.values()) != before

    def heard(self, topic: str, payload: str) -> None:
        """A message of the broker that may tell how a device is."""
        with self._changed:
            for entity in self._by_topic.get(topic, ()):
                if (read := entity.reads.get(topic)) is not None:
                    self._states.setdefault(entity.id, {}).update(_tried(read, payload))
                    self._messages += 1
                    self._heard[entity.id] = self._messages
                if entity.availability and (told := entity.availability.topics.get(topic)):
                    answer = told(payload)
                    if answer is not None:
                        self._available[entity.id, topic] = answer
            self._changed.notify_all()

    def topics(self) -> set[str]:
        """Everything that must be listened to."""
        with self._changed:
            return set(self._by_topic)

    def state(self, entity: Entity) -> State:
        with self._changed:
            return dict(self._states.get(entity.id, {}))

    def heard_of(self, entity: Entity) -> int:
        """A number that grows with each message of a device; 0 before the first one."""
        with self._changed:
            return self._heard.get(entity.id, 0)

    def available(self, entity: Entity) -> bool:
        """False only when somebody said so."""
        if entity.availability is None:
            return True
        with self._changed:
            answers = [
                told
                for topic in entity.availability.topics
                if (told := self._available.get((entity.id, topic))) is not None
            ]
        if not answers:
            return True
        return all(answers) if entity.availability.every else any(answers)

    def wait(self, met: Callable[[], bool], seconds: float) -> bool:
        """Until what the devices tell is so, at most that long. Whether it came to be."""
        with self._changed:
            return self._changed.wait_for(met, seconds)

    def asks(self) -> list[Message]:
        """What to send so that all devices tell how they are."""
        return [message for entity in self.entities for message in entity.asks]

    def _rebuild(self) -> None:
        """Names and topics, after somebody has told of other devices."""
        entities, missing = self._own.applied([e for told in self._told.values() for e in told])
        self._entities = {e.id: e for e in [*entities, *missing]}
        self._by_topic = {}
        for entity in self._entities.values():
            listened = set(entity.reads)
            if entity.availability:
                listened |= set(entity.availability.topics)
            for topic in listened:
                self._by_topic.setdefault(topic, []).append(entity)
        self._states = {i: s for i, s in self._states.items() if i in self._entities}
        self._heard = {i: n for i, n in self._heard.items() if i in self._entities}
        self._available = {k: a for k, a in self._available.items() if k[0] in self._entities}


def _tried(read: Read, payload: str) -> State:
    """What a payload tells; whatever a stranger's message may do to its reader, nothing."""
    try:
        return read(payload)
    except Exception as error:  # noqa: BLE001
        log.warning("a message about a device is malformed: %s", type(error).__name__)
        return {}


def _names(entities: Iterable[Entity]) -> set[tuple[str, ...]]:
    return {(e.kind, e.klass, e.name, e.room, *e.aliases) for e in entities}
