"""`assistant run`, whole: the loop, and around it the lock, the control socket, the watchdog."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING

from assistant.audio import chime
from assistant.audio.cleaning import cleaned
from assistant.audio.echo import without_echo
from assistant.audio.source import Microphone
from assistant.daemon.control import Control
from assistant.daemon.ears import Ears
from assistant.daemon.instance import Instance, socket_path
from assistant.daemon.loop import Loop
from assistant.daemon.notify import Notifier
from assistant.daemon.protocol import WIRE_KINDS
from assistant.daemon.server import ControlServer
from assistant.daemon.state import State, event_fields
from assistant.ducking import Ducking
from assistant.errands import Errand
from assistant.errors import AssistantError
from assistant.settings import Audio, Config, Wyoming
from assistant.stages import Source, Stages
from assistant.types import Event

if TYPE_CHECKING:
    from assistant.daemon.wyoming_server import WyomingServer

DEAF_FOR = 600.0
"""Seconds without a sound, though nobody muted it, after which it counts as dead: whatever the loop
tries by itself, a new process may find the microphone."""
LEVEL_OF = 2
"""Of so many pieces of sound one level is told: eight a second, with pieces of 64 ms."""


class Program:
    """settings, check: as for `Loop`. show: told what happens, for the screen.

    open_device: opens the microphone; another one in tests.
    """

    def __init__(
        self,
        settings: Callable[[], Config],
        show: Callable[[Event], object],
        check: Callable[[Config], object],
        open_device: Callable[[Audio], Source] | None = None,
    ) -> None:
        self._show = show
        self._state = State()
        self._notifier = Notifier()
        opens = open_device or self._microphone
        self._ears = Ears(opens, on_mute=self._mute_changed, on_read=self._read)
        patient = self._notifier.there  # else a person at a terminal is told that there is none
        self.loop = Loop(
            settings, self._ears, self._tell, check, patient=patient, begins=self._begins
        )
        self._control = Control(self.loop, self._ears, self._state)
        self._server = ControlServer(socket_path(), self._control)
        self._ready = False
        self._ducking: Ducking | None = None
        self._wyoming: WyomingServer | None = None
        self._wyoming_as: Wyoming | None = None
        self._pieces = 0
        self._heard_at = time.monotonic()

    def run(self) -> None:
        """Raises AlreadyRunningError, StorageError, and what made listening end."""
        with ExitStack() as stack:
            stack.callback(self._control.close)
            stack.enter_context(Instance())
            stack.enter_context(closing(self._server))
            self._server.start()
            stack.callback(self._notifier.stopping)
            stack.callback(self._serve_others, None)
            stack.callback(self._duck, None)
            self.loop.run()

    def _serve_others(self, config: Config | None) -> None:
        """The Wyoming server, as the settings have it; None: no more."""
        if self._wyoming is not None:
            self._wyoming.close()
            self._wyoming = None
        if config is None or not config.wyoming.serve:
            return
        # here, so that who does not use it does not load it
        from assistant.daemon.wyoming_server import WyomingServer
        from assistant.daemon.wyoming_services import Services

        services = Services(lambda: self.loop.config, self._stages, self.loop.take)
        try:
            server = WyomingServer(services, config.wyoming.host, config.wyoming.port)
            server.start()
        except AssistantError as error:  # the voice goes on without it
            self._tell(Event("degraded", str(error)))
        else:
            self._wyoming = server

    def _duck(self, config: Config | None) -> None:
        """Lower other sound as the settings have it; None: no more."""
        if config is None:
            ducking, self._ducking = self._ducking, None
            if ducking is not None:
                ducking.close()
        elif self._ducking is None:
            self._ducking = Ducking(config.audio.duck_db)
        else:
            self._ducking.decibels = config.audio.duck_db

    def _stages(self) -> Stages | None:
        return self.loop.engines.stages if self.loop.engines is not None else None

    def _tell(self, event: Event) -> None:
        """By the threads of the loop: nothing here waits."""
        self._state.note(event)
        if self._ducking is not None:
            self._ducking.note(event)
        self._server.publish(WIRE_KINDS[event.kind], event_fields(event))
        if event.kind in {"ready", "degraded"}:  # without a microphone timers ring, too
            if not self._ready:
                self._notifier.ready()
            self._ready = True
        if event.kind in {"ready", "degraded", "muted"}:
            self._notifier.status(event.text or str(self._state.fields()["state"]))
        self._show(event)

    def _microphone(self, audio: Audio) -> Source:
        microphone = Microphone(audio.input, audio.block_ms, doze=lambda: self.loop.doze)
        return cleaned(without_echo(microphone, self.loop.playback, audio), audio)

    def _begins(self, config: Config) -> None:
        """The loop goes on with these settings."""
        self._duck(config)
        if self._wyoming_as != config.wyoming:
            self._wyoming_as = config.wyoming
            self._serve_others(config)

    def _mute_changed(self, muted: bool) -> None:
        """Seen and heard."""
        self._tell(Event("muted" if muted else "unmuted"))
        with suppress(AssistantError):  # it ends just now
            self.loop.deafen(muted)
            self.loop.take(Errand(chime.muted() if muted else chime.unmuted()))

    def _read(self, level: float | None) -> None:
        """By the thread of the ears, at every read."""
        now = time.monotonic()
        if level is not None or self._ears.muted:
            self._heard_at = now
        if now - self._heard_at < DEAF_FOR:
            self._notifier.alive()
        if level is not None and self._server.wanted("level"):
            self._pieces += 1
            if self._pieces % LEVEL_OF == 0:
                self._server.publish("level", {"level": round(level, 4)})
