"""Settings, and the layers they come from.

    base.toml  <  device profile  <  user's file  <  --set section.key=value

`base.toml` explains every key; here are types and bounds. `load` keeps each value's layer.
"""

from __future__ import annotations

import difflib
import time
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import msgspec
import tomli_w

from assistant import paths, written
from assistant.complaints import plainly
from assistant.errors import ConfigError, StorageError
from assistant.settings import Config, Step

CHANGEABLE = frozenset(
    [
        *("stt.threads", "stt.beam", "stt.second_look"),
        *("stt.model_en", "stt.model_es", "stt.model_auto"),
        *("think.model", "think.larger", "route.open_questions"),
        *("think.threads", "think.max_tokens", "think.enough_words", "think.load"),
        *("speak.voice_en", "speak.voice_es", "speak.cache_mb", "memory.idle_unload"),
        *("wake.gate_db", "wake.doze_ms"),
    ]
)
"""Keys that a step of the governor may change; the others are read once, at the start."""

JUST_NOW = 0.1
"""Seconds: an empty file that was changed no longer ago is not taken for one without settings."""

NAMED_BY_USERS = frozenset({"mcp.servers"})
"""Tables whose keys are names of the user's own."""


@dataclass(frozen=True, slots=True)
class Layered:
    """A configuration, and for each key ("stt.beam") the layer that set it."""

    config: Config
    origin: Mapping[str, str]


def user_file() -> Path:
    return paths.config_dir() / "config.toml"


def profiles() -> list[str]:
    """Names of the device profiles that ship with the program."""
    files = paths.shipped("device_profiles").glob("*.toml")
    return sorted(f.stem for f in files if f.stem != "base")


def load(overrides: Iterable[str] = (), file: Path | None = None) -> Layered:
    """Read all layers and validate the result.

    overrides: "section.key=value", the value in TOML or, failing that, as plain text.
    file: the user's file; by default `user_file()`, which need not exist.
    Raises ConfigError naming the layer, the key, and what is wrong with it.
    """
    path = file or user_file()
    user = _read(path) if file or path.is_file() else {}
    return _layer(user, str(path), [_parse_override(text) for text in overrides])


def _layer(user: Mapping[str, Any], name: str, given: Sequence[dict[str, Any]] = ()) -> Layered:
    """All layers on one another, and validated; `name` is what the user's file is called."""
    base = _read(paths.shipped("device_profiles") / "base.toml")
    profile = _last_profile([base, user, *given])
    merged: dict[str, Any] = {}
    origin: dict[str, str] = {}
    _overlay(merged, origin, base, "base", known=None)
    known = {*origin, *(f"{table}." for table in NAMED_BY_USERS)}
    if profile != "none":
        _overlay(merged, origin, _read_profile(profile), f"profile {profile}", known)
    _overlay(merged, origin, user, name, known)
    for layer in given:
        _overlay(merged, origin, layer, "--set", known)
    config = _validate(merged, origin)
    for step in get_args(Step):
        key = f"governor.{step}"
        changed(config, config.governor.keys(step), f"{origin[key]}: {key}")
    return Layered(config, origin)


def changed(config: Config, assignments: Sequence[str], where: str = "governor") -> Config:
    """The settings with "section.key=value" on top, each of a key that can change while we run.

    Raises ConfigError, beginning with `where`, for any other key and for a bad value.
    """
    if not assignments:
        return config
    merged = msgspec.to_builtins(config)
    for text in assignments:
        key = text.partition("=")[0].strip()
        if key not in CHANGEABLE:
            known = ", ".join(sorted(CHANGEABLE))
            raise ConfigError(f"{where}: {text!r} cannot change while it runs. Use {known}.")
        _overlay(merged, {}, _parse_override(text), where, known=None)
    try:
        return msgspec.convert(merged, Config)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$.")
        key = path.rstrip("`")
        raise ConfigError(f"{where}: {key}: {plainly(message, Config, key)}.") from error


def write(changes: Mapping[str, Any], file: Path | None = None) -> Path:
    """Set keys ("stt.beam": 2) in the user's file, keeping the others; returns its path.

    The result is validated first, so a bad value never reaches the file. Comments in the file
    are not kept. Raises ConfigError, or StorageError from the file system.
    """
    path = file or user_file()
    current = _read(path) if path.is_file() else {}
    for key, value in changes.items():
        _overlay(current, {}, _nest(key, value), str(path), known=None)
    _layer(current, str(path))
    temporary = path.with_suffix(".toml.new")
    try:
        paths.private_dir(path.parent)
        temporary.unlink(missing_ok=True)
        temporary.touch(paths.OWNER_ONLY, exist_ok=False)  # it may hold what is secret
        temporary.write_text(tomli_w.dumps(current), "utf-8")
        temporary.replace(path)
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written: {error.strerror}. Free some space, or use --config."
        ) from error
    return path


def parse_value(text: str) -> Any:
    """A value as TOML writes it or, failing that, as plain text."""
    try:
        return written.toml(f"v = {text}")["v"]
    except tomllib.TOMLDecodeError:
        return text.strip()


def value_of(config: Config, key: str) -> Any:
    """The value at "section.key"."""
    value: Any = config
    for part in key.split("."):
        value = value[part] if isinstance(value, Mapping) else getattr(value, part)
    return value


def _last_profile(layers: Iterable[Mapping[str, Any]]) -> str:
    return str([layer["profile"] for layer in layers if "profile" in layer][-1])


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("utf-8")
        if not text and time.time() - path.stat().st_mtime < JUST_NOW:
            time.sleep(JUST_NOW)  # who edits it has emptied it, and writes it now
            text = path.read_text("utf-8")
        return written.toml(text)
    except FileNotFoundError as error:
        raise ConfigError(f"There is no configuration file {path}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}. Correct that line.") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error


def _read_profile(name: str) -> dict[str, Any]:
    if name not in profiles():
        known, shown = ", ".join(profiles()) or "none is installed", written.shown(name)
        raise ConfigError(f"There is no device profile {shown!r}. Choose one of: {known}.")
    return _read(paths.shipped("device_profiles") / f"{name}.toml")


def _overlay(
    target: dict[str, Any],
    origin: dict[str, str],
    layer: Mapping[str, Any],
    name: str,
    known: set[str] | None,
    prefix: str = "",
) -> None:
    for key, value in layer.items():
        path = f"{prefix}{key}"
        if path in NAMED_BY_USERS:  # what is in there, the schema checks
            known = None
        if isinstance(value, dict):
            if known is not None and not any(k.startswith(f"{path}.") for k in known):
                raise ConfigError(f"{name}: there is no table [{written.shown(path)}].")
            table = target.setdefault(key, {})
            if not isinstance(table, dict):
                raise ConfigError(f"{name}: {written.shown(path)} is a value, not a table.")
            _overlay(table, origin, value, name, known, f"{path}.")
            continue
        if known is not None and path not in known:
            close = difflib.get_close_matches(path, known, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise ConfigError(f"{name}: there is no setting {written.shown(path)}.{hint}")
        target[key] = value
        origin[path] = name


def _validate(merged: Mapping[str, Any], origin: Mapping[str, str]) -> Config:
    try:
        return msgspec.convert(merged, Config)
    except msgspec.ValidationError as error:
        # msgspec ends with "- at `$.stt.beam`"
        what, _, path = str(error).partition(" - at `$.")
        key = path.rstrip("`").partition("[")[0]  # `stt.words[...]`: an element of a list
        message = plainly(written.shown(what), Config, key)
        where = f"{origin.get(key, 'config')}: " if key else ""
        raise ConfigError(f"{where}{written.shown(key) or 'configuration'}: {message}.") from error


def _parse_override(text: str) -> dict[str, Any]:
    key, equals, value = text.partition("=")
    if not equals or not key.strip():
        raise ConfigError(f"--set {written.shown(text)!r}: write it as section.key=value.")
    return _nest(key.strip(), parse_value(value))


def _nest(key: str, value: Any) -> dict[str, Any]:
    for part in reversed(key.split(".")):
        value = {part: value}
    return dict(value)
