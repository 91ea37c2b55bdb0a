"""The voice loop, made anew whenever it must go on with other settings, on the same microphone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass

import msgspec

from assistant.actor import Actor
from assistant.assemble import Engines, alarms, listener
from assistant.audio import devices
from assistant.audio.playback import Playback
from assistant.audio.sink import Speaker
from assistant.daemon.ears import Ears
from assistant.errands import Errand
from assistant.errors import AssistantError
from assistant.governing import Governing, governing
from assistant.hear.listen import Listener
from assistant.power.ledger import turn_meter
from assistant.rest import Rest, warm
from assistant.runtime import Runtime
from assistant.settings import Config
from assistant.trace import TraceLog
from assistant.types import Event, Turn

KEPT = frozenset({"profile", "audio", "vad", "endpoint", "trace", "wyoming"})
"""What no engine knows: when only these change, the engines are kept, with the conversation. The
others are made anew, and loaded while the microphone is open already."""
HEARD_BY = frozenset({"wake", "vad", "endpoint"})
"""What the ears are made of: when it changes, nobody should be in the middle of a command."""
QUIET_WITHIN = 20.0
"""Seconds that a reload waits for the end of what is being said."""


@dataclass(frozen=True, slots=True)
class Reloaded:
    """changed: the sections of the settings that differ. seconds: that it took to go on with them,
    without the wait for the end of what was being said."""

    changed: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to go on with. None: what there is already."""

    config: Config
    engines: Engines | None = None
    listener: Listener | None = None


@dataclass(frozen=True, slots=True)
class _Round:
    """What runs at the moment."""

    config: Config
    engines: Engines
    listener: Listener
    runtime: Runtime


class Loop:
    """settings: reads the settings, all layers of them. check: raises where a model that is needed
    is missing. on_event: told what happens; it must not wait. patient: waits for a microphone that
    is not there at the start, and rings. begins: told what settings it goes on with."""

    def __init__(
        self,
        settings: Callable[[], Config],
        ears: Ears,
        on_event: Callable[[Event], object],
        check: Callable[[Config], object],
        *,
        patient: bool = False,
        begins: Callable[[Config], object] = lambda _: None,
    ) -> None:
        self._settings, self._ears, self._check = settings, ears, check
        self.playback = Playback()  # what is played, for the ears
        self._on_event = on_event
        self._round: _Round | None = None
        self._next: _Plan | None = None
        self._attached = threading.Condition()
        self._rounds = 0
        self._patient, self._begins = patient, begins
        self._reloading = threading.Lock()
        self._busy = self._stopping = False
        self._errands: set[Errand] = set()

    # -- the caller's thread --------------------------------------------------------------------

    def run(self) -> None:
        """Answer until `stop` is called. Raises what made listening end."""
        config = self._settings()
        self._check(config)
        plan: _Plan | None = _Plan(config, Engines(config))
        try:
            while plan is not None:
                plan = self._with_engines(plan)
        finally:
            self._ears.end()

    def _with_engines(self, plan: _Plan) -> _Plan | None:
        """Go on until other engines are wanted."""
        assert plan.engines is not None
        following: _Plan | None = plan
        leaving = threading.Event()

        def loaded(done: Future[None]) -> None:
            """What cannot hear or speak need not listen."""
            failed = not done.cancelled() and done.exception() is not None
            if failed and not leaving.is_set():  # else it was given up half-way
                self.stop()

        with (
            plan.engines as engines,
            governing(plan.config, engines.stages, engines.standing) as governor,
        ):
            # without the last, a language model, only open questions fail
            loading = warm(engines.stages, engines.standing.config)[
                : 1 + len(engines.stages.voices)
            ]
            for each in loading:
                each.add_done_callback(loaded)
            while following is not None and following.engines in {None, engines}:
                following = self._go_round(following, engines, governor)
            for each in loading:
                if each.done():
                    each.result()
            leaving.set()
        return following

    def _go_round(self, plan: _Plan, engines: Engines, governor: Governing | None) -> _Plan | None:
        config = plan.config
        ears = plan.listener or listener(config)
        sink = Speaker(config.audio.output, config.audio.gain, self.playback)
        self._next = None
        with closing(sink), closing(turn_meter(config.power)) as meter:
            runtime = Runtime(
                config,
                engines.stages,
                ears,
                lambda: self._ears.open(config.audio),
                sink,
                alarms=alarms(engines),
                trace=TraceLog(config.trace),
                meter=meter,
                rest=Rest(engines.stages, config, governor, ears.change),
                half_duplex=config.wake.word == "none",
                again=self._patient or self._rounds > 0,
                on_event=lambda event: self._tell(event, engines),
            )
            with closing(engines.shelf.watcher()) as watcher:
                watcher.start()
                self._attach(_Round(config, engines, ears, runtime))
                try:
                    runtime.run()
                finally:
                    self._detach()
        return self._next if not self._stopping else None

    def _attach(self, now: _Round) -> None:
        with self._attached:
            self._round = now
            self._rounds += 1
            self._attached.notify_all()
        self._begins(now.config)
        if self._stopping:
            now.runtime.stop()

    def _detach(self) -> None:
        with self._attached:
            self._round = None
            left, self._errands = self._errands, set()
        for errand in left:
            errand.done.cancel()  # those that are done stay so

    def _tell(self, event: Event, engines: Engines) -> None:
        self._busy = event.kind not in {"ready", "idle", "nothing said", "degraded"}
        self._on_event(event)
        wanted = engines.manner.wanted
        if event.kind == "idle" and wanted is not None and self._next is None:
            config = msgspec.structs.replace(engines.config, language=wanted)
            self._go_on_with(_Plan(config, Engines(config)))

    def _go_on_with(self, plan: _Plan) -> None:
        self._next = plan
        if self._round is not None:
            self._round.runtime.stop()

    # -- any thread -----------------------------------------------------------------------------

    @property
    def config(self) -> Config | None:
        return self._round.config if self._round is not None else None

    @property
    def doze(self) -> float:
        """Seconds of sound that may be left to gather; see `Listener.doze`."""
        return self._round.listener.doze if self._round is not None else 0.0

    @property
    def engines(self) -> Engines | None:
        return self._round.engines if self._round is not None else None

    def stop(self) -> None:
        """End the loop; what is being said is cut off."""
        self._stopping = True
        with self._attached:
            self._attached.notify_all()
        if (now := self._round) is not None:
            now.runtime.stop()

    def listen(self) -> None:
        """What is said next is a command."""
        self._now().runtime.listen()

    def deafen(self, deaf: bool) -> None:
        """What was being said when the microphone was closed is not for us."""
        self._now().listener.deafen(deaf)

    def silence(self) -> None:
        """End the turn that is on, and what rings."""
        now = self._now()
        now.runtime.cancel()
        families = now.engines.functions.families

        def silence(_: Actor) -> None:
            for family in families:
                family.silence()

        now.engines.stages.actor.start(silence)

    def take(self, errand: Errand) -> Future[Turn | None]:
        """Have it done, in its turn."""
        with self._attached:
            now = self._now()
            self._errands = {e for e in self._errands if not e.done.done()} | {errand}
        now.runtime.take(errand)
        return errand.done

    def reload(self) -> Reloaded:
        """Go on with the settings as they are now, if they are good.

        Raises ConfigError, ModelError or AudioDeviceError when they cannot be used: then
        everything goes on as before.
        """
        with self._reloading:
            began, now = time.monotonic(), self._now()
            config = self._settings()
            changed = _changed(now.config, config)
            if not changed:
                return Reloaded((), time.monotonic() - began)
            self._check(config)
            devices.find(config.audio.input, "input")
            devices.find(config.audio.output, "output")
            plan = _Plan(
                config,
                None if set(changed) <= KEPT else Engines(config),
                now.listener if not set(changed) & HEARD_BY else listener(config),
            )
            waited = self._wait_until_quiet()
            self._swap(now, plan)
            taken = time.monotonic() - began - waited
        self._on_event(Event("reloaded", ", ".join(changed)))
        return Reloaded(changed, taken)

    def _swap(self, now: _Round, plan: _Plan) -> None:
        """Between two turns, so that nothing that is said is cut off."""
        with self._attached:
            before = self._rounds
        self.take(Errand(lambda: self._go_on_with(plan)))
        with self._attached:
            went_on = self._attached.wait_for(
                lambda: self._rounds > before or self._stopping, QUIET_WITHIN + 60
            )
        if not went_on:
            raise AssistantError("The reload takes too long: a turn does not end. Say stop.")

    def _wait_until_quiet(self) -> float:
        """Seconds until nobody was in the middle of something, or that patience lasted."""
        began = time.monotonic()
        while self._busy and time.monotonic() - began < QUIET_WITHIN and not self._stopping:
            time.sleep(0.02)
        return time.monotonic() - began

    def _now(self) -> _Round:
        if self._round is None:
            raise AssistantError("It starts, or ends, just now. Try again in a moment.")
        return self._round


def _changed(old: Config, new: Config) -> tuple[str, ...]:
    names = (field.name for field in msgspec.structs.fields(Config))
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))
