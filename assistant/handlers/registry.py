"""The functions that are loaded, and the actor that runs them."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import localtime, paths
from assistant.errors import AssistantError, ConfigError, FunctionError, fault
from assistant.handlers.built_in import built_in
from assistant.handlers.caution import Caution
from assistant.handlers.contract import Family, Function, Request, functions_of
from assistant.handlers.conversation import Conversation
from assistant.handlers.missing import ask_for_missing
from assistant.handlers.naming import names, no_longer, question, within
from assistant.handlers.own.commands import Commands
from assistant.handlers.own.own_files import load_files, load_packages
from assistant.handlers.own.own_sentences import OwnSentences
from assistant.handlers.own.taught import Taught
from assistant.handlers.own.taught_store import TaughtStore
from assistant.handlers.talk import Talk
from assistant.settings import Config
from assistant.types import Confirm, Intent, Past, Pick, Reply, Undoable

if TYPE_CHECKING:
    from assistant.handlers.servers.family import ServerTools

log = logging.getLogger(__name__)

Now = Callable[[], dt.datetime]


class Functions:
    """All functions of the device, in the order in which their sentences are preferred."""

    def __init__(self, now: Now = localtime.now, confirm: Sequence[str] = ()) -> None:
        """now: the aware local time. confirm: see `caution.Caution`."""
        self._now = now
        self.caution = Caution(confirm)
        self._functions: list[Function] = []
        self.families: list[Family] = []
        self.problems: list[str] = []
        """What could not be loaded, a sentence each."""
        self._last_said = ""
        self._past: Past | None = None
        self._listeners: list[Callable[[], object]] = []

    def on_change(self, listener: Callable[[], object]) -> None:
        """`listener` is called, from any thread, when the phrases of some slot have changed."""
        self._listeners.append(listener)

    def changed(self) -> None:
        for listener in self._listeners:
            listener()

    def __iter__(self) -> Iterator[Function]:
        return iter(self._functions)

    def add(self, family: Family, owner: object | None = None, *, trusted: bool = False) -> None:
        """Take in the functions of a family object, or of a module (`owner`) in its name.

        trusted: see `functions_of`.
        Raises ConfigError when one of them cannot be used; then none is taken.
        """
        if any(family.name == other.name for other in self.families):
            raise ConfigError(f"There are two families named {family.name}. Rename one.")
        self.include(functions_of(owner or family, family, trusted=trusted))
        self.families.append(family)
        family.changed = self.changed

    def include(self, functions: Iterable[Function]) -> None:
        self._functions += functions

    def take(self, family: Family, functions: Sequence[Function], problems: Sequence[str]) -> None:
        """Take in a family whose functions are made of the user's files, if there are any."""
        self.problems += problems
        if functions:
            self.add(family)
            self.include(functions)

    def of(self, family: Family) -> list[Function]:
        return [f for f in self if f.family is family]

    def example(self, name: str, language: str) -> str:
        """What one says to have a function; "" when it has no example, or is none."""
        helps = [function.help for function in self if function.name == name]
        return next((help_[language] for help_ in helps if help_.get(language)), "")

    def prepare(self, route: Intent, text: str, language: str) -> Reply | None:
        """The reply of a function that may be called ahead; what it changes is yet to be done."""
        function = self._named(route.function, language)
        if not function.ahead or self.caution.asks(function):
            return None
        return self._safely(route.function, language, lambda: self._call(route, text, language))

    def act(self, route: Intent, text: str, language: str, *, confirmed: bool = False) -> Reply:
        """Run the function that was meant. Whatever goes wrong in it is a spoken apology.

        One that is to be confirmed is not called unless it is `confirmed`: the reply asks.
        """

        def called() -> Reply:
            function = self._named(route.function, language)
            if self.caution.asks(function) and not confirmed:
                text_of = question(function, route, text, language)
                asks = Confirm((route,), text)
                return Reply(text_of, language, listen_again=True, asks=asks, looked=True)
            return self._call(route, text, language)

        return self.finish(self._safely(route.function, language, called))

    def finish(self, prepared: Reply) -> Reply:
        """Do what a reply says is done."""
        if (then := prepared.then) is None:
            return prepared

        def finished() -> Reply:
            then()
            return replace(prepared, then=None, looked=False)

        return self._safely("what was to be done", prepared.language, finished)

    def take_back(self, done: Undoable, language: str) -> Reply:
        """Undo what was done, and say so."""

        def undone() -> Reply:
            if (undo := done.undo) is None:
                sentence = {"en": "That cannot be undone.", "es": "Eso no se puede deshacer."}
                raise FunctionError(sentence["en"], spoken=sentence)
            said = undo()
            if isinstance(said, Reply):
                return said
            taken = "Deshecho" if language == "es" else "Undone"
            what = said if isinstance(said, str) else done.reply
            what = within(no_longer(what, language), language)
            return Reply(f"{taken}: {what}" if what else f"{taken}.", language)

        return self._safely(f"undoing {done.intent.function}", language, undone)

    def ask_which(self, options: Sequence[Intent], text: str, language: str) -> Reply:
        """The question which of some readings is meant."""
        named = [(self._named(option.function, language), option) for option in options]
        by_name: dict[str, Intent] = {}
        for name, option in zip(names(named, language), options, strict=True):
            by_name.setdefault(name, option)  # two that are called alike are one to the user
        called, options = [*by_name], [*by_name.values()]
        one_of = f" {'o' if language == 'es' else 'or'} ".join(
            [part for part in (", ".join(called[:-1]), called[-1]) if part]
        )
        if len(called) == 1:
            one_of = f"¿Quieres decir {one_of}?" if language == "es" else f"Do you mean {one_of}?"
        else:
            one_of = f"{one_of[:1].upper()}{one_of[1:]}?"
            one_of = f"¿{one_of}" if language == "es" else one_of
        asks = Pick(tuple(options), tuple(called), text)
        return Reply(one_of, language, listen_again=True, asks=asks, looked=True)

    def _safely(self, what: str, language: str, call: Callable[[], Reply]) -> Reply:
        try:
            return call()
        except AssistantError as error:
            return Reply(error.speech(language), language, ok=False)
        except Exception as error:  # noqa: BLE001  a function's fault must not end the loop
            log.error("%s failed: %s", what, fault(error))
            return Reply(AssistantError("").speech(language), language, ok=False)

    def spoken(self, text: str) -> None:
        """Told what was said aloud, by whichever stage: "say that again" repeats it."""
        self._last_said = text or self._last_said

    def remember(self, past: Past | None) -> None:
        """Told what the last turn did: "it" may stand for that. None: that was long ago."""
        self._past = past

    def close(self) -> None:
        for family in self.families:
            family.close()

    def _named(self, name: str, language: str) -> Function:
        """A user's intent may have one function a language, all of its name."""
        named = [f for f in self if f.name == name]
        return next((f for f in named if f.sentences.get(language)), None) or named[0]

    def _call(self, route: Intent, text: str, language: str) -> Reply:
        function = self._named(route.function, language)
        request = Request(text, language, self._now(), self._last_said, self._past)
        if (why := function.family.unavailable()) is not None:
            raise FunctionError(why["en"], spoken=dict(why))
        if (question := ask_for_missing(function, request, route.slots)) is not None:
            return question
        result = function.call(request, **route.slots)
        if not isinstance(result, Reply):
            result = Reply("" if result is None else str(result), language)
        looked = (function.ahead and result.then is None) or (
            result.stop_speaking and result.undo is None
        )
        return replace(result, looked=looked or result.listen_again)


def load(
    config: Config,
    *,
    data: Path | None = None,
    root: Path = Path("/"),
    now: Now = localtime.now,
) -> Functions:
    """The user's functions and the built-in ones, less those of the disabled families.

    data: the folder of the database; by default `paths.data_dir()`.
    root: of the file system in which the machine is read (`sys`, `etc`, `var`).
    A user's file that cannot be used is reported in `problems`, and left out.
    """
    functions = Functions(now, config.functions.confirm)
    talk = Talk(functions)
    database = (data or paths.data_dir()) / "assistant.db"
    taught = taught_store(config, data)
    families: list[Family] = [
        *built_in(config, database, root, now, functions.problems),
        talk,
        Conversation(functions.example),
        Taught(taught),
    ]
    taken = [OwnSentences.name, Commands.name, *(family.name for family in families)]

    own = _load_own(functions, config, taken)
    for family in families:
        if family.name not in config.functions.disabled:
            functions.add(family, trusted=True)  # a test checks them
    if talk in functions.families:
        functions.include(talk.topics())

    for name in config.functions.disabled:
        if name not in [*taken, *own]:
            functions.problems.append(f"functions.disabled: there are no functions named {name!r}.")
    functions.problems += functions.caution.unknown(functions)
    taught.lessons()
    functions.problems += taught.problems
    return functions


def _load_own(functions: Functions, config: Config, taken: Sequence[str]) -> list[str]:
    """Take in what users brought; the names of the families of their Python files and packages."""
    setting, disabled = config.functions.folder, config.functions.disabled
    folder = Path(setting).expanduser() if setting else paths.config_dir() / "functions"
    if setting and not folder.is_dir():
        functions.problems.append(f"functions.folder: there is no folder {folder}.")
    own = [*load_files(functions, folder, taken, disabled)]
    own += load_packages(functions, [*taken, *own], disabled)
    for server in _servers(functions, config, [*taken, *own]):
        own.append(server.name)
        if server.name not in disabled:
            functions.take(server, server.functions, server.problems)
    if OwnSentences.name not in disabled:
        _load_sentences(functions, config)
    if Commands.name not in disabled:
        commands = Commands(paths.config_dir() / "commands.toml", config.functions.time_limit)
        functions.take(commands, commands.functions, commands.problems)
    return own


def _servers(functions: Functions, config: Config, taken: Sequence[str]) -> Iterable[ServerTools]:
    """Those of MCP servers, whose code (4 MB of asyncio and others) is only loaded for them."""
    if not config.mcp.servers:
        return ()
    from assistant.handlers.servers.family import families

    return families(config.mcp, config.functions.time_limit, functions.problems, taken)


def taught_store(config: Config, data: Path | None = None) -> TaughtStore:
    """What was taught by voice, and the routines in files."""
    kept = (data or paths.data_dir()) / "taught.toml"
    return TaughtStore(kept, paths.config_dir() / "routines", config.languages[0])


def _load_sentences(functions: Functions, config: Config) -> None:
    """Take in the user's files of sentences."""
    setting = config.functions.sentences
    folder = Path(setting).expanduser() if setting else paths.config_dir() / "sentences"
    if setting and not folder.is_dir():
        functions.problems.append(f"functions.sentences: there is no folder {folder}.")
    family = OwnSentences(folder, config.languages)
    functions.take(family, family.functions, family.problems)
