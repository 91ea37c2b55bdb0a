"""The device functions as tools of an agent: what they are called, take and answer.

An agent's model is no person: it may call what only looks or can be undone, and no word of it
ever confirms what is dangerous. Values come as text and go through the parsers of what is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from assistant.assemble import Engines
from assistant.handlers.contract import Function
from assistant.types import Confirm, Intent
from assistant.worker import Cancel

LONGEST_VALUE = 500
"""Characters of a value."""
_KINDS: Mapping[Any, str] = {
    int: "a number",
    float: "a number",
    str: "words",
    dt.timedelta: "a length of time, as one says it: ten minutes",
    dt.time: "a time of day, as one says it: half past six",
    dt.date: "a day, as one says it: next Friday",
}


@dataclass(frozen=True, slots=True)
class Described:
    """A tool. schema: of its arguments, in JSON Schema."""

    name: str
    description: str
    schema: Mapping[str, Any]
    looks_only: bool
    dangerous: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call. ok: it was done."""

    text: str
    ok: bool = True


class Tools:
    """engines: ready (`Engines.ready`), because values are parsed by their grammar."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._language = engines.config.languages[0]

    def listed(self) -> list[Described]:
        """What works on this machine now."""
        return [self._described(f) for f in self._functions().values() if f.available()]

    def call(self, name: str, arguments: Mapping[str, Any]) -> Answer:
        """Do it. What an agent got wrong, and what it may not do, is told in a sentence."""
        function = self._functions().get(name)
        if function is None or not function.available():
            return Answer(f"There is no tool {name[:100]!r} here.", ok=False)
        slots: dict[str, Any] = {}
        for slot, given in arguments.items():
            if slot not in function.slots:
                takes = ", ".join(function.slots) or "nothing"
                return Answer(f"{name} takes {takes}; not {slot[:100]!r}.", ok=False)
            text = str(given).strip() if isinstance(given, str | int | float) else ""
            if not 0 < len(text) <= LONGEST_VALUE:
                problem = f"{slot} must be a text of 1 to {LONGEST_VALUE} characters."
                return Answer(problem, ok=False)
            value = self._value(text, function, slot)
            if value is None:
                kind = _kind(function.slots[slot])
                return Answer(f"{text!r} is not what {slot} takes: {kind}.", ok=False)
            slots[slot] = value
        return self._done(Intent(name, slots, "agent", 1.0, "called by name"))

    def _value(self, text: str, function: Function, slot: str) -> Any | None:
        kind = function.slots[slot]
        if kind is str:
            return text
        router = self._engines.stages.router
        return router.value(text, function.name, slot, self._language)

    def _done(self, intent: Intent) -> Answer:
        language = self._language
        reply = self._engines.stages.actor.run(
            lambda actor: actor.act(intent, "", language, confirmed=False), Cancel()
        )
        assert reply is not None  # nobody cancels it
        if isinstance(reply.asks, Confirm):
            return Answer(
                f"Nothing was done. The user must ask for this, and confirm it: {reply.text}",
                ok=False,
            )
        if reply.asks is not None:
            return Answer(
                f"Nothing was done. Call it again with what is asked: {reply.text}", False
            )
        return Answer(reply.text or "Done.", reply.ok)

    def _functions(self) -> dict[str, Function]:
        return {f.name: f for f in self._engines.functions if f.sentences.get(self._language)}

    def _described(self, function: Function) -> Described:
        asks = self._engines.functions.caution.asks(function)
        example = function.help.get(self._language) or function.name
        about = f"What one says for it: “{example}”."
        if asks:
            about += " Only the user can have this done: it will be refused."
        slots = {
            slot: {"type": "string", "description": _kind(kind)}
            for slot, kind in function.slots.items()
        }
        schema = {"type": "object", "properties": slots, "additionalProperties": False}
        return Described(function.name, about, schema, function.ahead, asks)


def _kind(kind: Any) -> str:
    """What a slot takes, in words."""
    if get_origin(kind) is Literal:
        return f"one of: {', '.join(str(choice) for choice in get_args(kind))}"
    known = [_KINDS.get(part) for part in (kind, *get_args(kind)) if isinstance(part, type)]
    return next((name for name in known if name), "words, as one says it")
