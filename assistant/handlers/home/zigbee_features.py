"""One thing that a Zigbee device can do, in our terms: a lamp, a plug, a contact, a reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.handlers.home import color
from assistant.handlers.home.entity import Kind, LimitsError
from assistant.handlers.home.payloads import number

Content = Mapping[str, Any]
_SET, _GET = 2, 4  # bits of `access`
_COMPOSED = ("light", "switch", "fan", "cover", "lock", "climate")
_READINGS = {
    "temperature": "temperature", "humidity": "humidity", "battery": "battery", "power": "power",
    "energy": "energy", "illuminance": "illuminance", "illuminance_lux": "illuminance",
    "pressure": "pressure", "co2": "carbon_dioxide", "soil_moisture": "moisture",
    "pm25": "pm25", "voc": "volatile_organic_compounds", "current": "current",
    "voltage": "voltage", "device_temperature": "device_temperature",
}  # fmt: skip
_DETECTED = {
    "occupancy": "motion", "presence": "motion", "motion": "motion", "water_leak": "moisture",
    "smoke": "smoke", "gas": "gas", "carbon_monoxide": "carbon_monoxide", "vibration": "vibration",
    "tamper": "tamper",
}  # fmt: skip
_NAMED = (
    ("window", r"window|skylight|ventana|claraboya"),
    ("garage", r"garage|garaje|cochera"),
    ("gate", r"gate|portón|verja|cancela"),
    ("door", r"door|puerta"),
    ("curtain", r"curtain|drape|cortina"),
    ("shutter", r"shutter|contraventana"),
    ("awning", r"awning|toldo"),
    ("blind", r"blind|shade|persiana|estor|roller"),
)
_PLUG = r"plug|outlet|socket|enchufe|toma"
_PACES = {"off": 0, "low": 33, "medium": 66, "high": 100, "on": 100, "auto": 66, "smart": 66}


@dataclass(frozen=True, slots=True)
class Feature:
    """An entry of `exposes`, flat. parts: by name, what it is made of; a reading is its own."""

    kind: str
    endpoint: str
    parts: Mapping[str, Mapping[str, Any]]

    @property
    def key(self) -> str:
        first = "" if self.kind in _COMPOSED else next(iter(self.parts))
        return " ".join(filter(None, [self.kind, self.endpoint, first]))

    def has(self, name: str, access: int = 0) -> bool:
        part = self.parts.get(name)
        return part is not None and (not access or bool(int(part.get("access") or 0) & access))

    def property(self, name: str) -> str:
        return str(self.parts[name].get("property") or name)

    def askable(self) -> list[str]:
        return [self.property(name) for name in self.parts if self.has(name, _GET)]


@dataclass(slots=True)
class Terms:
    """A feature in our terms. part: how it is called beside the name of its device."""

    kind: Kind
    klass: str = ""
    part: str = ""
    unit: str = ""
    reads: list[Callable[[Content], Content]] = field(default_factory=list)
    writes: dict[str, Callable[[Any], Content]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    @property
    def tells(self) -> frozenset[str]:
        return frozenset(self.told)

    def read(self, content: Content) -> Content:
        found: dict[str, Any] = {}
        for read in self.reads:
            found |= read(content)
        return found

    def reading(self, attribute: str, name: str, convert: Callable[[Any], Any]) -> None:
        """`attribute` is what `convert` makes of the property `name`; None is nothing."""

        def read(content: Content) -> Content:
            value = convert(content[name]) if name in content else None
            return {} if value is None else {attribute: value}

        self.reads.append(read)
        self.told.add(attribute)


def exposed(exposes: Sequence[Any]) -> Iterator[Feature]:
    """What a device has that we know of."""
    for entry in exposes:
        if not isinstance(entry, dict):
            continue
        kind, name = str(entry.get("type")), str(entry.get("name"))
        endpoint = str(entry.get("endpoint") or "")
        if kind in _COMPOSED:
            features = [f for f in entry.get("features") or [] if isinstance(f, dict)]
            parts = {str(f.get("name")): f for f in features if f.get("name")}
            if parts:
                yield Feature(kind, endpoint, parts)
        elif (kind == "numeric" and name in _READINGS) or (
            kind == "binary" and (name == "contact" or name in _DETECTED)
        ):
            yield Feature(kind, endpoint, {name: entry})


def in_terms(feature: Feature, about: str) -> Terms:
    """about: what its maker and its owner call it, which tells a window from a door."""
    return _MAKERS[feature.kind](feature, about.lower())


def _named(about: str, default: str) -> str:
    return next((klass for klass, words in _NAMED if re.search(words, about)), default)


def _power(terms: Terms, feature: Feature) -> None:
    if not feature.has("state"):
        return
    part, name = feature.parts["state"], feature.property("state")
    on, off = part.get("value_on", "ON"), part.get("value_off", "OFF")
    terms.reading("power", name, lambda value: {str(on): "on", str(off): "off"}.get(str(value)))
    terms.writes["power"] = lambda value: {name: on if value == "on" else off}


def _light(feature: Feature, about: str) -> Terms:
    terms = Terms("light")
    _power(terms, feature)
    if feature.has("brightness", _SET):
        name = feature.property("brightness")
        top = number(feature.parts["brightness"].get("value_max")) or 254
        terms.reading("brightness", name, lambda value: _percent(value, top))
        terms.writes["brightness"] = lambda value: {name: round(value / 100 * top)}
    if feature.has("color_temp", _SET):
        mireds = feature.property("color_temp")
        low = number(feature.parts["color_temp"].get("value_min")) or 150
        high = number(feature.parts["color_temp"].get("value_max")) or 500
        terms.reading("kelvin", mireds, _kelvin)
        terms.writes["kelvin"] = lambda value: {
            mireds: round(min(max(1_000_000 / value, low), high))
        }
    if feature.has("color_xy") or feature.has("color_hs"):
        terms.reading("color", "color", _color)
        terms.writes["color"] = lambda value: {
            "color": dict(zip("xy", color.xy(value), strict=True))
        }
    return terms


def _switch(feature: Feature, about: str) -> Terms:
    terms = Terms("switch", "outlet" if re.search(_PLUG, about) else "")
    _power(terms, feature)
    return terms


def _fan(feature: Feature, about: str) -> Terms:
    terms = Terms("fan")
    _power(terms, feature)
    mode = next((name for name in ("mode", "fan_mode") if feature.has(name, _SET)), "")
    if mode:
        name = feature.property(mode)
        paces = [p for p in feature.parts[mode].get("values") or [] if p in _PACES]
        terms.reading("speed", name, _PACES.get)
        terms.writes["speed"] = lambda value: {
            name: min(paces, key=lambda pace: abs(_PACES[pace] - value))
        }
    elif feature.has("speed", _SET):
        name = feature.property("speed")
        top = number(feature.parts["speed"].get("value_max")) or 100
        terms.reading("speed", name, lambda value: _percent(value, top))
        terms.writes["speed"] = lambda value: {name: round(value / 100 * top)}
    return terms


def _cover(feature: Feature, about: str) -> Terms:
    terms = Terms("cover", _named(about, ""))
    if feature.has("state"):
        state = feature.property("state")
        terms.reading("cover", state, {"OPEN": "open", "CLOSE": "closed", "CLOSED": "closed"}.get)
        terms.writes["cover"] = lambda value: {state: "OPEN" if value == "open" else "CLOSE"}
        terms.writes["stop"] = lambda _: {state: "STOP"}
    if feature.has("position", _SET):
        name = feature.property("position")
        terms.reading("position", name, lambda value: _percent(value, 100))
        terms.reading("cover", name, lambda value: "open" if (number(value) or 0) > 0 else "closed")
        terms.writes["position"] = lambda value: {name: round(value)}
    return terms


def _lock(feature: Feature, about: str) -> Terms:
    terms = Terms("lock")
    name = feature.property("state")
    terms.reading("lock", name, {"LOCK": "locked", "UNLOCK": "unlocked"}.get)
    terms.writes["lock"] = lambda value: {name: "LOCK" if value == "locked" else "UNLOCK"}
    return terms


def _climate(feature: Feature, about: str) -> Terms:
    terms = Terms("climate", unit="°C")
    setpoint = next((n for n in feature.parts if n.endswith("heating_setpoint")), "")
    if setpoint:
        name = feature.property(setpoint)
        low = number(feature.parts[setpoint].get("value_min")) or 5
        high = number(feature.parts[setpoint].get("value_max")) or 35
        terms.reading("target", name, number)
        terms.writes["target"] = lambda value: {name: _within(value, low, high)}
    if feature.has("local_temperature"):
        terms.reading("current", feature.property("local_temperature"), number)
    if feature.has("system_mode", _SET):
        mode = feature.property("system_mode")
        modes = [str(m) for m in feature.parts["system_mode"].get("values") or []]
        on = next((m for m in ("auto", "heat", *modes) if m in modes and m != "off"), "heat")
        terms.reading("mode", mode, str)
        terms.reading("power", mode, lambda value: "off" if value == "off" else "on")
        terms.writes["mode"] = lambda value: {mode: _among(value, modes)}
        terms.writes["power"] = lambda value: {mode: on if value == "on" else "off"}
    return terms


def _reading(feature: Feature, about: str) -> Terms:
    [(name, part)] = feature.parts.items()
    terms = Terms("sensor", _READINGS[name], name.replace("_", " "), str(part.get("unit") or ""))
    terms.reading("value", feature.property(name), number)
    return terms


def _contact(feature: Feature, about: str) -> Terms:
    [(name, part)] = feature.parts.items()
    if name == "contact":  # true: the magnet is there
        terms = Terms("binary", _named(about, "opening"))
        terms.reading("contact", feature.property(name), {True: "closed", False: "open"}.get)
        return terms
    terms = Terms("binary", _DETECTED[name], name.replace("_", " "))
    on = str(part.get("value_on", True))
    terms.reading(
        "detected", feature.property(name), lambda value: "on" if str(value) == on else "off"
    )
    return terms


_MAKERS: Mapping[str, Callable[[Feature, str], Terms]] = {
    "light": _light, "switch": _switch, "fan": _fan, "cover": _cover, "lock": _lock,
    "climate": _climate, "numeric": _reading, "binary": _contact,
}  # fmt: skip


def _percent(value: Any, top: float) -> int | None:
    exact = number(value)
    return None if exact is None else round(min(max(exact / top * 100, 0), 100))


def _kelvin(mireds: Any) -> int | None:
    exact = number(mireds)
    return round(1_000_000 / exact) if exact and exact > 0 else None


def _color(value: Any) -> color.Xy | None:
    if not isinstance(value, dict):
        return None
    x, y = number(value.get("x")), number(value.get("y"))
    if x is not None and y is not None:
        return x, y
    hue, saturation = number(value.get("hue")), number(value.get("saturation"))
    return None if hue is None or saturation is None else color.of_hue(hue, saturation)


def _within(value: float, low: float, high: float) -> float:
    """Raises LimitsError outside the bounds."""
    if not low <= value <= high:
        raise LimitsError(low, high)
    return value


def _among(value: str, values: Sequence[str]) -> str:
    """Raises ValueError for any other one."""
    if value not in values:
        raise ValueError(f"{value} is none of its modes")
    return value
