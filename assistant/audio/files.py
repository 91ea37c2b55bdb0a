"""Sound files: any of them in, WAV out.

Reading streams: an hour-long file takes no more memory than a short one. What is damaged is
skipped, with a warning in the log that says where, and the rest is delivered: a person who
plays us a scratched recording wants an answer to what is left of it. Only a file in which
nothing can be decoded is an error.
"""

from __future__ import annotations

import itertools
import logging
import os
import wave
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import AudioFileError, StorageError
from assistant.types import Samples, Speech

log = logging.getLogger(__name__)


def read_audio(path: str | Path) -> Iterator[Samples]:
    """Decode the first sound track of `path` to 16 kHz mono, piece by piece as it is asked for.

    Raises AudioFileError: at once when the file cannot be opened or holds no sound.
    """
    from assistant.audio.decoding import decode

    file = Path(path)
    _check_readable(file)
    pieces = decode(file)
    first = next(pieces, None)
    if first is None:
        raise AudioFileError(f"{file} holds no sound: it is empty, or all of it is damaged.")
    return itertools.chain([first], pieces)


def write_wav(path: str | Path, speech: Speech) -> None:
    """Write a 16-bit mono WAV file, whole or not at all. Raises StorageError.

    A device or a pipe (/dev/stdout) is written to as it is.
    """
    file = Path(path)
    try:
        if file.exists() and not file.is_file():
            _write(file, speech)
            return
        target = file.resolve()
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            _write(part, speech)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"{file} cannot be written: {error.strerror}. Free some space or choose another place."
        ) from error


def _write(file: Path, speech: Speech) -> None:
    with file.open("wb") as raw, wave.open(raw, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(speech.rate)
        out.setnframes(len(speech.samples))  # known at once: a pipe cannot be rewound
        out.writeframesraw(speech.samples.astype("<i2").tobytes())


def _check_readable(file: Path) -> None:
    try:
        if file.is_dir():
            raise AudioFileError(f"{file} is a folder. Name a sound file inside it.")
        with file.open("rb") as opened:
            if not opened.read(1):
                raise AudioFileError(f"{file} is empty (0 bytes). Record it again.")
    except FileNotFoundError as error:
        raise AudioFileError(f"There is no file {file}. Check its name.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        reason = getattr(error, "strerror", None) or error
        raise AudioFileError(f"{file} cannot be read: {reason}.") from error
