"""The microphone, opened while the rest of the program is still being loaded.

That takes half a second on a laptop and some seconds on a small board. A microphone keeps what it
hears until it is read, so a command that is said meanwhile is answered like any other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from assistant.audio.source import Microphone
from assistant.daemon.ears import muted_file
from assistant.settings import Audio


class EarlyMicrophone:
    """Opened by a thread of its own, with these settings. Given away once."""

    def __init__(self, audio: Audio) -> None:
        self._audio = audio
        self._dozes: Callable[[], float] = lambda: 0.0
        self._opened: Future[Microphone] | None = Future()
        threading.Thread(target=self._open, args=(self._opened,), name="microphone").start()

    def settle(self) -> None:
        """Wait until it is open, or has failed: the sound library is best asked one by one."""
        if self._opened is not None:
            self._opened.exception()

    def take(self, audio: Audio, doze: Callable[[], float]) -> Microphone | None:
        """It, as whoever takes it would have opened it; None where it was opened with other
        settings, or was taken before. Raises AudioDeviceError where it could not be opened."""
        opened, self._opened = self._opened, None
        if opened is None:
            return None
        microphone = opened.result()
        if audio != self._audio:
            microphone.close()
            return None
        self._dozes = doze
        return microphone

    def close(self) -> None:
        """Close it, unless somebody has taken it."""
        opened, self._opened = self._opened, None
        if opened is not None and opened.exception() is None:
            opened.result().close()

    def _doze(self) -> float:
        return self._dozes()

    def _open(self, opened: Future[Microphone]) -> None:
        audio = self._audio
        try:
            opened.set_result(Microphone(audio.input, audio.block_ms, doze=self._doze))
        except Exception as error:  # noqa: BLE001 - raised to whoever takes it, who would wait for ever
            opened.set_exception(error)


@contextmanager
def early_microphone(audio: Audio) -> Iterator[EarlyMicrophone | None]:
    """None while the microphone is muted: then nothing opens it."""
    if muted_file().exists():
        yield None
        return
    early = EarlyMicrophone(audio)
    try:
        yield early
    finally:
        early.close()
