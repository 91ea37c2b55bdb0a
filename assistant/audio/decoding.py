"""Any file of sound to samples, through FFmpeg's libraries, which waiting does not need (12 MB)."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import av.error
import numpy as np

from assistant.errors import AudioFileError
from assistant.types import LOOP_RATE, Samples

log = logging.getLogger(__name__)


def decode(file: Path) -> Iterator[Samples]:
    """The first sound track, 16 kHz mono, piece by piece. Raises AudioFileError."""
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
        try:
            made = self._resampler.resample(frame)
        except (av.error.FFmpegError, ValueError):  # a rate, say, that no header meant
            self._resampler, self._format = None, ()
            return
        for converted in made:
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
