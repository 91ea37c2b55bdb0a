"""Functions that others wrote: files in the user's folder, and packages that are installed.

A package offers its functions as entry points of the group `assistant.functions`:

    [project.entry-points."assistant.functions"]
    coin = "my_package.coin"            # a module, or a Family class in one: "my_package:Coin"
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
import sys
import types
from collections.abc import Collection, Iterator
from importlib import metadata
from pathlib import Path
from typing import Protocol

from assistant.errors import ConfigError
from assistant.handlers.contract import Family

GROUP = "assistant.functions"


class Registry(Protocol):
    problems: list[str]

    def add(self, family: Family, owner: object | None = None) -> None: ...


def load_files(
    functions: Registry, folder: Path, taken: Collection[str], disabled: Collection[str]
) -> Iterator[str]:
    """Take in the files of a folder, and give the names of all, also of those left out. One that
    cannot be used is left out, and told in `problems`."""
    for path in sorted(folder.glob("[!_]*.py")):
        yield path.stem
        if path.stem in taken:
            functions.problems.append(f"{path}: there are functions of that name. Rename the file.")
        elif path.stem not in disabled:
            _load_file(functions, path)


def load_packages(
    functions: Registry, taken: Collection[str], disabled: Collection[str]
) -> Iterator[str]:
    """The same with the entry points of installed packages."""
    for point in sorted(metadata.entry_points(group=GROUP), key=lambda point: point.name):
        yield point.name
        where = f"The package with {point.value}"
        if point.name in taken:
            functions.problems.append(f"{where}: there are functions named {point.name}.")
            continue
        if point.name in disabled:
            continue
        try:
            _add(functions, point.name, point.load())
        except ConfigError as error:
            functions.problems.append(f"{where}: {error}")
        except (Exception, SystemExit) as error:  # noqa: BLE001  whatever their code raises
            functions.problems.append(_told(where, error))


def _add(functions: Registry, name: str, found: object) -> None:
    """Take in what an entry point leads to."""
    if isinstance(found, type) and issubclass(found, Family):
        found = found()
    if isinstance(found, Family):
        if found.name != name:
            raise ConfigError(f"its family is named {found.name!r}, its entry point {name!r}.")
        functions.add(found)
    elif isinstance(found, types.ModuleType):
        functions.add(_family(name), found)
    else:
        raise ConfigError("its entry point must lead to a module or a Family.")


def _load_file(functions: Registry, path: Path) -> None:
    try:
        _import_file(functions, path)
    except ConfigError as error:
        functions.problems.append(f"{path}: {error}")
    except (Exception, SystemExit) as error:  # noqa: BLE001  whatever the user's file raises
        functions.problems.append(_told(str(path), error))


def _told(where: str, error: BaseException) -> str:
    return f"{where} cannot be loaded: {type(error).__name__}: {error}."


def _import_file(functions: Registry, path: Path) -> None:
    """Import a file by its path: its functions make a family named like the file."""
    name = f"assistant_functions_{path.stem}_{hashlib.sha256(bytes(path)).hexdigest()[:8]}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ConfigError("it is not a Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # the annotations of dataclasses are looked up there
    try:
        spec.loader.exec_module(module)
        functions.add(_family(path.stem), module)
    except BaseException:
        del sys.modules[name]
        raise


def _family(name: str) -> Family:
    topic = " ".join(re.findall(r"[^\W_]+", name))
    family: Family = type("UserFamily", (Family,), {"name": name, "topic": {"en": topic}})()
    return family
