"""What was measured of the installed models on this machine: `models.json` in the data folder.

`assistant bench models` writes it, and who answers a question is decided from it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from assistant import paths
from assistant.errors import StorageError


class Measured(msgspec.Struct, frozen=True):
    """One model. Times in seconds."""

    id: str
    version: str  # of the files: another version is another model
    first_token_seconds: float  # median
    answer_seconds: float  # median, to the end of the answer
    tokens_per_second: float
    load_seconds: float
    ram_mb: float  # that it added to the process
    joules: float | None  # an answer, of the whole machine; None without a meter
    quality: Mapping[str, tuple[int, int]]  # "en", "en fact": right, of so many
    measured: str  # ISO 8601


def table_file() -> Path:
    return paths.data_dir() / "models.json"


def read(file: Path | None = None) -> list[Measured]:
    """What is known; nothing, where nothing was measured or the file is damaged."""
    try:
        return msgspec.json.decode((file or table_file()).read_bytes(), type=list[Measured])
    except (OSError, ValueError, RecursionError):
        return []


def write(measured: Sequence[Measured], file: Path | None = None) -> Path:
    """Put what was measured in the place of what was known of the same models. Raises
    StorageError."""
    file = file or table_file()
    ids = {row.id for row in measured}
    rows = [row for row in read(file) if row.id not in ids] + list(measured)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".models-")
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(msgspec.json.format(msgspec.json.encode(rows), indent=1))
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StorageError(
            f"{file} cannot be written: {error.strerror}. Free some space and measure again."
        ) from error
    return file
