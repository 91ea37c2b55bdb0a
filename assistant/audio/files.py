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
from typing import Any

import av
import av.error
import numpy as np

from assistant.errors import AudioFileError, StorageError
from assistant.types import LOOP_RATE, Samples, Speech

log = logging.getLogger(__name__)


def read_audio(path: str | Path) -> Iterator[Samples]:
    """Decode the first sound track of `path` to 16 kHz mono, piece by piece as it is asked for.

    Raises AudioFileError: at once when the file cannot be opened or holds no sound.
    """
    file = Path(path)
    _check_readable(file)
    pieces = _decode(file)
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


def _decode(file: Path) -> Iterator[Samples]:
    options = {"ignore_length": "1"} if _length_too_short(file) else {}
    try:
        # "file:" keeps a name such as "concat:a|b" from being taken for a protocol
        container = av.open(f"file:{file}", options=options, metadata_errors="ignore")
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise _not_sound(file) from error
    with container:
        if not container.streams.audio:
            raise _not_sound(file)
        to_loop = _Converter()
        for frame in _frames(container, file):
            yield from to_loop.convert(frame)
        yield from to_loop.flush()


def _frames(container: Any, file: Path) -> Iterator[Any]:
    """All frames of the first sound track that can be decoded."""
    stream = container.streams.audio[0]
    packets = container.demux(stream)
    seconds, warned = 0.0, False
    while True:
        try:
            packet = next(packets, None)
            frames = packet.decode() if packet is not None else None
        except (av.error.FFmpegError, ValueError) as error:
            # A damaged packet is left out. A demuxer that fails is over: it yields no more.
            if not warned:
                log.warning(
                    "%s is damaged at %.1f s (%s): that part is skipped", file, seconds, error
                )
            warned = True
            continue
        if frames is None:
            return
        for frame in frames:
            seconds = frame.time or seconds
            yield frame


class _Converter:
    """Any frame of sound to 16 kHz mono int16, even when the format changes in mid-file."""

    def __init__(self) -> None:
        self._resampler: av.AudioResampler | None = None
        self._format: tuple[object, ...] = ()

    def convert(self, frame: Any) -> Iterator[Samples]:
        given = (frame.sample_rate, frame.layout.name, frame.format.name)
        if given != self._format:
            yield from self.flush()
            self._format = given
            self._resampler = av.AudioResampler(format="s16", layout="mono", rate=LOOP_RATE)
        frame.pts = None  # a gap in the time stamps is not filled
        yield from self._run(frame)

    def flush(self) -> Iterator[Samples]:
        """What the filter still holds."""
        if self._resampler is not None:
            yield from self._run(None)
            self._resampler = None

    def _run(self, frame: Any) -> Iterator[Samples]:
        assert self._resampler is not None
        for converted in self._resampler.resample(frame):
            samples: Samples = converted.to_ndarray().reshape(-1).astype(np.int16, copy=False)
            if len(samples):
                yield samples


def _length_too_short(file: Path) -> bool:
    """Whether a WAV header claims less than there is: sound goes on where a chunk should start.

    So it is with the file of a recorder that died before it corrected its header. Headers
    that claim too much, 0 or 2^32 - 1 ("until the end"), the decoder understands by itself.
    """
    size = file.stat().st_size
    with file.open("rb") as raw:
        head = raw.read(12)
        if head[:4] != b"RIFF" or head[8:] != b"WAVE":
            return False
        seen_data = False
        while raw.tell() + 8 <= size:
            name, length = raw.read(4), int.from_bytes(raw.read(4), "little")
            plausible = all(32 <= byte < 127 for byte in name) and raw.tell() + length <= size
            if seen_data and not plausible:
                return True
            if name == b"data":
                if length == 0:
                    return False
                seen_data = True
            raw.seek(length + length % 2, os.SEEK_CUR)
    return False


def _not_sound(file: Path) -> AudioFileError:
    return AudioFileError(
        f"{file} is not a sound file, or its header is damaged. "
        "Give a WAV, FLAC, OGG, Opus, MP3 or M4A file."
    )
