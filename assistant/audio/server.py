"""What the sound server says of the microphone: whether there is one, and whether it is another.

A sound server keeps whoever records going, whatever happens: when the last microphone is unplugged,
it gives him what the speakers play, or silence, and nobody would notice. So it is asked, and then
tells of each change; a connection that only waits costs nothing.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pulsectl

from assistant.errors import fault
from assistant.threads import named

log = logging.getLogger(__name__)

SOONEST, LATEST = 0.5, 60.0
"""Seconds until a server that is not there, or has ended, is looked for again: ever later."""
CLOSE_WITHIN = 1.0
SETTLED = 0.15
"""Seconds in which a change is over: several messages tell of one."""


@dataclass(frozen=True, slots=True)
class Heard:
    """there: whether we hear, or can hear, a microphone. name: of the one that we record from; ""
    while we do not record from the server."""

    there: bool = True
    name: str = ""


def heard(
    sources: Sequence[Any], streams: Sequence[Any], process: int, before: Heard = Heard()
) -> Heard:
    """From what the server lists now, and what was before: a pure function.

    What a speaker plays is a source, too, and no microphone, except for whoever chooses it though
    there is a real one. Without any, we may still record from a device that the server does not
    know: so it counts only where we were given such a source, until there is a real one.
    """
    real = any(not source.monitor_of_sink_name for source in sources)
    ours = {stream.source for stream in streams if _of(stream, process)}
    names = [source.name for source in sources if source.index in ours]
    return Heard(real or (before.there and not ours), names[0] if names else "")


def _of(stream: Any, process: int) -> bool:
    return bool(stream.proplist.get("application.process.id") == str(process))


class Watch:
    """on_change: told at each change, by a thread of its own, what is heard now. Without a sound
    server it waits for one, and tells nothing."""

    def __init__(self, on_change: Callable[[Heard], object]) -> None:
        self._on_change = on_change
        self._closing = threading.Event()
        self._server: pulsectl.Pulse | None = None
        self._lock = threading.Lock()  # held while it is woken, so that it is not freed meanwhile
        self._last = Heard()
        self._changed = False
        # a daemon: the library waits for ever on a server that hangs
        self._thread = threading.Thread(target=self._run, name="sound server", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        until = time.monotonic() + CLOSE_WITHIN
        while self._thread.is_alive() and time.monotonic() < until:
            with self._lock:
                if self._server is not None:
                    self._server.event_listen_stop()  # without effect if it does not listen yet
            self._thread.join(0.02)

    def _run(self) -> None:
        named("sound server")
        pause = SOONEST
        while not self._closing.is_set():
            try:
                with pulsectl.Pulse("assistant", connect=False) as server:
                    server.connect(autospawn=False)  # with a timeout it always takes all of it
                    pause = SOONEST
                    self._follow(server)
            except (pulsectl.PulseError, pulsectl.PulseDisconnected):
                pass  # it has ended, or there is none
            except Exception as error:  # noqa: BLE001 - what is only watched must not end us
                log.warning("the sound server cannot be watched: %s", fault(error))
            self._closing.wait(pause)
            pause = min(2 * pause, LATEST)

    def _follow(self, server: pulsectl.Pulse) -> None:
        def note(_: object) -> None:
            self._changed = True
            raise pulsectl.PulseLoopStop

        server.event_mask_set("source", "source_output")
        server.event_callback_set(note)
        with self._lock:
            self._server = server
        try:
            self._look(server)
        finally:
            with self._lock:
                self._server = None
            self._tell(Heard())  # what the next one will be like nobody knows

    def _look(self, server: pulsectl.Pulse) -> None:
        """At first, and whenever something has changed."""
        while not self._closing.is_set():
            self._changed = False
            sources, streams = server.source_list(), server.source_output_list()
            now = heard(sources, streams, os.getpid(), self._last)
            self._tell(now)
            if not self._changed:  # while it was asked
                server.event_listen()
            self._closing.wait(SETTLED)

    def _tell(self, now: Heard) -> None:
        if now != self._last:
            self._last = now
            self._on_change(now)
