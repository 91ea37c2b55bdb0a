"""The microphone of a program that runs for long.

It is kept open while the loop is made anew with other settings, closed while it is muted, and
whenever it is read somebody is told, who takes a long silence of ours for death.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant import paths
from assistant.audio import pcm
from assistant.daemon.stillness import Stillness
from assistant.errors import AudioDeviceError, StorageError
from assistant.settings import Audio
from assistant.stages import Source
from assistant.types import LOOP_RATE, AudioChunk

log = logging.getLogger(__name__)

SILENCE = 0.2
"""Seconds of the pieces of silence that the loop is given while the microphone is closed."""
CLOSE_WITHIN = 3.0
"""Seconds after which muting is said to have failed."""


def muted_file() -> Path:
    """Exists while the microphone is muted, so that no restart opens it."""
    return paths.state_dir() / "muted"


class Ears:
    """A Source for one loop after another; `open` gives it to the next one.

    open_device: opens the microphone. on_mute: told, by the thread that reads, when the device
    was closed (true) or is about to be opened again (false). on_read: told at every read and
    attempt, with the level (0..1); None: there was no sound. on_still: told when the microphone
    gives nothing but one value (true), and when it gives sound again (false).
    rouse: ends a doze at the device.
    kept: the file that tells that it is muted; by default `muted_file()`.
    """

    def __init__(
        self,
        open_device: Callable[[Audio], Source],
        *,
        on_mute: Callable[[bool], object] = lambda _: None,
        on_read: Callable[[float | None], object] = lambda _: None,
        on_still: Callable[[bool], object] = lambda _: None,
        rouse: Callable[[], object] = bool,
        kept: Path | None = None,
    ) -> None:
        self.lost_samples = 0
        self._open_device = open_device
        self._on_mute, self._on_read, self._on_still = on_mute, on_read, on_still
        self.rouse = rouse
        """Has who dozes at the microphone read now: something is to be done. Any thread."""
        self._stillness = Stillness()
        self._file = kept or muted_file()
        self._audio: Audio | None = None
        self._opened_with: Audio | None = None
        self._device: Source | None = None
        self._lost_before = 0
        self._position = 0  # in the stream that the loop hears
        self._shift: int | None = None  # from the device's own count of samples to that
        self._muted = self._file.exists()
        self._gone = ""  # why there is no microphone to be opened
        self._moved = False  # to another microphone
        self._told = False  # whether the loop was told that it is muted
        self._changed = threading.Event()
        self._closed = threading.Event()

    @property
    def deaf(self) -> bool:
        """Whether it gave sound, and gives only stillness now."""
        return self._stillness.deaf and not self._muted

    @property
    def muted(self) -> bool:
        return self._muted

    def mute(self) -> bool:
        """Close the device, and wait until it is closed; false: it is not, the thread that reads
        it hangs. Raises StorageError when it could not be kept for the next start."""
        self._closed.clear()
        self._muted = True
        self._changed.set()
        self.rouse()
        try:
            paths.private_dir(self._file.parent)
            self._file.touch(mode=paths.OWNER_ONLY)
        except OSError as error:
            raise StorageError(
                f"Muted, but the next start will not know it: {error.strerror}."
            ) from error
        finally:
            closed = self._device is None or self._closed.wait(CLOSE_WITHIN)
        return closed

    def unmute(self) -> None:
        """Open the device again."""
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        self._muted = False
        self._changed.set()

    def lose(self, why: str) -> None:
        """There is no microphone, whatever can be opened: a sentence, for whoever reads; "": there
        is one again."""
        self._gone = why

    def moved(self) -> None:
        """The sound server gives us another microphone: half of what is being said was for the one
        before, and half a command is not done."""
        self._moved = True

    def open(self, audio: Audio) -> Source:
        """For the next loop: the device that is open, or a new one where the settings differ.
        Raises AudioDeviceError."""
        self._audio = audio
        self._on_read(None)
        if not self._muted:
            self._use_device()
        return self

    def read(self) -> AudioChunk | None:
        """As a Source: the next chunk; silence, at the speed of sound, while it is muted."""
        if self._muted:
            return self._nothing()
        if self._told:
            self._told = False
            self._on_mute(False)
        self._on_read(None)
        try:
            device = self._use_device()
            chunk = device.read()
        except AudioDeviceError:
            self.end()
            raise
        if chunk is None:
            return None
        self.lost_samples = self._lost_before + device.lost_samples
        if self._shift is None:
            self._shift = self._position - chunk.start
        chunk = replace(chunk, start=chunk.start + self._shift)
        self._position = chunk.end
        self._on_read(float(pcm.peak(chunk.samples)))
        match self._stillness.take(chunk.samples):
            case "sound":
                self._on_still(False)
            case "still" | "dead" as found:
                self.end()  # the next read opens it anew
                if found == "dead":
                    self._on_still(True)
        return chunk

    def close(self) -> None:
        """The loop needs it no more: the next one may, so the device stays open."""

    def end(self) -> None:
        """Close the device."""
        device, self._device = self._device, None
        if device is not None:
            self._lost_before += device.lost_samples
            device.close()
        self._closed.set()

    def _use_device(self) -> Source:
        assert self._audio is not None  # `open` comes first
        if self._device is not None and self._opened_with != self._audio:
            self.end()
        if self._gone:
            self.end()
            raise AudioDeviceError(self._gone, code="no_microphone")
        if self._device is not None and self._moved:
            self.end()
            raise AudioDeviceError("Another microphone is used now.", code="microphone_changed")
        if self._device is None:
            self._moved = False
            self._device = self._open_device(self._audio)
            self._opened_with = self._audio
            self._shift = None  # its first sample follows what was heard before
        return self._device

    def _nothing(self) -> AudioChunk:
        self._changed.clear()
        if not self._told:
            self.end()
            self._told = True
            self._on_mute(True)
        self._closed.set()
        if self._muted:
            self._changed.wait(SILENCE)
        samples = np.zeros(round(SILENCE * LOOP_RATE), np.int16)
        start, self._position = self._position, self._position + len(samples)
        self._on_read(None)
        return AudioChunk(samples, start, time.monotonic())
