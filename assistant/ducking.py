"""Other programs' sound is lowered while we listen and speak, and given back as it was.

What is lowered is written down first, so that a new start gives back what a crash left low. What
the user changed meanwhile is the user's: only what still has the volume that we gave it is given
back. A sound server remembers volumes by program; a stream that ended while it was low, as at the
end of a song, is given back its volume when its program plays again.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec
import pulsectl

from assistant import paths
from assistant.errors import FunctionError, fault
from assistant.handlers.sound import pulse
from assistant.types import Event

log = logging.getLogger(__name__)

LEFT_ALONE = {"phone", "a11y", "event", "test"}
"""Roles of streams: a call goes on, a screen reader is read, and a bell is over at once."""
SAME = 0.002
"""Volumes that differ by less are the same: servers count in steps."""
LINGER = 0.6
"""Seconds of silence of ours before it is given back: between two sentences nothing pumps."""
AT_MOST = 90.0
"""Seconds without any news after which it is given back in any case."""
NO_SERVER = 30.0
"""Seconds until a server that was not there is asked again."""
OWED_FOR = 7 * 86_400.0
"""Seconds for which a volume is owed to a program that is not playing."""

LOWER = {"awake", "listening", "thinking", "saying", "announcing"}
RESTORE = {"idle", "nothing said", "muted", "degraded"}


class Lowered(msgspec.Struct, frozen=True):
    """A stream that is low, or was when it ended: its volumes before and since, by channel."""

    index: int
    program: str
    process: str
    before: list[float]
    since: list[float]
    at: float  # seconds since the epoch


class Ducking:
    """Told what the loop does; a thread of its own asks the sound server, so nobody waits.

    decibels: by how much; 0 does nothing, but to give back what is owed.
    """

    def __init__(self, decibels: float, file: Path | None = None) -> None:
        self.decibels = decibels
        self._file = file or paths.state_dir() / "lowered.json"
        self._told: queue.SimpleQueue[Literal["lower", "restore", "end"]] = queue.SimpleQueue()
        self._lowered = self._read()
        self._low = False
        self._not_before = 0.0  # monotonic seconds
        self._thread = threading.Thread(target=self._run, name="ducking")
        self._thread.start()

    def note(self, event: Event) -> None:
        """Never waits."""
        asks = event.turn is not None and event.turn.listen_again
        if event.kind in LOWER or asks:
            self._told.put("lower")
        elif event.kind in RESTORE:
            self._told.put("restore")

    def close(self) -> None:
        """Give all back, and end."""
        self._told.put("end")
        self._thread.join()

    # -- its own thread -------------------------------------------------------------------------

    def _run(self) -> None:
        if self._lowered:
            self._ask(self._give_back)
        wait: float | None = None
        while True:
            try:
                told = self._told.get(timeout=wait)
            except queue.Empty:
                told = None
            if told == "lower" and self.decibels and time.monotonic() >= self._not_before:
                self._ask(self._lower)
                self._low, wait = True, AT_MOST
            elif told == "restore":
                wait = LINGER if self._low else None
            elif told in {None, "end"}:
                if self._low:
                    self._ask(self._give_back)
                self._low, wait = False, None
            if told == "end":
                return

    def _ask(self, what: Callable[[pulsectl.Pulse], None]) -> None:
        try:
            pulse.ask(what)
        except FunctionError:  # no server: nothing else plays there either
            self._not_before = time.monotonic() + NO_SERVER
        except Exception as error:  # noqa: BLE001 - somebody's music must not end us
            log.warning("other sound could not be lowered: %s", fault(error))

    def _lower(self, server: pulsectl.Pulse) -> None:
        low = {entry.index for entry in self._lowered}
        streams = server.sink_input_list()
        self._settle(server, streams)
        new = [s for s in streams if s.index not in low and _may_be_lowered(s)]
        if not new:
            return
        factor = 10 ** (-self.decibels / 60)  # volumes are cubes: a third of the decibels
        made = [_entry(stream, factor) for stream in new]
        self._keep([*self._lowered, *made])  # before it is done: a crash may follow
        for stream, entry in zip(new, made, strict=True):
            with contextlib.suppress(pulsectl.PulseOperationFailed):  # it has just ended
                server.volume_set(stream, pulsectl.PulseVolumeInfo(entry.since))

    def _give_back(self, server: pulsectl.Pulse) -> None:
        streams = server.sink_input_list()
        there = {stream.index: stream for stream in streams}
        owed = []
        for entry in self._lowered:
            stream = there.get(entry.index)
            if stream is None or not _of(stream, entry):
                owed.append(entry)
            elif _same(stream.volume.values, entry.since):
                _set(server, stream, entry.before)
        self._keep(owed)
        self._settle(server, streams)

    def _settle(self, server: pulsectl.Pulse, streams: list[pulsectl.PulseSinkInputInfo]) -> None:
        """A program whose stream ended while it was low plays again."""
        there = {stream.index for stream in streams}
        left = []
        for entry in self._lowered:
            if entry.index in there:
                left.append(entry)
                continue
            again = [s for s in streams if pulse.program(s) == entry.program]
            for stream in again:
                if _same(stream.volume.values, entry.since):
                    _set(server, stream, entry.before)
            if not again and time.time() - entry.at < OWED_FOR:
                left.append(entry)
        if left != self._lowered:
            self._keep(left)

    def _keep(self, entries: list[Lowered]) -> None:
        self._lowered = entries
        pulse.LOWERED.clear()
        pulse.LOWERED.update({e.index: (e.before, e.since) for e in entries})
        try:
            if entries:
                paths.private_dir(self._file.parent)
                new = self._file.with_suffix(".new")
                new.write_bytes(msgspec.json.encode(entries))
                new.chmod(paths.OWNER_ONLY)
                new.replace(self._file)
            else:
                self._file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("what is lowered could not be written down: %s", error.strerror)

    def _read(self) -> list[Lowered]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=list[Lowered])
        except (OSError, msgspec.MsgspecError):
            return []


def _may_be_lowered(stream: pulsectl.PulseSinkInputInfo) -> bool:
    """Another program's, that sounds."""
    told = stream.proplist
    ours = told.get("application.process.id") == str(os.getpid())
    silent = stream.mute or stream.corked
    return not (ours or silent or told.get("media.role") in LEFT_ALONE or stream.client is None)


def _entry(stream: pulsectl.PulseSinkInputInfo, factor: float) -> Lowered:
    before = [float(value) for value in stream.volume.values]
    process = stream.proplist.get("application.process.id", "")
    since = [value * factor for value in before]
    return Lowered(stream.index, pulse.program(stream), process, before, since, time.time())


def _of(stream: pulsectl.PulseSinkInputInfo, entry: Lowered) -> bool:
    """Whether it is the stream that was lowered: after a restart numbers begin anew."""
    process = stream.proplist.get("application.process.id", "")
    return (pulse.program(stream), process) == (entry.program, entry.process)


def _same(volumes: list[float], others: list[float]) -> bool:
    pairs = zip(volumes, others, strict=False)
    return len(volumes) == len(others) and all(abs(a - b) < SAME for a, b in pairs)


def _set(server: pulsectl.Pulse, stream: pulsectl.PulseSinkInputInfo, to: list[float]) -> None:
    with contextlib.suppress(pulsectl.PulseOperationFailed):
        server.volume_set(stream, pulsectl.PulseVolumeInfo(to))
