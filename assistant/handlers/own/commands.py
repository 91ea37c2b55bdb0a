"""The user's own commands: programs that may be run, each by its sentences, from one file.

    # ~/.config/assistant/commands.toml
    [backup]
    en = ["back up [my] {what}"]
    es = ["haz una copia de [mis] {what}"]
    run = ["rsync", "-a", "{what}/", "/media/backup/{what}/"]
    slots.what = { values = ["documents", { in = "(photos|pictures)", out = "Pictures" }] }
    say.en = "Your {what} are safe."       # {output} is what the program printed
    confirm = false                        # without it, it is asked first

`run` is a list of arguments that no shell ever sees: what was said fills the {slots} of one
argument and cannot become another. The file is refused when others may write to it.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import stat
from collections.abc import Mapping, Sequence
from functools import partial
from os import getuid
from pathlib import Path
from typing import Annotated, Any

import msgspec

from assistant import spoken, written
from assistant.errors import ConfigError
from assistant.handlers.contract import Family, Function, Request, check
from assistant.handlers.own.sentence_format import SlotValues
from assistant.handlers.programs import run
from assistant.types import Reply

_FIELD = re.compile(r"\{(\w+)\}")
_TYPES: Mapping[str, Any] = {
    "number": int,
    "decimal": float,
    "duration": dt.timedelta,
    "time": dt.time,
    "date": dt.date,
    "text": str,
}
_INTERPRETERS = re.compile(
    r"(ba|da|z|k|c|tc|fi|a)?sh|python[\d.]*|perl|ruby|node|php|lua|env|xargs|find|ssh|su"
)
_CODE_FIRST = re.compile(r"[gmn]?awk|sed|jq|eval|watch")
_DONE = {"en": "Done.", "es": "Hecho."}


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: int


class _Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the file."""

    run: list[str]
    en: list[str] = []
    es: list[str] = []
    slots: dict[str, str | dict[str, Any]] = {}
    say: dict[str, str] = {}  # per language, as the two below
    help: dict[str, str] = {}
    question: dict[str, str] = {}
    confirm: bool = True
    undo: list[str] = []
    time_limit: float = 5.0  # seconds


class Commands(Family):
    """file: the allow-list; it need not exist. patience: seconds that any function may take."""

    name = "commands"

    def __init__(self, file: Path, patience: float) -> None:
        self.problems: list[str] = []
        self.functions: list[Function] = []
        self._patience = patience
        try:
            for name, command in _read(file).items():
                self._take(name, command)
        except ConfigError as error:
            self.problems.append(f"{file}: {error}")

    def _take(self, name: str, command: _Command) -> None:
        try:
            self.functions.append(_function(self, name, command, self._patience))
        except ConfigError as error:
            self.problems.append(f"commands.toml: {name} is left out: {error}")


def _read(file: Path) -> dict[str, _Command]:
    """Raises ConfigError when it may not be trusted, or is not well formed."""
    if not file.exists():
        return {}
    for path in (file, file.parent):
        _must_be_ours(path)
    try:
        return msgspec.convert(written.toml(file.read_text("utf-8")), dict[str, _Command])
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise ConfigError(
            f"it cannot be used: {written.shown(' '.join(str(error).split()))}."
        ) from error


def _must_be_ours(path: Path) -> None:
    status = path.stat()
    if status.st_uid not in (0, getuid()):
        raise ConfigError(f"{path} belongs to somebody else: no command of it is run.")
    shared = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if shared and not status.st_mode & stat.S_ISVTX:
        raise ConfigError(
            f"others may write to {path}: no command of it is run. Say `chmod go-w {path}`."
        )


def _function(family: Family, name: str, command: _Command, patience: float) -> Function:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ConfigError("a name has small letters, digits and _ only.")
    slots = {slot: _slot_type(slot, kind) for slot, kind in command.slots.items()}
    for argv in (command.run, command.undo):
        _check_arguments(argv, slots)
    if not command.run:
        raise ConfigError("`run` is empty.")
    made = Function(
        f"{family.name}.{name}",
        family,
        sentences={"en": command.en, "es": command.es},
        slots=slots,
        help=dict(command.help),
        call=partial(_call, command, patience),
        dangerous=command.confirm,
        confirm=dict(command.question),
    )
    check(made, set(slots))
    return made


def _slot_type(slot: str, kind: str | Mapping[str, Any]) -> Any:
    if isinstance(kind, str):
        if kind not in _TYPES:
            raise ConfigError(f"the slot {slot} must be one of {', '.join(_TYPES)}, or a table.")
        return _TYPES[kind]
    try:
        if set(kind) == {"words"}:
            return Annotated[str, msgspec.convert(kind, _Words).words]
        return msgspec.convert(kind, SlotValues).slot_type(slot)
    except msgspec.ValidationError as error:
        raise ConfigError(f"the slot {slot}: {error}.") from error


def _check_arguments(argv: Sequence[str], slots: Mapping[str, Any]) -> None:
    """What is said may fill an argument of a program, never be a program."""
    if not argv:
        return
    names = {name for argument in argv for name in _FIELD.findall(argument)}
    if unknown := names - set(slots):
        raise ConfigError(f"{{{min(unknown)}}} is not one of its slots.")
    if _FIELD.search(argv[0]):
        raise ConfigError("the program itself may not be a slot.")
    program = shutil.which(argv[0])
    if program is None:
        raise ConfigError(f"there is no program {argv[0]} on this machine.")
    if Path(program).stat().st_mode & stat.S_IWOTH:
        raise ConfigError(f"others may write to {program}.")
    name = Path(argv[0]).name
    first = _CODE_FIRST.fullmatch(name) is not None
    code = [
        argument
        for n, argument in enumerate(argv[1:])
        if argv[n].startswith("-") or (first and n == 0)
    ]
    if (first or _INTERPRETERS.fullmatch(name)) and any(map(_FIELD.search, code)):
        raise ConfigError(
            f"a slot would become code of {name}. Put the code into a file of its own."
        )


def _call(command: _Command, patience: float, request: Request, **slots: Any) -> Reply:
    limit = min(command.time_limit, 0.9 * patience)
    output = run(_filled(command.run, slots, request), limit, request)

    def undo() -> None:
        run(_filled(command.undo, slots, request), limit, request)

    values = {**slots, "output": output}
    said = command.say.get("es" if request.language == "es" else "en") or command.say.get("en", "")
    text = _FIELD.sub(
        lambda field: spoken.render(values.get(field[1], ""), request.language),
        said or _DONE["es" if request.language == "es" else "en"],
    )
    text = " ".join(text.split())
    return Reply(text[:1].upper() + text[1:], request.language, undo=undo if command.undo else None)


def _filled(argv: Sequence[str], slots: Mapping[str, Any], request: Request) -> list[str]:
    filled = [_FIELD.sub(lambda f: _argument(slots[f[1]]), argument) for argument in argv]
    for template, argument in zip(argv, filled, strict=True):
        if argument.startswith("-") and not template.startswith("-"):
            raise request.error("That value cannot be used.", "Ese valor no se puede usar.")
    return filled


def _argument(value: Any) -> str:
    """A value as programs take it: seconds, 07:30, 2027-05-05, plain numbers and words."""
    match value:
        case dt.timedelta():
            return f"{value.total_seconds():g}"
        case dt.time():
            return value.strftime("%H:%M")
        case dt.date():
            return value.isoformat()
        case float():
            return f"{value:g}"
    return str(value).replace("\0", "")
