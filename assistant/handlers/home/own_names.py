"""The user's own names for the home: a file `home.toml` (or .yaml) in the configuration folder.

    [[room]]
    name = "Living Room"
    aliases = ["lounge", "salón"]
    floor = "First Floor"

    [[floor]]
    name = "First Floor"
    aliases = ["upstairs"]

    [[device]]
    id = "0x00158d0001dc126a"     # its address, unique id, topic or name, as the broker tells it
    name = "Bedside lamp"
    aliases = ["night light"]
    room = "Bedroom"
    kind = "light"                # only for a device that the broker has not told of yet
    class = "window"              # what a cover, a sensor or a switch is for
    area_topic = "valetudo/rover/MapSegmentationCapability/clean/set"   # a vacuum cleaner: where
    areas = { Kitchen = '{"segment_ids": ["4"]}' }                      # it is told which room

All of it is optional: names and rooms that the broker tells are used as they are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import yaml

from assistant import written
from assistant.errors import ConfigError
from assistant.handlers.home.entity import Entity, Kind, Message, Write, folded

_MOST_BYTES = 1_000_000


class Room(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    aliases: list[str] = []
    floor: str = ""


class Floor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    aliases: list[str] = []


class Device(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str = ""
    name: str = ""
    aliases: list[str] = []
    room: str = ""
    kind: Kind | None = None
    klass: str = msgspec.field(default="", name="class")
    area_topic: str = ""
    areas: dict[str, str] = {}

    def key(self) -> str:
        return self.id or self.name


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    room: list[Room] = []
    floor: list[Floor] = []
    device: list[Device] = []


@dataclass(frozen=True, slots=True)
class OwnNames:
    rooms: Mapping[str, Room] = field(default_factory=dict)
    floor_aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    devices: tuple[Device, ...] = ()

    def applied(self, entities: Sequence[Entity]) -> tuple[list[Entity], list[Entity]]:
        """The devices by the user's names, and those of the file that nobody has told of."""
        found: list[Entity] = []
        met: set[str] = set()
        for entity in entities:
            own = next((d for d in self.devices if _means(d, entity)), None)
            met |= {own.key()} if own else set()
            found.append(_renamed(entity, own) if own else entity)
        return found, [_unmet(d) for d in self.devices if d.key() not in met and d.kind is not None]


NO_NAMES = OwnNames()


def _means(own: Device, entity: Entity) -> bool:
    if own.id:
        return own.id == entity.id or own.id in entity.ids
    return bool(own.name) and folded(own.name) == folded(entity.name)


def _renamed(entity: Entity, own: Device) -> Entity:
    """A sensor that is a part of a device keeps its own part of the name."""
    part = entity.name.removeprefix(entity.device).strip() if entity.device else ""
    name = " ".join(filter(None, [own.name, part])) if own.name else entity.name
    return replace(
        entity,
        name=name,
        device=own.name or entity.device,
        aliases=(*entity.aliases, *(() if part else own.aliases)),
        room=own.room or entity.room,
        writes=entity.writes if part else {**entity.writes, **_cleaning(own)},
        klass=entity.klass if part else own.klass or entity.klass,
    )


def _cleaning(own: Device) -> Mapping[str, Write]:
    """How a vacuum cleaner is told to clean one room: there is no common way."""
    rooms = {folded(room): payload for room, payload in own.areas.items()}
    if not own.area_topic or not rooms:
        return {}
    return {"area": lambda room: [Message(own.area_topic, rooms[folded(str(room))])]}


def _unmet(own: Device) -> Entity:
    assert own.kind is not None
    name = own.name or own.id
    return Entity(f"own:{own.key()}", own.kind, name, own.klass, own.room, tuple(own.aliases))


def read_names(path: Path) -> OwnNames:
    """Raises ConfigError, saying in one sentence what is wrong and where."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ConfigError(f"{path} is too large for a file of names.")
        file = msgspec.convert(_parsed(path), _File)
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from error
    except (tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError) as error:
        first = written.shown(str(error).partition("\n")[0])
        raise ConfigError(f"{path} is not well formed: {first}.") from error
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {written.shown(str(error))}.") from error
    for device in file.device:
        if not device.key():
            raise ConfigError(f"{path}: a device has neither an id nor a name. Give it one.")
    return OwnNames(
        {room.name: room for room in file.room},
        {floor.name: floor.aliases for floor in file.floor},
        tuple(file.device),
    )


def _parsed(path: Path) -> Any:
    text = path.read_text("utf-8")
    if path.suffix in (".yaml", ".yml"):
        return written.yaml(text) or {}
    return written.toml(text)
