"""One connection to the control socket: its lines, its queue, and what it may not do."""

from __future__ import annotations

import selectors
from collections.abc import Iterator

from assistant.daemon import local
from assistant.daemon.protocol import LONGEST_LINE, Events, RefusedError, encode

MOST_REQUESTS = 8
"""That wait for their replies at a time."""
MOST_BLUNDERS = 20
"""Lines that are no requests, after which a peer is let go."""
EVENTS_UP_TO = 256 * 1024
"""Bytes that wait to be read; beyond them events are left out, and counted."""
REPLIES_UP_TO = 1024 * 1024
"""Bytes beyond which a peer that does not read is let go."""
IDLE = 60.0
"""Seconds for which a peer may be connected without asking anything."""
HALF_A_LINE = 10.0
"""Seconds within which a line that was begun must be ended."""


class Peer:
    """Touched by the server's thread alone."""

    def __init__(self, connection: local.Socket, now: float) -> None:
        self.connection = connection
        self.wanted: frozenset[str] = frozenset()
        self._inbox = bytearray()
        self._outbox = bytearray()
        self._active_at = now
        self._asked = 0
        self._blunders = 0
        self._missed = 0
        self._ending = False
        self._no_more = False  # it asks nothing any more, and may still read
        self._gone = False

    @property
    def waits_for(self) -> int:
        """What the server's selector looks for."""
        reads = 0 if self._no_more else selectors.EVENT_READ
        return reads | (selectors.EVENT_WRITE if self._outbox else 0)

    def read(self, now: float) -> Iterator[bytes]:
        """The whole lines that came. Raises RefusedError for one that is too long."""
        try:
            piece = self.connection.recv(LONGEST_LINE)
        except BlockingIOError:
            return
        except OSError:
            self._gone = True
            return
        if not piece:
            self._no_more, self._gone = True, local.hung_up(self.connection)
            self._inbox.clear()
            return
        self._active_at = now if not self._inbox else self._active_at
        self._inbox += piece
        while not self._ending and (end := self._inbox.find(b"\n")) >= 0:
            if end >= LONGEST_LINE:
                break
            line = bytes(self._inbox[:end])
            del self._inbox[: end + 1]
            self._active_at = now
            yield line
        if self._ending:
            self._inbox.clear()
        elif len(self._inbox) >= LONGEST_LINE:
            raise RefusedError("too_long", f"A line may have {LONGEST_LINE} bytes.")

    def send(self, line: bytes) -> None:
        self._outbox += line
        self.write()

    def tell(self, kind: str, line: bytes) -> None:
        """An event, unless it is not wanted, or the peer is behind."""
        wanted = kind in self.wanted or ("" in self.wanted and kind != "level")
        if not wanted:
            return
        if len(self._outbox) > EVENTS_UP_TO:
            self._missed += 1
            return
        if self._missed:
            self._outbox += encode({"event": "missed", "count": self._missed})
            self._missed = 0
        self.send(line)

    def write(self) -> None:
        """As much as the peer takes now."""
        try:
            while self._outbox:
                sent = self.connection.send(self._outbox)
                del self._outbox[:sent]
        except BlockingIOError:
            pass
        except OSError:
            self._gone = True

    def subscribe(self, request: Events) -> None:
        """ "" stands for every kind but the level, which comes ten times a second."""
        kinds = frozenset(request.kinds) or frozenset({""})
        self.wanted = kinds | {"level"} if request.level else kinds - {"level"}

    def begin(self) -> bool:
        """One more request; false: there are too many."""
        if self._asked >= MOST_REQUESTS:
            return False
        self._asked += 1
        return True

    def finish(self, now: float) -> None:
        """A reply is there; what is asked next may take a while to come."""
        self._asked -= 1
        self._active_at = max(self._active_at, now) if not self._inbox else self._active_at

    def blunder(self) -> None:
        self._blunders += 1
        if self._blunders >= MOST_BLUNDERS:
            self.end()

    def end(self) -> None:
        """Let it go, once it has read what it was told."""
        self._ending = True

    def over(self, now: float) -> bool:
        """Whether to part with it."""
        if self._gone or len(self._outbox) > REPLIES_UP_TO:
            return True
        if self._ending and (not self._outbox or now - self._active_at > HALF_A_LINE):
            return True
        if self._inbox and now - self._active_at > HALF_A_LINE:
            return True
        if self._no_more and not self._asked and not self._outbox:
            return True
        quiet = not self._asked and not self.wanted and not self._outbox
        return quiet and now - self._active_at > IDLE
