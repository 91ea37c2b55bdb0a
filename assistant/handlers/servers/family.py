"""The tools of one server as a family of functions."""

from __future__ import annotations

import inspect
import re
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from typing import Any, ClassVar, Protocol

from assistant.errors import ConfigError, FunctionError
from assistant.handlers.contract import ByLanguage, Family, Function, Request, check
from assistant.handlers.servers import schema, seen
from assistant.handlers.servers.seen import Tool
from assistant.handlers.servers.wire import Answer, ServerError, Wire, installed
from assistant.server_settings import McpSentences, McpServer
from assistant.settings import Mcp

NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")
REST = 30.0
"""Seconds for which a server that does not start is not tried again."""

_FAILURES: Mapping[str, tuple[str, str]] = {
    "start": ("{name} does not start.", "{name} no arranca."),
    "time": ("{name} does not answer.", "{name} no responde."),
    "gone": (
        "{name} ended while it did that. I do not know how far it came.",
        "{name} terminó mientras lo hacía. No sé hasta dónde llegó.",
    ),
    "changed": (
        "{name} is not what it was when you allowed it. Look at it again: assistant tools.",
        "{name} no es lo que era cuando lo permitiste. Míralo otra vez: assistant tools.",
    ),
    "refused": ("{name} says it cannot.", "{name} dice que no puede."),
}
_MISSING_LIBRARY = {
    "en": "The library for MCP servers is not installed.",
    "es": "La biblioteca para servidores MCP no está instalada.",
}


class Caller(Protocol):
    """`wire.Wire`, as far as a family knows it."""

    def call(
        self,
        name: str,
        server: McpServer,
        tool: Tool,
        arguments: Mapping[str, Any],
        seconds: float,
    ) -> Answer: ...

    def close(self) -> None: ...


class ServerTools(Family):
    """tools: of the server, as they were looked at. wire: shared by all servers; each closes it.
    patience: seconds that any function may take."""

    foreign: ClassVar[bool] = True

    def __init__(
        self,
        name: str,
        server: McpServer,
        tools: Mapping[str, Tool],
        wire: Caller,
        patience: float,
    ) -> None:
        self.name = name  # type: ignore[misc]  # of this object, where others have it of their class
        self.problems: list[str] = []
        self.functions: list[Function] = []
        self._server, self._wire, self._patience = server, wire, patience
        self._failed_at = float("-inf")
        for wanted in dict.fromkeys([*server.allow, *server.tools]):
            try:
                self.functions.append(self._function(wanted, tools))
            except ConfigError as error:
                self.problems.append(f"mcp.servers.{name}: {wanted} is left out: {error}.")

    def unavailable(self) -> ByLanguage | None:
        if not installed():
            return _MISSING_LIBRARY
        program = self._server.command[0]
        if shutil.which(program) is None:
            return {
                "en": f"The program of {self.name} is not on this machine.",
                "es": f"El programa de {self.name} no está en esta máquina.",
            }
        if time.monotonic() - self._failed_at < REST:
            en, es = _FAILURES["start"]
            return {"en": en.format(name=self.name), "es": es.format(name=self.name)}
        return None

    def close(self) -> None:
        self._wire.close()

    def _function(self, wanted: str, tools: Mapping[str, Tool]) -> Function:
        """Raises ConfigError."""
        if (tool := tools.get(wanted)) is None:
            raise ConfigError("it was not seen yet: run `assistant tools`")
        slots = schema.slots(tool.schema)
        plain = schema.words(wanted)
        if not plain:
            raise ConfigError("its name has no words")
        own = self._server.tools.get(wanted, McpSentences())
        called = (plain,)  # a name is no sentence, but what a person may type
        made = Function(
            f"{self.name}.{re.sub(r'[^a-z0-9]+', '_', plain)}",
            self,
            sentences={"en": own.en or called, "es": own.es or called},
            slots={name: slot.kind for name, slot in slots.items()},
            help={"en": own.help.get("en", plain), "es": own.help.get("es", plain)},
            call=_Call(self, tool, slots),
            dangerous=own.confirm if own.confirm is not None else tool.careful,
            drawn_examples=bool(own.en or own.es),
        )
        check(made, set())  # what is missing is asked for
        return made

    def run(
        self, tool: Tool, slots: Mapping[str, schema.Slot], given: Mapping[str, Any], ask: Request
    ) -> str:
        """Raises FunctionError."""
        try:
            arguments = {slots[n].property: schema.argument(slots[n], v) for n, v in given.items()}
        except ValueError as error:
            raise ask.error("That is too long.", "Eso es demasiado largo.") from error
        limit = min(self._server.time_limit, 0.9 * self._patience)
        try:
            answer = self._wire.call(self.name, self._server, tool, arguments, limit)
        except ServerError as error:
            if error.kind == "missing":
                raise FunctionError(_MISSING_LIBRARY["en"], spoken=_MISSING_LIBRARY) from error
            if error.kind == "start":
                self._failed_at = time.monotonic()
            raise ask.error(*_FAILURES[error.kind], name=self.name) from error
        if not answer.ok:
            why = answer.text or "..."
            raise ask.error("{name} says: {why}", "{name} dice: {why}", name=self.name, why=why)
        return answer.text or ask.pick("Done.", "Hecho.")


class _Call:
    """What a Function calls, with the signature by which a missing value is known."""

    def __init__(self, family: ServerTools, tool: Tool, slots: Mapping[str, schema.Slot]) -> None:
        self._family, self._tool, self._slots = family, tool, slots
        empty = inspect.Parameter.empty
        parameters = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_ONLY)]
        parameters += [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=empty if slot.needed else None
            )
            for name, slot in slots.items()
        ]
        self.__signature__ = inspect.Signature(parameters)

    def __call__(self, request: Request, /, **given: Any) -> str:
        return self._family.run(self._tool, self._slots, given, request)


def families(
    settings: Mcp, patience: float, problems: list[str], taken: Collection[str]
) -> Iterator[ServerTools]:
    """One for each server of the settings; what cannot be used is told in `problems`."""
    if not settings.servers:
        return
    known, wire = seen.read(), Wire()
    for name, server in settings.servers.items():
        if not NAME.fullmatch(name) or name in taken:
            problems.append(f"mcp.servers.{name}: choose another name, of small letters.")
            continue
        yield ServerTools(name, server, known.get(name, {}), wire, patience)
        if server.start == "start" and installed():
            wire.begin(name, server)
