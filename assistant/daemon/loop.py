"""The voice loop, made anew whenever it must go on with other settings, on the same microphone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass

import msgspec

from assistant.actor import Actor
from assistant.assemble import Engines, alarms, listener
from assistant.audio import cleaning
from assistant.audio.playback import Playback
from assistant.audio.sink import Speaker
from assistant.daemon import reloading
from assistant.daemon.ears import Ears
from assistant.daemon.loading import Loading
from assistant.daemon.reloading import Plan, Reloaded
from assistant.errands import Errand, Errands
from assistant.errors import AssistantError
from assistant.governing import Governing, governing
from assistant.hear.listen import Listener
from assistant.power.turn_meter import turn_meter
from assistant.rest import Rest
from assistant.runtime import Runtime
from assistant.settings import Config
from assistant.trace import TraceLog
from assistant.types import Event, Turn

LEAVES_WITHIN = 0.5
"""Seconds that functions have for their end, when the process ends."""


@dataclass(frozen=True, slots=True)
class _Round:
    """What runs at the moment."""

    config: Config
    engines: Engines
    listener: Listener
    runtime: Runtime


class Loop:
    """settings: reads the settings, all layers of them. check: raises where a model that is needed
    is missing. on_event: told what happens; it must not wait. patient: a microphone that is not
    there at the start is waited for. begins: told the settings that it goes on with, each time.
    leaves: the process ends with it, so that nothing need be unloaded."""

    def __init__(
        self,
        settings: Callable[[], Config],
        ears: Ears,
        on_event: Callable[[Event], object],
        check: Callable[[Config], object],
        *,
        patient: bool = False,
        begins: Callable[[Config], object] = lambda _: None,
        leaves: bool = False,
    ) -> None:
        self._settings, self._ears = settings, ears
        self.playback = Playback()  # what is played, for the ears
        self._on_event, self._check = on_event, check
        self._round: _Round | None = None
        self._next: Plan | None = None
        self._attached, self._reloading = threading.Condition(), threading.Lock()
        self._patient, self._begins, self._leaves = patient, begins, leaves
        self._rounds, self._stopping = 0, False
        self.busy = False  # somebody speaks to us, or is answered
        self._loading: Loading | None = None
        self._errands = Errands()
        self._retiring = reloading.Retiring()
        self.left = False  # engines were left in their threads: the process has to end at once

    # -- the caller's thread --------------------------------------------------------------------

    def run(self) -> None:
        """Answer until `stop` is called. Raises what made listening end."""
        config = self._settings()
        self._check(config)
        cleaning.check(config.audio)
        plan: Plan | None = Plan(config, Engines(config))
        try:
            while plan is not None:
                plan = self._with_engines(plan)
        finally:
            self._ears.end()
            if not (self._stopping and self._leaves):
                self._retiring.wait()

    @contextmanager
    def _in_use(self, plan: Plan) -> Iterator[Engines]:
        """The engines of a plan, while they are wanted; they end without holding anybody up."""
        assert plan.engines is not None
        engines = plan.engines if plan.entered else plan.engines.__enter__()
        try:
            yield engines
        finally:
            if self._stopping and self._leaves:
                self.left = True
                engines.leave(LEAVES_WITHIN)
            else:
                self._retiring.begin(engines)

    def _with_engines(self, plan: Plan) -> Plan | None:
        """Go on until other engines are wanted."""
        following: Plan | None = plan
        with (
            self._in_use(plan) as engines,
            governing(plan.config, engines.stages, engines.standing) as governor,
        ):
            loading = self._loading = Loading(engines, self.stop)
            while following is not None and following.engines in {None, engines}:
                following = self._go_round(following, engines, governor)
            loading.end()
        return following

    def _go_round(self, plan: Plan, engines: Engines, governor: Governing | None) -> Plan | None:
        config = plan.config
        ears = plan.listener or listener(config)
        again = self._rounds > 0
        sink = Speaker(config.audio.output, config.audio.gain, self.playback, awaited=again)
        self._next = None
        with closing(sink), closing(turn_meter(config)) as meter:
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
                again=self._patient or again,
                on_event=lambda event: self._tell(event, engines),
            )
            with closing(engines.shelf.watcher()) as watcher:
                watcher.start()
                self._attach(_Round(config, engines, ears, runtime))
                try:
                    runtime.run()
                finally:
                    self._detach()
        if self._stopping and self._next is not None:
            self._next.give_up()
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
            left, self._errands = self._errands, Errands()
        left.cancel()

    def _tell(self, event: Event, engines: Engines) -> None:
        self.busy = event.kind not in {"ready", "idle", "nothing said", "degraded"}
        self._on_event(event)
        if event.kind in {"ready", "degraded"} and self._loading is not None:
            self._loading.begin()
        wanted = engines.manner.wanted
        if event.kind == "idle" and wanted is not None and self._next is None:
            now = (self._round or engines).config  # what was taken in since is kept
            config = msgspec.structs.replace(now, language=wanted)
            self._go_on_with(Plan(config, Engines(config)))

    def _go_on_with(self, plan: Plan) -> None:
        self._next = plan
        if self._round is not None:
            self._round.runtime.stop()
            self._ears.rouse()

    # -- any thread -----------------------------------------------------------------------------

    def trouble(self, now: float) -> tuple[float, int]:
        """Seconds for which the turns' thread has been doing one thing, and engines left behind."""
        if (running := self._round) is None:
            return 0.0, 0
        return now - (running.runtime.handling_since or now), running.engines.given_up

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
        self._ears.rouse()

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

    def knock(self) -> None:
        """Returns at once, unless nobody can have anything done any more."""
        with self._attached:
            pass

    def take(self, errand: Errand, *, ours: bool = False) -> Future[Turn | None]:
        """Have it done, in its turn. Raises AssistantError: it starts, ends, or is busy."""
        with self._attached:
            now = self._now()
            self._errands.add(errand, ours=ours)
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
            changed = now.config.changed(config)
            if not changed:
                return Reloaded((), time.monotonic() - began)
            self._check(config)
            reloading.check_sound(config.audio)
            kept = set(changed) <= reloading.KEPT
            engines, entered = (None, False) if kept else reloading.beside(config)
            ears = now.listener if not set(changed) & reloading.HEARD_BY else listener(config)
            plan = Plan(config, engines, ears, entered)
            prepared = time.monotonic() - began
            reloading.wait_until(lambda: not self.busy or self._stopping)
            began = time.monotonic()
            self._swap(now, plan)
            taken = time.monotonic() - began
        self._on_event(Event("reloaded", ", ".join(changed)))
        return Reloaded(changed, taken, prepared)

    def _swap(self, now: _Round, plan: Plan) -> None:
        """Between two turns, so that nothing that is said is cut off."""
        try:
            if self._now() is not now:
                raise reloading.not_now()
            before = self._rounds
            done = self.take(Errand(lambda: self._go_on_with(plan)), ours=True)
        except AssistantError:  # it ends just now, or went on with another language
            plan.give_up()
            raise
        with self._attached:
            went_on = self._attached.wait_for(
                lambda: self._rounds > before or self._stopping, reloading.QUIET_WITHIN + 60
            )
            left = self._rounds == before and self._next is not plan
        if done.cancelled() or (left and self._stopping):
            plan.give_up()
            if not self._stopping:
                raise reloading.not_now()
        if not went_on:
            raise AssistantError("The reload takes too long: a turn does not end. Say stop.")

    def _now(self) -> _Round:
        if self._round is None:
            raise reloading.not_now()
        return self._round
