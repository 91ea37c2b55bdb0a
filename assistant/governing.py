"""The governor at work: it looks at the machine now and then, and changes what the engines are
told.

A thread of its own looks, since a battery's controller may take a while to answer. Engines whose
settings changed are loaded anew, after what they are doing; what is not loaded stays so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from assistant.heap import give_back
from assistant.power.conditions import Reader, limit_mb
from assistant.power.fitting import chosen, ladder, needed
from assistant.power.governor import Conditions, Governor, Taken
from assistant.power.ladder import RUNGS, Memory
from assistant.power.standing import Standing
from assistant.power.words import announcement
from assistant.settings import Config, Step
from assistant.stages import Stages
from assistant.types import Announcement
from assistant.worker import Worker

EVERY, CLOSE = 15.0, 2.0
"""Seconds between looks, and while memory is nearly used up or grows."""
_NEAR = 0.8  # of the budget
_GROWS = 20.0  # MB from one look to the next


class Governing:
    """`tick`, `pin` and `word` may be called from any thread.

    changed: told the new settings, for what is no engine (how soon to unload, the gate before the
    wake word).
    """

    def __init__(
        self,
        stages: Stages,
        standing: Standing,
        governor: Governor,
        read: Callable[[], Conditions],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.standing = standing
        self.changed: Callable[[Config], object] = bool
        self._stages = stages
        self._governor = governor
        self._read = read
        self._clock = clock
        self._worker: Worker[None] = Worker("watch", lambda: None, patience=30.0)
        self._looking: Future[None] | None = None
        self._looked_at = float("-inf")
        self._every = EVERY
        self._used = 0.0  # MB, at the last look
        self._word: Announcement | None = None
        self._said: set[str] = set()
        standing.pin = self.pin

    def begin(self) -> None:
        """Before anything is loaded: put in force what the budget and the machine ask for."""
        self._look(self._clock())

    def tick(self, now: float) -> None:
        """Time goes by; monotonic seconds."""
        looking = self._looking is not None and not self._looking.done()
        if not looking and now - self._looked_at >= self._every:
            self._looked_at = now
            self._looking = self._worker.start(lambda _: self._look(now))

    def pin(self, on: bool) -> None:
        """Save power whatever the machine is like, or no longer; in force when this returns."""
        now = self._clock()

        def pinned(_: None) -> None:
            self._governor.pin("battery_low", on, now)
            self._look(now)

        self._worker.ask(pinned)

    def word(self) -> Announcement | None:
        """What is to be said about it, after a turn; each kind once in a run."""
        word, self._word = self._word, None
        return word

    def close(self) -> None:
        self._worker.close()

    def _look(self, now: float) -> None:
        found = self._read()
        self.standing.conditions = found
        near, grows = self._memory(found.memory)
        short = found.memory is not None and found.memory.short
        self._every = CLOSE if near or grows or short else EVERY
        taken = self._governor.look(now, found)
        was = [step.step for step in self.standing.taken]
        if [step.step for step in taken] != was:
            self._take(taken, [step for step in taken if step.step not in was])
        elif near:
            give_back()  # what the engines left behind since the last look

    def _memory(self, memory: Memory | None) -> tuple[bool, bool]:
        """Whether it is nearly used up, and whether it grows: something is being loaded."""
        if memory is None:
            return False, False
        used, self._used = self._used, memory.used
        near = replace(memory, need=0.0).short or memory.used > _NEAR * memory.budget > 0
        return near, memory.used > used + _GROWS

    def _take(self, taken: Sequence[Taken], new: Sequence[Taken]) -> None:
        before, after = self.standing.take(taken)
        self.changed(after)
        for worker in self._outdated(before, after):
            if worker.loaded:
                worker.unload()
                worker.warm()
        steps = {step.step for step in new}
        self._keep_speech(before.speak.cache_mb, after.speak.cache_mb)
        self._let_go(steps, models=_models(before) != _models(after))
        cause = "memory" if steps & set(RUNGS) else "power"
        word = announcement(new, self.standing)
        if word is not None and cause not in self._said:
            self._said.add(cause)
            self._word = word

    def _outdated(self, before: Config, after: Config) -> list[Worker[Any]]:
        stages, found = self._stages, list[Worker[Any]]()
        if before.stt != after.stt:
            found.append(stages.transcriber)
        for language, voice in stages.voices.items():
            if before.speak.voice(language) != after.speak.voice(language):
                found.append(voice)
        if (before.think.threads, before.think.max_tokens) != (
            after.think.threads,
            after.think.max_tokens,
        ):
            found += thinkers(stages)
        return found

    def _keep_speech(self, before: float, after: float) -> None:
        """MB of rendered speech that voices keep; one that is loaded later finds it out itself."""
        for voice in self._stages.voices.values():
            if before != after and voice.loaded:
                voice.start(lambda v: v.keep(after))

    def _let_go(self, steps: set[Step], models: bool) -> None:
        """What is in memory and not needed any more. models: others answer from now on; the next
        question loads them."""
        gone: list[Worker[Any]] = []
        if "caches" in steps:
            gone += self._stages.embedders
            self._stages.router.rest()
        if models or not self.standing.answers:
            gone += thinkers(self._stages)
        loaded = [worker for worker in gone if worker.loaded]
        for worker in loaded:
            worker.unload().add_done_callback(lambda _: give_back())
        if steps & set(RUNGS) and not loaded:
            give_back()


def _models(config: Config) -> tuple[str, str]:
    return config.think.model, config.think.larger


def thinkers(stages: Stages) -> list[Worker[Any]]:
    return [*stages.thinkers] or ([stages.thinker] if stages.thinker is not None else [])


def _need(standing: Standing) -> float:
    return float(needed(chosen(standing.config)))


@contextmanager
def governing(config: Config, stages: Stages, standing: Standing) -> Iterator[Governing | None]:
    """That of this machine, begun; None where it is turned off."""
    if not config.governor.enabled:
        yield None
        return
    root = Path(config.power.root)
    most = limit_mb(config, root)
    budget, least_free = config.budget.memory_peak_mb, config.memory.least_free_mb
    plan = partial(_need, standing)
    reader = Reader(root, budget, least_free, time.monotonic, plan)
    governor = Governor(config.governor, ladder(config, most))
    with closing(Governing(stages, standing, governor, reader.read)) as made:
        made.begin()
        yield made
