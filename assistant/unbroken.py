"""A speaker that goes while we speak is waited for, and says again what nobody heard."""

from __future__ import annotations

import time

from assistant.errors import AudioDeviceError
from assistant.stages import Sink
from assistant.types import Speech
from assistant.worker import Cancel

BACK_WITHIN = 4.0
"""Seconds: a sound server that crashed is back by then, a headset has changed its profile."""
AGAIN = 0.25
"""Seconds between attempts."""
NOTICED = 1.0
"""Seconds. What ended so shortly before the loss was noticed may not have been heard either."""


class Unbroken:
    """A Sink for one turn, used by the thread of the turns. Raises AudioDeviceError as `sink` does,
    when that is not back in time; then it waits no second time."""

    def __init__(self, sink: Sink, cancel: Cancel) -> None:
        self._sink = sink
        self._cancel = cancel
        self._handed: list[tuple[Speech, float]] = []  # and the monotonic second at which it ends
        self._given_up = False

    def prepare(self) -> None:
        self._sink.prepare()

    def play(self, speech: Speech) -> float:
        """See Sink. Not played when the turn is cancelled meanwhile."""
        try:
            return self._play(speech)
        except AudioDeviceError as error:
            return self._play(speech) if self._back(error) else time.monotonic()

    def finish(self, cancel: Cancel) -> bool:
        while True:
            try:
                return self._sink.finish(cancel)
            except AudioDeviceError as error:
                if not self._back(error):
                    return False

    def hold(self) -> None:
        self._sink.hold()

    def resume(self) -> None:
        self._sink.resume()

    def stop(self) -> None:
        self._handed = []
        self._sink.stop()

    def close(self) -> None:
        self._sink.close()

    def _play(self, speech: Speech) -> float:
        starts = self._sink.play(speech)
        begun = time.monotonic() - NOTICED
        self._handed = [(s, ends) for s, ends in self._handed if ends > begun]
        self._handed.append((speech, starts + speech.seconds))
        return starts

    def _back(self, error: AudioDeviceError) -> bool:
        """Wait for it, and have it say what was not heard; false: the turn is cancelled."""
        lost = time.monotonic()
        unheard = [speech for speech, ends in self._handed if ends > lost - NOTICED]
        while not self._given_up and time.monotonic() - lost < BACK_WITHIN:
            if self._cancel.wait(AGAIN):
                return False
            self._handed = []
            try:
                self._sink.prepare()
                for speech in unheard:
                    self._play(speech)
            except AudioDeviceError:
                continue
            return True
        self._given_up = True
        raise error
