"""Lights of Home Assistant's discovery: a topic for each thing, or all of it in one as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from assistant.handlers.home import color
from assistant.handlers.home.component_parts import Config, Parts, scaled
from assistant.handlers.home.entity import Message, Write
from assistant.handlers.home.payloads import mapping, number, topic


def light(config: Config) -> Parts | None:
    match config.get("schema", "basic"):
        case "json":
            return _json(config)
        case "basic" | "default":
            return _basic(config)
    return None  # "template": a program to make a message


def _basic(config: Config) -> Parts:
    parts = Parts("light", config)
    parts.switched(value="state_value_template")
    top = number(config.get("brightness_scale", 255)) or 255
    parts.reads_as(
        "brightness",
        "brightness_state_topic",
        "brightness_value_template",
        lambda value: scaled(value, top),
    )
    parts.writes_as(
        "brightness",
        "brightness_command_topic",
        "brightness_command_template",
        lambda value: round(value / 100 * top),
    )
    in_kelvin = bool(config.get("color_temp_kelvin"))
    parts.reads_as(
        "kelvin",
        "color_temp_state_topic",
        "color_temp_value_template",
        lambda value: _kelvin(value, in_kelvin),
    )
    parts.writes_as(
        "kelvin",
        "color_temp_command_topic",
        "color_temp_command_template",
        lambda value: value if in_kelvin else round(1_000_000 / value),
    )
    parts.reads_as("color", "rgb_state_topic", "rgb_value_template", _listed_rgb)
    parts.writes_as("color", "rgb_command_topic", "", _joined)
    if "color" not in parts.writes:
        parts.reads_as("color", "hs_state_topic", "hs_value_template", _listed_hs)
        parts.writes_as("color", "hs_command_topic", "", lambda rgb: _joined(color.hue(rgb)))
    if "color" not in parts.writes:
        parts.reads_as("color", "xy_state_topic", "xy_value_template", _listed_xy)
        parts.writes_as("color", "xy_command_topic", "", lambda rgb: _joined(color.xy(rgb)))
    return parts


def _json(config: Config) -> Parts | None:
    parts = Parts("light", config)
    told, sent = topic(config.get("state_topic")), topic(config.get("command_topic"))
    if sent is None:
        return None
    where: str = sent
    top = number(config.get("brightness_scale", 255)) or 255
    listed = config.get("supported_color_modes")
    modes = {str(mode) for mode in listed} if isinstance(listed, list) else set()
    in_kelvin = bool(config.get("color_temp_kelvin"))
    able = {"power": True, "brightness": bool(config.get("brightness")) or bool(modes - {"onoff"}),
            "kelvin": "color_temp" in modes,
            "color": bool(modes & {"rgb", "rgbw", "rgbww", "hs", "xy"})}  # fmt: skip

    def content(attribute: str, value: Any) -> Mapping[str, Any]:
        match attribute:
            case "power":
                return {"state": "ON" if value == "on" else "OFF"}
            case "brightness":
                return {"state": "ON", "brightness": round(value / 100 * top)}
            case "kelvin":
                return {"state": "ON",
                        "color_temp": value if in_kelvin else round(1_000_000 / value)}  # fmt: skip
        return {"state": "ON", "color": _json_color(value, modes)}

    readers: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
        "power": lambda told: {"ON": "on", "OFF": "off"}.get(str(told.get("state"))),
        "brightness": lambda told: scaled(told.get("brightness"), top),
        "kelvin": lambda told: _kelvin(told.get("color_temp"), in_kelvin),
        "color": lambda told: _told_color(told.get("color")),
    }
    for attribute in (name for name, can in able.items() if can):
        parts.writes[attribute] = _sender(where, partial(content, attribute))
        if told is not None:
            parts.add(told, attribute, _from_json(readers[attribute]))
    return parts


def _sender(where: str, content: Callable[[Any], Mapping[str, Any]]) -> Write:
    return lambda value: [Message(where, json.dumps(content(value)))]


def _from_json(read: Callable[[Mapping[str, Any]], Any]) -> Callable[[str], Any]:
    return lambda payload: read(mapping(payload))


def _json_color(rgb: color.Rgb, modes: set[str]) -> Mapping[str, float]:
    if modes & {"rgb", "rgbw", "rgbww"}:
        return dict(zip("rgb", rgb, strict=True))
    if "hs" in modes:
        return dict(zip("hs", color.hue(rgb), strict=True))
    return dict(zip("xy", color.xy(rgb), strict=True))


def _told_color(told: Any) -> color.Xy | None:
    if not isinstance(told, dict):
        return None
    for keys, make in (("xy", _xy), ("rgb", _rgb), ("hs", color.of_hue)):
        values = [number(told.get(key)) for key in keys]
        if None not in values:
            return make(*[value for value in values if value is not None])
    return None


def _xy(x: float, y: float) -> color.Xy:
    return x, y


def _rgb(red: float, green: float, blue: float) -> color.Xy:
    return color.xy((round(red), round(green), round(blue)))


def _joined(values: Iterable[float]) -> str:
    return ",".join(f"{value:g}" for value in values)


def _numbers(value: Any, count: int) -> list[float] | None:
    found = [number(part) for part in str(value).split(",")]
    exact = [part for part in found if part is not None]
    return exact if len(exact) == len(found) == count else None


def _listed_rgb(value: Any) -> color.Xy | None:
    return _rgb(*found) if (found := _numbers(value, 3)) else None


def _listed_hs(value: Any) -> color.Xy | None:
    return color.of_hue(*found) if (found := _numbers(value, 2)) else None


def _listed_xy(value: Any) -> color.Xy | None:
    return _xy(*found) if (found := _numbers(value, 2)) else None


def _kelvin(value: Any, in_kelvin: bool) -> int | None:
    exact = number(value)
    if exact is None or exact <= 0:
        return None
    return round(exact if in_kelvin else 1_000_000 / exact)
