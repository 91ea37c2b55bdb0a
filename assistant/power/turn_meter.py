"""The ledger in a thread of its own, since some meters are programs that take a while."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future, TimeoutError as TooLate
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import localtime
from assistant.power import kept
from assistant.power.accelerator import Accelerator
from assistant.power.attribution import Baseline
from assistant.power.ledger import Book, Ledger
from assistant.power.meter import BestMeter, Meter
from assistant.power.reading import EnergySensor
from assistant.power.sensors import candidates
from assistant.power.sensors.estimate import DEFAULT_IDLE, busy_seconds
from assistant.power.sensors.nvml import Nvml
from assistant.settings import Config
from assistant.types import TurnTrace
from assistant.worker import Worker

EVERY = 60.0
"""Seconds between looks at the meter while nobody speaks."""
SAMPLED, SAMPLED_WAITING = 0.5, 10.0
"""Seconds between looks at a meter that knows only power, in a turn and while nobody speaks."""
LAPSE = 25.0
"""Seconds after a call from which on no turn comes of it: five of silence, and fifteen of talk,
are waited for."""
PATIENCE = 3.0
"""Seconds that the trace of a turn waits for the meter."""


class TurnMeter:
    """`called`, `begun`, `tick` and `measured` may come from any thread."""

    def __init__(self, load: Callable[[], Ledger] | None) -> None:
        """None: nothing is measured."""
        self._worker = Worker("meter", load) if load is not None else None
        self._lock = threading.Lock()
        self._called_at: float | None = None  # by the clock of `tick`; None: nobody speaks
        self._in_turn = False
        self._now = 0.0
        self._looked_at = 0.0
        self._sampled_at = 0.0
        self._only_power = True  # until the ledger tells otherwise
        self._sampling: Future[None] | None = None

    def called(self) -> None:
        """Somebody wants us: what is used from now on belongs to a turn, if one comes of it."""
        with self._lock:
            self._call()

    def begun(self) -> None:
        """A turn begins, whether somebody called or not."""
        with self._lock:
            self._call()
            self._in_turn = True

    def tick(self, now: float) -> None:
        """Time goes by; monotonic seconds."""
        if self._worker is None:
            return
        with self._lock:
            self._now = now
            called = self._called_at
            if called is not None and not self._in_turn and now - called > LAPSE:
                self._called_at = called = None  # it was for nothing
                self._looked_at = float("-inf")
            waits = called is None
            if waits and now - self._looked_at >= EVERY:
                self._looked_at = now
                self._worker.start(self._wait)
            elif self._only_power and now - self._sampled_at >= (
                SAMPLED_WAITING if waits else SAMPLED
            ):
                self._sample(now)

    def measured(self, trace: TurnTrace) -> TurnTrace:
        """The trace of the turn that has just ended, with its energy where that is known."""
        with self._lock:
            if self._worker is None or self._called_at is None:
                return trace
            self._called_at, self._in_turn = None, False
            # one soon: else the watts of the turn's end would count for half of ten seconds
            self._sampled_at = self._now - SAMPLED_WAITING + SAMPLED
        energy: Mapping[str, Any] = {}
        with contextlib.suppress(TooLate, CancelledError, OSError):
            energy = self._worker.start(lambda ledger: ledger.turn()).result(PATIENCE)
        return replace(trace, energy=energy)

    def close(self) -> None:
        if self._worker is not None:
            self._worker.close()

    def _call(self) -> None:
        if self._worker is not None and self._called_at is None:
            self._worker.start(self._wait)
        self._called_at = self._now

    def _wait(self, ledger: Ledger) -> None:
        ledger.wait()
        self._only_power = ledger.only_power

    def _sample(self, now: float) -> None:
        """One at a time: a meter may be a program that takes two seconds."""
        self._sampled_at = now
        if self._worker is not None and (self._sampling is None or self._sampling.done()):
            self._sampling = self._worker.start(lambda ledger: ledger.sample())


def turn_meter(config: Config) -> TurnMeter:
    """With the best meter of this machine, whichever that is at the moment."""
    root = Path(config.power.root)

    def load() -> Ledger:
        before = kept.read()
        settings = kept.calibrated(config.power, before)

        def baseline(sensor: EnergySensor) -> Baseline:
            idle = settings.idle_watts or DEFAULT_IDLE
            return Baseline(
                idle if sensor.estimated else 0.0, begun_with=before.idle.get(sensor.name)
            )

        meter = BestMeter(candidates(root, settings), time.monotonic, _boottime)
        book = Book(before, lambda: localtime.now().date())
        card = _accelerator(root) if config.think.gpu_layers else None
        return Ledger(meter, baseline, lambda: busy_seconds(root), book=book, accelerator=card)

    return TurnMeter(load)


def _accelerator(root: Path) -> Accelerator:
    """Of the stages only the language model computes on a graphics card."""
    card = Nvml(root)
    meter = None if card.unavailable() else Meter(card, time.monotonic, _boottime)
    return Accelerator(("think",), meter)


def _boottime() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)
