"""The examples of a grammar with their vectors, kept on disk: the next start takes them from there.

To draw them and to find out which are sentences of some function takes a second of a core at each
start. A file is for its owner only, holds texts and numbers that nothing executes, is written whole
or not at all, and is made again when it is damaged or of another program, model or grammar.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from assistant import paths
from assistant.embedding import Vectors
from assistant.understand.example_sentences import Example
from assistant.understand.grammar import Grammar
from assistant.understand.layout_digest import digest_of

MOST_FILES = 4
"""Of a language; each a megabyte or two. Several are in use where settings differ."""
_DIGEST = 32  # bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """Examples, the vector of each, and its words without what carries no meaning."""

    vectors: Vectors
    examples: Sequence[Example]
    words: Sequence[tuple[str, ...]]


class _File(msgspec.Struct):
    texts: list[str]
    functions: list[str | None]
    words: list[tuple[str, ...]]
    size: int  # of a vector
    vectors: bytes  # 16-bit floats, one row after the other


def file_of(grammar: Grammar, model: str) -> Path:
    """Where the examples of a grammar are kept, with the vectors of a model."""
    digests = [(name, digest_of(grammar, name)) for name in grammar.functions]
    whole = (digests, model, _refused())
    key = hashlib.blake2b(repr(whole).encode(), digest_size=16).hexdigest()
    return _folder() / f"{grammar.language}-{key}.bin"


def read(file: Path) -> Prepared | None:
    """None when it is not there, or damaged."""
    try:
        data = file.read_bytes()
        if _digest(data[_DIGEST:]) != data[:_DIGEST]:
            return None
        kept = msgspec.msgpack.decode(memoryview(data)[_DIGEST:], type=_File)
        rows = np.frombuffer(kept.vectors, np.float16).reshape(-1, kept.size)
        if not len(kept.texts) == len(kept.functions) == len(kept.words) == len(rows):
            return None
    except (OSError, ValueError, msgspec.MsgspecError):
        return None
    with contextlib.suppress(OSError):
        os.utime(file)  # the latest that was used
    examples = [Example(*pair) for pair in zip(kept.texts, kept.functions, strict=True)]
    return Prepared(rows.astype(np.float32), examples, kept.words)


def write(file: Path, prepared: Prepared) -> None:
    """A full disk is no reason to stop: they are made again at the next start."""
    rows = prepared.vectors.astype(np.float16)
    texts = [example.text for example in prepared.examples]
    functions = [example.function for example in prepared.examples]
    kept = _File(texts, functions, [*prepared.words], rows.shape[1], rows.tobytes())
    body = msgspec.msgpack.encode(kept)
    with contextlib.suppress(OSError):
        paths.private_dir(file.parent)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".new")  # for its owner only
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(_digest(body) + body)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _forget_all_but_latest(file.name.partition("-")[0])


def _forget_all_but_latest(language: str) -> None:
    files = sorted(_folder().glob(f"{language}-*.bin"), key=lambda f: f.stat().st_mtime_ns)
    for file in files[:-MOST_FILES]:
        file.unlink(missing_ok=True)


def _folder() -> Path:
    return paths.cache_dir() / "examples"


def _refused() -> bytes:
    """Tells the sentences that no function serves."""
    return _digest((Path(__file__).parent / "elsewhere.toml").read_bytes())


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()
