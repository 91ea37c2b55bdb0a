"""The functions that are loaded, and the actor that runs them."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.util
import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from assistant import localtime, paths
from assistant.errors import AssistantError, ConfigError, FunctionError, fault
from assistant.handlers.battery import Battery
from assistant.handlers.calculation import Calculation
from assistant.handlers.clock import Clock
from assistant.handlers.contract import Family, Function, Request, functions_of
from assistant.handlers.home import connected_home
from assistant.handlers.own_sentences import OwnSentences
from assistant.handlers.talk import Talk
from assistant.handlers.timer_store import TimerStore
from assistant.handlers.timers import Timers
from assistant.handlers.volume import Volume
from assistant.settings import Config
from assistant.types import Intent, Reply

log = logging.getLogger(__name__)

Now = Callable[[], dt.datetime]


class Functions:
    """All functions of the device, in the order in which their sentences are preferred."""

    def __init__(self, now: Now = localtime.now) -> None:
        """now: the aware local time."""
        self._now = now
        self._functions: list[Function] = []
        self.families: list[Family] = []
        self.problems: list[str] = []
        """What could not be loaded, a sentence each."""
        self._last_said = ""
        self._listeners: list[Callable[[], object]] = []

    def on_change(self, listener: Callable[[], object]) -> None:
        """`listener` is called, from any thread, when the phrases of some slot have changed."""
        self._listeners.append(listener)

    def changed(self) -> None:
        for listener in self._listeners:
            listener()

    def __iter__(self) -> Iterator[Function]:
        return iter(self._functions)

    def add(self, family: Family, owner: object | None = None) -> None:
        """Take in the functions of a family object, or of a module (`owner`) in its name.

        Raises ConfigError when one of them cannot be used; then none is taken.
        """
        if any(family.name == other.name for other in self.families):
            raise ConfigError(f"There are two families named {family.name}. Rename one.")
        self.include(functions_of(owner or family, family))
        self.families.append(family)
        family.changed = self.changed

    def include(self, functions: Iterable[Function]) -> None:
        self._functions += functions

    def of(self, family: Family) -> list[Function]:
        return [f for f in self if f.family is family]

    def prepare(self, route: Intent, text: str, language: str) -> Reply | None:
        """The reply of a function that may be called ahead; what it changes is yet to be done."""
        if not self._named(route.function, language).ahead:
            return None
        return self._safely(route.function, language, lambda: self._call(route, text, language))

    def act(self, route: Intent, text: str, language: str) -> Reply:
        """Run the function that was meant. Whatever goes wrong in it is a spoken apology."""
        reply = self._safely(route.function, language, lambda: self._call(route, text, language))
        return self.finish(reply)

    def finish(self, prepared: Reply) -> Reply:
        """Do what a reply says is done."""
        if (then := prepared.then) is None:
            return prepared

        def finished() -> Reply:
            then()
            return replace(prepared, then=None)

        return self._safely("what was to be done", prepared.language, finished)

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

    def close(self) -> None:
        for family in self.families:
            family.close()

    def _named(self, name: str, language: str) -> Function:
        """A user's intent may have one function a language, all of its name."""
        named = [f for f in self if f.name == name]
        return next((f for f in named if f.sentences.get(language)), None) or named[0]

    def _call(self, route: Intent, text: str, language: str) -> Reply:
        function = self._named(route.function, language)
        request = Request(text, language, self._now(), self._last_said)
        if (why := function.family.unavailable()) is not None:
            raise FunctionError(why["en"], spoken=dict(why))
        result = function.call(request, **route.slots)
        if result is None:
            return Reply("", language)
        return result if isinstance(result, Reply) else Reply(str(result), language)


def load(
    config: Config,
    *,
    data: Path | None = None,
    power_supply: Path = Path("/sys/class/power_supply"),
    now: Now = localtime.now,
) -> Functions:
    """The user's functions and the built-in ones, less those of the disabled families.

    data: the folder of the database; by default `paths.data_dir()`.
    A user's file that cannot be used is reported in `problems`, and left out.
    """
    functions = Functions(now)
    folder = Path(config.functions.folder).expanduser() if config.functions.folder else None
    if folder and not folder.is_dir():
        functions.problems.append(f"functions.folder: there is no folder {folder}.")
    talk = Talk(functions)
    database = (data or paths.data_dir()) / "assistant.db"
    calculation = Calculation(database.with_name("rates.json"))
    built_in = [
        Clock(),
        Timers(TimerStore(database)),
        Volume(),
        Battery(power_supply),
        calculation,
        connected_home(config.home, functions.problems),
        talk,
    ]
    taken = [OwnSentences.name, *(family.name for family in built_in)]

    own = sorted((folder or paths.config_dir() / "functions").glob("[!_]*.py"))
    for path in own:
        if path.stem in taken:
            functions.problems.append(f"{path}: there are functions of that name. Rename the file.")
        elif path.stem not in config.functions.disabled:
            _load_file(functions, path)
    if OwnSentences.name not in config.functions.disabled:
        _load_sentences(functions, config)
    for family in built_in:
        if family.name not in config.functions.disabled:
            functions.add(family)
    if talk in functions.families:
        functions.include(talk.topics())

    for name in config.functions.disabled:
        if name not in [*taken, *(path.stem for path in own)]:
            functions.problems.append(f"functions.disabled: there are no functions named {name!r}.")
    return functions


def _load_sentences(functions: Functions, config: Config) -> None:
    """Take in the user's files of sentences."""
    setting = config.functions.sentences
    folder = Path(setting).expanduser() if setting else paths.config_dir() / "sentences"
    if setting and not folder.is_dir():
        functions.problems.append(f"functions.sentences: there is no folder {folder}.")
    family = OwnSentences(folder, config.languages)
    functions.problems += family.problems
    if family.functions:
        functions.add(family)
        functions.include(family.functions)


def _load_file(functions: Functions, path: Path) -> None:
    """Take in a file of the user; one that cannot be used is left out, and reported."""
    try:
        _import_file(functions, path)
    except ConfigError as error:
        functions.problems.append(f"{path}: {error}")
    except (Exception, SystemExit) as error:  # noqa: BLE001  whatever the user's file raises
        functions.problems.append(f"{path} cannot be loaded: {type(error).__name__}: {error}.")


def _import_file(functions: Functions, path: Path) -> None:
    """Import a file by its path: its functions make a family named like the file."""
    name = f"assistant_functions_{path.stem}_{hashlib.sha256(bytes(path)).hexdigest()[:8]}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ConfigError("it is not a Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # the annotations of dataclasses are looked up there
    try:
        spec.loader.exec_module(module)
        topic = " ".join(re.findall(r"[^\W_]+", path.stem))
        family = type("UserFamily", (Family,), {"name": path.stem, "topic": {"en": topic}})()
        functions.add(family, module)
    except BaseException:
        del sys.modules[name]
        raise
