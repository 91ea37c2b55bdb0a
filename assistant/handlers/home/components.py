"""The components of Home Assistant's discovery, in our terms. Lights are in `component_lights`.

Keys and default values are those of https://www.home-assistant.io/integrations/#search/mqtt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assistant.handlers.home.component_lights import light
from assistant.handlers.home.component_parts import Config, Parts, percent
from assistant.handlers.home.entity import LimitsError
from assistant.handlers.home.payloads import mapping, number, topic

_COVER_STATES = (("state_open", "open"), ("state_closed", "closed"), ("state_opening", "opening"),
                 ("state_closing", "closing"))  # fmt: skip
_LOCK_STATES = (("state_locked", "LOCKED", "locked"), ("state_unlocked", "UNLOCKED", "unlocked"))


_COMFORT = {"°C": (7.0, 35.0), "°F": (44.6, 95.0)}
"""Between which a thermostat can be set that does not say it, by its unit."""


def _switch(config: Config) -> Parts | None:
    parts = Parts("switch", config, str(config.get("device_class") or ""))
    parts.switched()
    return parts


def _fan(config: Config) -> Parts | None:
    parts = Parts("fan", config)
    parts.switched(value="state_value_template")
    low, high = config.get("speed_range_min", 1), config.get("speed_range_max", 100)
    bottom, top = number(low), number(high)
    if bottom is not None and top is not None and top > bottom:
        span = top - bottom + 1
        parts.reads_as(
            "speed",
            "percentage_state_topic",
            "percentage_value_template",
            lambda value: percent((number(value) or 0) - bottom + 1, span),
        )
        parts.writes_as(
            "speed",
            "percentage_command_topic",
            "percentage_command_template",
            lambda value: round(bottom - 1 + value / 100 * span),
        )
    return parts


def _cover(config: Config) -> Parts | None:
    parts = Parts("cover", config, str(config.get("device_class") or ""))
    names = {str(config.get(key, word)): word for key, word in _COVER_STATES}
    parts.reads_as("cover", "state_topic", "value_template", lambda v: names.get(str(v)))
    orders = {
        "open": config.get("payload_open", "OPEN"),
        "closed": config.get("payload_close", "CLOSE"),
    }
    parts.writes_as("cover", "command_topic", "", lambda v: orders[v])
    if config.get("payload_stop", "STOP") is not None:
        stop = config.get("payload_stop", "STOP")
        parts.writes_as("stop", "command_topic", "", lambda _: stop)
    _position(parts, config)
    return parts


def _position(parts: Parts, config: Config) -> None:
    closed = number(config.get("position_closed", 0))
    opened = number(config.get("position_open", 100))
    if closed is None or opened is None or closed == opened:
        return
    span = opened - closed

    def read(value: Any) -> int | None:
        exact = number(value)
        return None if exact is None else percent(exact - closed, span)

    parts.reads_as("position", "position_topic", "position_template", read)
    if not config.get("state_topic"):
        parts.reads_as(
            "cover",
            "position_topic",
            "position_template",
            lambda value: None if (at := read(value)) is None else ("open" if at else "closed"),
        )
    parts.writes_as(
        "position",
        "set_position_topic",
        "set_position_template",
        lambda value: round(closed + value / 100 * span),
    )
    if "cover" not in parts.writes and "position" in parts.writes:
        place = parts.writes["position"]
        parts.writes["cover"] = lambda value: place(100 if value == "open" else 0)


def _valve(config: Config) -> Parts | None:
    if config.get("reports_position"):
        same = {
            **config,
            "position_topic": config.get("state_topic"),
            "position_template": config.get("value_template"),
            "set_position_topic": config.get("command_topic"),
            "state_topic": None,
        }
        parts = Parts("valve", same, str(config.get("device_class") or ""))
        _position(parts, same)
        return parts
    cover = _cover(config)
    if cover is None:
        return None
    cover.kind = "valve"
    return cover


def _lock(config: Config) -> Parts | None:
    parts = Parts("lock", config)
    names = {str(config.get(key, default)): word for key, default, word in _LOCK_STATES}
    parts.reads_as("lock", "state_topic", "value_template", lambda v: names.get(str(v)))
    orders = {
        "locked": config.get("payload_lock", "LOCK"),
        "unlocked": config.get("payload_unlock", "UNLOCK"),
    }
    if not config.get("code_format"):  # a code is nothing to be said aloud
        parts.writes_as("lock", "command_topic", "command_template", lambda v: orders[v])
    return parts


def _climate(config: Config) -> Parts | None:
    parts = Parts("climate", config, unit="°F" if config.get("temperature_unit") == "F" else "°C")
    least, most = _COMFORT[parts.unit]
    told_least, told_most = number(config.get("min_temp")), number(config.get("max_temp"))
    low = least if told_least is None else told_least
    high = most if told_most is None else told_most

    def target(value: float) -> float:
        if not low <= value <= high:
            raise LimitsError(low, high)
        return value

    parts.reads_as("target", "temperature_state_topic", "temperature_state_template", number)
    parts.writes_as("target", "temperature_command_topic", "temperature_command_template", target)
    parts.reads_as("current", "current_temperature_topic", "current_temperature_template", number)
    listed = config.get("modes")
    modes = (
        [str(m) for m in listed] if isinstance(listed, list) else ["auto", "off", "heat", "cool"]
    )

    def mode(value: str) -> str:
        if value not in modes:
            raise ValueError(f"{value} is none of its modes")
        return value

    on = next((m for m in ("auto", "heat", *modes) if m in modes and m != "off"), "heat")
    parts.reads_as("mode", "mode_state_topic", "mode_state_template", str)
    parts.reads_as(
        "power", "mode_state_topic", "mode_state_template", lambda v: "off" if v == "off" else "on"
    )
    parts.writes_as("mode", "mode_command_topic", "mode_command_template", mode)
    parts.writes_as(
        "power",
        "mode_command_topic",
        "mode_command_template",
        lambda v: on if v == "on" else mode("off"),
    )
    return parts


def _sensor(config: Config) -> Parts | None:
    parts = Parts("sensor", config, str(config.get("device_class") or ""))
    parts.reads_as(
        "value",
        "state_topic",
        "value_template",
        lambda value: exact if (exact := number(value)) is not None else _word(value),
    )
    return parts


def _binary(config: Config) -> Parts | None:
    klass = str(config.get("device_class") or "")
    opening = klass in ("door", "window", "garage_door", "opening")
    parts = Parts("binary", config, klass)
    on = str(config.get("payload_on", "ON"))
    words = ("open", "closed") if opening else ("on", "off")
    off = str(config.get("payload_off", "OFF"))
    parts.reads_as(
        "contact" if opening else "detected",
        "state_topic",
        "value_template",
        lambda value: {on: words[0], off: words[1]}.get(str(value)),
    )
    return parts


def _scene(config: Config) -> Parts | None:
    parts = Parts("scene", config)
    payload = config.get("payload_on", "ON")
    parts.writes_as("trigger", "command_topic", "", lambda _: payload)
    return parts


def _button(config: Config) -> Parts | None:
    parts = Parts("button", config)
    payload = config.get("payload_press", "PRESS")
    parts.writes_as("trigger", "command_topic", "", lambda _: payload)
    return parts


def _vacuum(config: Config) -> Parts | None:
    parts = Parts("vacuum", config)
    where = topic(config.get("state_topic"))
    if where is not None:
        parts.add(where, "vacuum", lambda payload: _word(mapping(payload).get("state")))
    orders = {
        "cleaning": config.get("payload_start", "start"),
        "docked": config.get("payload_return_to_base", "return_to_base"),
        "paused": config.get("payload_pause", "pause"),
    }
    parts.writes_as("vacuum", "command_topic", "", lambda value: orders[value])
    return parts


def _mower(config: Config) -> Parts | None:
    parts = Parts("mower", config)
    parts.reads_as("mower", "activity_state_topic", "activity_value_template", _word)
    for value, key, order in (
        ("mowing", "start_mowing", "start_mowing"),
        ("docked", "dock", "dock"),
        ("paused", "pause", "pause"),
    ):
        parts.writes_one("mower", value, f"{key}_command_topic", order)
    return parts


def _person(config: Config) -> Parts | None:
    parts = Parts("person", config)
    words = {
        str(config.get("payload_home", "home")): "home",
        str(config.get("payload_not_home", "not_home")): "away",
    }
    parts.reads_as("person", "state_topic", "value_template", lambda v: words.get(str(v)))
    return parts


def _word(value: Any) -> str | None:
    """Something short that can be said."""
    return value if isinstance(value, str) and 0 < len(value) <= 60 else None


COMPONENTS: Mapping[str, Callable[[Config], Parts | None]] = {
    "light": light, "switch": _switch, "siren": _switch, "fan": _fan, "cover": _cover,
    "valve": _valve, "lock": _lock, "climate": _climate, "sensor": _sensor,
    "binary_sensor": _binary, "scene": _scene, "button": _button, "vacuum": _vacuum,
    "lawn_mower": _mower, "device_tracker": _person,
}  # fmt: skip
