"""Rendered speech, kept: what is said often need not be rendered again.

All of it is kept in memory for a while. On disk there are only the fixed phrases that were
handed to `remember`: anything else that is said may be private.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import wave
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from assistant import paths
from assistant.apart.engines import Apart
from assistant.stages import Renderer
from assistant.types import Speech

MB = 1_000_000


class SpeechCache:
    """Speech of one voice by sentence: the latest in memory, the fixed phrases in `folder`.

    identity: whatever changes how the voice sounds (its name, its file, its pace); another
    identity never finds this one's sounds. `memory_bytes` and `disk_bytes` are upper bounds;
    the oldest gives way, and all voices share the folder's.
    """

    def __init__(
        self,
        folder: Path,
        identity: str,
        *,
        memory_bytes: int = 8 * MB,
        disk_bytes: int = 32 * MB,
    ) -> None:
        self._folder = folder
        self._identity = identity
        self._memory_bytes = memory_bytes
        self._disk_bytes = disk_bytes
        self._held: OrderedDict[str, Speech] = OrderedDict()
        self._held_bytes = 0

    def at(self, pace: float) -> SpeechCache:
        """That of the same voice at another pace, with the same bounds."""
        return SpeechCache(
            self._folder,
            f"{self._identity} {pace}",
            memory_bytes=self._memory_bytes,
            disk_bytes=self._disk_bytes,
        )

    def find(self, sentence: str) -> Speech | None:
        """The speech of `sentence`, if it is here."""
        if sentence in self._held:
            self._held.move_to_end(sentence)
            return self._held[sentence]
        speech = _read(self._file(sentence))
        if speech is not None:
            self.hold(sentence, speech)
        return speech

    def hold(self, sentence: str, speech: Speech) -> None:
        """Keep it in memory, from now on unchangeable."""
        size = speech.samples.nbytes
        if size > self._memory_bytes or sentence in self._held:
            return
        speech.samples.flags.writeable = False
        self._held[sentence] = speech
        self._held_bytes += size
        self.keep(self._memory_bytes)

    def keep(self, memory_bytes: int) -> None:
        """Another bound for what is in memory, from now on."""
        self._memory_bytes = memory_bytes
        while self._held_bytes > self._memory_bytes:
            _, oldest = self._held.popitem(last=False)
            self._held_bytes -= oldest.samples.nbytes

    def store(self, sentence: str, speech: Speech) -> None:
        """Keep it on disk; a disk that is full or not ours costs nothing but the time saved."""
        file = self._file(sentence)
        if file.is_file() and _read(file) is not None:
            return
        with contextlib.suppress(OSError):
            _write(file, speech)
            self._make_room()

    def _file(self, sentence: str) -> Path:
        key = hashlib.sha256(f"{self._identity}\0{sentence}".encode("utf-8", "replace"))
        return self._folder / f"{key.hexdigest()}.wav"

    def _make_room(self) -> None:
        files = [(file.stat(), file) for file in self._folder.glob("*.wav")]
        files.sort(key=lambda entry: entry[0].st_mtime_ns, reverse=True)  # the latest first
        total = 0
        for status, file in files:
            total += status.st_size
            if total > self._disk_bytes:
                file.unlink(missing_ok=True)


class CachedVoice:
    """A voice that renders a sentence once."""

    def __init__(self, voice: Renderer, cache: SpeechCache) -> None:
        self.language = voice.language
        self.rate = voice.rate
        self._voice = voice
        self._cache = self._usual = cache

    def set_pace(self, pace: float) -> None:
        """From the next sentence on: 1 is the voice's own pace, 2 twice as fast. What was rendered
        at another pace is kept, and not found."""
        self._voice.set_pace(pace)
        self._cache = self._usual.at(pace)

    def keep(self, mb: float) -> None:
        """From now on at most so many megabytes of rendered speech in memory."""
        for cache in (self._cache, self._usual):
            cache.keep(round(mb * MB))

    @property
    def ended(self) -> bool:
        """Whether the process of what renders has ended."""
        return isinstance(self._voice, Apart) and self._voice.ended

    def ping(self) -> None:
        """Returns when that process, if there is one, has answered. Raises EngineError."""
        if isinstance(self._voice, Apart):
            self._voice.ping()

    def close(self) -> None:
        """End what renders, if that is a process."""
        if isinstance(self._voice, Apart):
            self._voice.close()

    def kill(self) -> bool:
        """The same, by force; false: it is none."""
        return isinstance(self._voice, Apart) and self._voice.kill()

    def synthesize(self, sentence: str) -> Speech:
        """The speech of one sentence of plain text, rendered now or before."""
        speech = self._cache.find(sentence)
        if speech is None:
            speech = self._voice.synthesize(sentence)
            self._cache.hold(sentence, speech)
        return speech

    def remember(self, sentences: Iterable[str]) -> None:
        """Render fixed phrases ahead, and keep them on disk for the next start too.

        They must be the very texts that `synthesize` will be given.
        """
        for sentence in sentences:
            self._cache.store(sentence, self.synthesize(sentence))


def _read(file: Path) -> Speech | None:
    """The speech in `file`; None when there is none, or it is damaged."""
    try:
        with wave.open(str(file), "rb") as sound:
            count = sound.getnframes()
            samples = np.frombuffer(sound.readframes(count), np.int16).copy()
            plain = sound.getnchannels() == 1 and sound.getsampwidth() == 2
            whole = plain and len(samples) == count
            return Speech(samples, sound.getframerate()) if whole else None
    except (OSError, EOFError, wave.Error, ValueError):
        return None


def _write(file: Path, speech: Speech) -> None:
    """Write `file`, readable by its owner only, whole or not at all."""
    folder = paths.private_dir(file.parent)
    handle, name = tempfile.mkstemp(dir=folder, suffix=".new")  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as raw, wave.open(raw, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(speech.rate)
            sound.writeframes(speech.samples.tobytes())
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
