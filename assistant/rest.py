"""The engines' memory: loaded before it is needed, given back when nobody has spoken for long."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

import psutil

from assistant import models, paths
from assistant.governing import Governing, thinkers
from assistant.heap import give_back, let_go_of_code, let_go_of_files, trim
from assistant.patience import LOOK_EVERY
from assistant.settings import Config
from assistant.speak.text import speakable
from assistant.stages import Stages, Voice
from assistant.types import Announcement
from assistant.worker import Worker

_LOOK_EVERY = 5.0  # seconds
AGAIN = 30.0
"""Seconds between looks whether something has loaded an engine while we rest: examples that were
still being embedded, an announcement that was rendered ahead."""

TRIM = 0.5
"""Seconds after a turn, when what the engines needed for it is given back: 10 to 40 MB of their
heap, in a millisecond."""
TIDY = 3.0
"""Seconds after a turn: what it left behind, and the code that it ran, are 50 MB. Tidying takes
5 ms, and the next turn is no slower (130 ms of processor time either way): what it needs of the
code is still in the page cache."""


def warm(stages: Stages, config: Config, *, render: bool = True) -> list[Future[None]]:
    """Load the engines while the microphone is already listening.

    render: have the frequent replies rendered, too; not worth it for a program that soon ends.
    """
    futures = [stages.transcriber.warm(), *(v.warm() for v in stages.voices.values())]
    futures += [embedder.warm() for embedder in stages.embedders]
    for language, voice in stages.voices.items() if render else ():
        render_ahead(voice, [speakable(text, language) for text in stages.phrases(language)])
    if stages.thinker is not None and config.think.load == "start":
        futures.append(stages.thinker.warm())
    return futures


def render_ahead(voice: Worker[Voice], phrases: list[str]) -> None:
    """Have the voice render what it says often, one phrase at a time, so that whoever wants to
    speak meanwhile waits for one at most. Ends by itself; a voice that fails is told elsewhere."""
    if not phrases:
        return
    phrase, *rest = phrases
    rendered = voice.start(lambda v: v.remember([phrase]))

    def next_one(done: Future[None]) -> None:
        if not done.cancelled() and done.exception() is None:
            with contextlib.suppress(RuntimeError):  # the program ends: its worker takes no more
                render_ahead(voice, rest)

    rendered.add_done_callback(next_one)


def tidied() -> None:
    """What a turn left behind is given back."""
    trim()
    let_go()


def let_go() -> None:
    """Of all that comes back by itself when it is used."""
    let_go_of_code()
    let_go_of_files([models.models_dir(), paths.cache_dir()])


class Rest:
    """Unloads the engines when they were not used for a while, and loads them again in time:
    at the wake word, so that they are there before the command is over.

    All times are monotonic seconds. `used` and `idle` may be called by different threads.
    """

    def __init__(
        self,
        stages: Stages,
        config: Config,
        governing: Governing | None = None,
        also: Callable[[Config], object] = bool,
        tidy: Callable[[], object] = tidied,
    ) -> None:
        """governing: told of the time; it may change the settings, of which `also` is told, too.
        tidy: called some seconds after each turn."""
        self._also = also
        self._governing = governing
        self._thinkers = thinkers(stages)
        self._router = stages.router
        workers = [stages.transcriber, *stages.voices.values(), *stages.embedders]
        self._workers: list[Worker[Any]] = [*workers, *self._thinkers]
        self._after = config.memory.idle_unload or float("inf")
        self._config = config
        self._warm: Callable[[], object] = lambda: warm(stages, self._config)
        self._used_at = float("inf")  # nothing was loaded yet
        self._resting = False
        self._tidy = tidy
        self._trimmed = self._tidied = False
        self._least_free = config.memory.least_free_mb * 1e6
        self._free_looked_at = float("-inf")
        self._looked_at = 0.0
        self._cared_at = 0.0
        if governing is not None:
            self._change(governing.standing.config)
            governing.changed = self._change

    def _change(self, config: Config) -> None:
        """There are other settings now."""
        self._config = config
        self._after = config.memory.idle_unload or float("inf")
        self._also(config)

    def word(self) -> Announcement | None:
        """What is to be said about what the governor did, once a turn is over."""
        return self._governing.word() if self._governing is not None else None

    def used(self, now: float) -> None:
        """Somebody speaks, or is spoken to."""
        self._used_at = now
        self._trimmed = self._tidied = False
        if self._resting:
            self._resting = False
            self._warm()
            return
        for worker in self._workers:
            if worker.loaded:  # does it still live? There is time to make it anew
                worker.warm()

    def idle(self, now: float) -> None:
        """Nobody does."""
        self._used_at = min(self._used_at, now)
        self._care(now)
        self._look_at_memory(now)
        if self._governing is not None:
            self._governing.tick(now)
        if now - self._used_at > TRIM and not self._trimmed:
            self._trimmed = True
            self._workers[0].after(trim)
        if now - self._used_at > TIDY and not self._tidied:
            self._tidied = True
            self._workers[0].after(self._tidy)
        if now - self._used_at > self._after and not self._resting:
            self._resting = True
            self._looked_at = now
            self._unload(self._workers)
        elif self._resting and now - self._looked_at > AGAIN:
            self._looked_at = now
            if any(worker.loaded for worker in self._workers):
                self._unload(self._workers)

    def _care(self, now: float) -> None:
        if now - self._cared_at >= LOOK_EVERY:
            self._cared_at = now
            for worker in self._workers:
                worker.care()

    def _look_at_memory(self, now: float) -> None:
        """Where memory gets short, the language models go first: they are the largest, and the
        next question loads them again, in the time that it takes to say it."""
        if not self._least_free or now - self._free_looked_at < _LOOK_EVERY:
            return
        self._free_looked_at = now
        if psutil.virtual_memory().available < self._least_free:
            self._unload([worker for worker in self._thinkers if worker.loaded])

    def _unload(self, workers: Sequence[Worker[Any]]) -> None:
        """Each in its own thread, after what it has to do; the last one gives the memory back."""
        left = itertools.count(len(workers) - 1, -1)

        def unloaded(_: Future[None]) -> None:
            if next(left) == 0:
                if self._resting:
                    self._router.rest()
                give_back()
                if self._resting:
                    let_go()

        for worker in workers:
            worker.unload().add_done_callback(unloaded)
