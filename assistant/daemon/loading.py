"""The engines, loaded as soon as the microphone is open: nothing keeps the ears waiting."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import Future

from assistant.assemble import Engines
from assistant.rest import warm


class Loading:
    """failed: called, from any thread, when one is broken without which nothing is heard or said;
    what cannot hear or speak need not listen."""

    def __init__(self, engines: Engines, failed: Callable[[], object]) -> None:
        self._engines = engines
        self._failed = failed
        self._begun = threading.Lock()
        self._needed: list[Future[None]] = []
        self._over = threading.Event()

    def begin(self) -> None:
        """From any thread; only the first call does anything."""
        if not self._begun.acquire(blocking=False):
            return
        stages = self._engines.stages
        # without the others, a language model say, only some of what is asked for fails
        self._needed = warm(stages, self._engines.standing.config)[: 1 + len(stages.voices)]
        for each in self._needed:
            each.add_done_callback(self._loaded)

    def end(self) -> None:
        """They are needed no more. Raises what went wrong while one was loaded."""
        for each in self._needed:
            if each.done():
                with contextlib.suppress(TimeoutError):  # see below
                    each.result()
        self._over.set()

    def _loaded(self, done: Future[None]) -> None:
        if done.cancelled() or self._over.is_set():
            return
        # one that hangs is given up, and made anew by the ears, or the guard begins all anew
        if done.exception() is not None and not isinstance(done.exception(), TimeoutError):
            self._failed()
