"""The sound that the loop hears: from a source that is opened again whenever it was gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator

from assistant.errors import AudioDeviceError
from assistant.stages import Source
from assistant.types import LOOP_RATE, AudioChunk, Event

SOON, LATER = 0.2, 1.0
"""Seconds between attempts to open a microphone that is gone, at first and later. One takes 15 ms
of a processor here, and more where the sound library asks every device of a real machine."""
SOON_FOR = 10.0
"""A sound server that crashed is back by then, as is a headset that changes its profile."""
GAP = 1.0
"""Seconds of sound that are missing: who was speaking is not understood any more. A machine that
was suspended, or far too busy."""


class Reopened:
    """Used by the thread of the ears.

    stop: ends it, once what is being read is there. cut_off: called where sound is missing; tells
    whether somebody was speaking. again: that person can be heard again, and is to be asked to
    repeat it. patient: one that is not there at first is waited for, too; else that is final, and
    AudioDeviceError is raised.
    """

    def __init__(
        self,
        open_source: Callable[[], Source],
        stop: threading.Event,
        emit: Callable[[Event], object],
        cut_off: Callable[[], bool],
        again: Callable[[], object],
        *,
        patient: bool = False,
    ) -> None:
        self.ended = False
        """The source has come to its end: it was a file."""
        self._open_source = open_source
        self._stop, self._emit = stop, emit
        self._cut_off, self._again = cut_off, again
        self._patient = patient
        self._owed = False  # somebody was cut off
        self._source: Source | None = None

    @property
    def lost_samples(self) -> int:
        return self._source.lost_samples if self._source is not None else 0

    def chunks(self) -> Generator[AudioChunk]:
        """All that is heard. To be closed by whoever does not read it to its end."""
        while not self._stop.is_set():
            source = self._source = self._open()
            try:
                yield from self._read(source)
                return
            except AudioDeviceError as error:
                self._owed = self._cut_off() or self._owed
                self._emit(Event("degraded", str(error)))
            finally:
                source.close()

    def _read(self, source: Source) -> Generator[AudioChunk]:
        end: int | None = None
        while not self._stop.is_set():
            chunk = source.read()
            if chunk is None:
                self.ended = True
                return
            if end is not None and chunk.start - end > GAP * LOOP_RATE and self._cut_off():
                self._again()
            end = chunk.end
            yield chunk

    def _open(self) -> Source:
        began, told = time.monotonic(), set[str]()
        while True:
            try:
                source = self._open_source()
            except AudioDeviceError as error:
                pause = SOON if time.monotonic() - began < SOON_FOR else LATER
                if not self._patient or self._stop.wait(pause):
                    raise
                if str(error) not in told:
                    self._emit(Event("degraded", str(error)))
                told.add(str(error))
                continue
            self._patient = True
            self._emit(Event("ready"))
            if self._owed:
                self._again()
            self._owed = False
            return source
