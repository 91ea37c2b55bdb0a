"""The control socket's server: one thread, which never waits for a peer nor for the loop.

What the loop tells is put into a bounded queue. A peer that does not read has a bounded queue of
its own: it misses events, and is told how many; if it does not even read replies, it is let go.
"""

from __future__ import annotations

import contextlib
import logging
import selectors
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from assistant import __version__
from assistant.daemon import local
from assistant.daemon.peer import Peer
from assistant.daemon.protocol import (
    Events,
    RefusedError,
    Request,
    decode,
    encode,
    failure,
)
from assistant.threads import named

log = logging.getLogger(__name__)

MOST_CLIENTS = 16
_QUEUED_EVENTS = 1_000
_LOOK_EVERY = 1.0  # seconds between looks for peers that do nothing

Answer = Callable[[Mapping[str, Any]], None]
"""Told the fields of the one reply of a request, by any thread."""


class _Event(NamedTuple):
    kind: str
    line: bytes


class ControlServer:
    """Listens from `start` to `close`.

    handle: given each request and where its reply goes; called by the server's thread, so it must
        not wait. What it raises is told to the peer as a failure.
    """

    def __init__(
        self,
        path: Path,
        handle: Callable[[Request, Answer], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path, self._handle, self._now = path, handle, now
        self._peers: dict[local.Socket, Peer] = {}
        self._selector = selectors.DefaultSelector()
        self._waker: local.Socket | None = None
        self._woken: local.Socket | None = None
        self._lock = threading.Lock()
        self._events: deque[_Event] = deque(maxlen=_QUEUED_EVENTS)
        self._replies: deque[tuple[Peer, bytes]] = deque()
        self._wanted: frozenset[str] = frozenset()
        self._ending = False
        self._listener: local.Socket | None = None
        self._thread = threading.Thread(target=self._run, name="control")

    def start(self) -> None:
        """Listen. Raises StorageError when there can be no socket at the path."""
        self._listener = local.listening(self._path, MOST_CLIENTS)
        self._waker, self._woken = local.pair()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._thread.start()

    def close(self) -> None:
        """Let everybody go, and remove the socket."""
        self._ending = True
        if self._thread.is_alive():
            self._wake()
            self._thread.join()
        if self._listener is not None:
            self._listener.close()
            self._path.unlink(missing_ok=True)
        self._selector.close()
        for end in (self._waker, self._woken):
            if end is not None:
                end.close()

    def wanted(self, kind: str) -> bool:
        """Whether anybody wants to be told of this kind of event. Any thread."""
        return kind in self._wanted or "" in self._wanted

    def publish(self, kind: str, fields: Mapping[str, Any]) -> None:
        """Tell who wants to know. Any thread; costs microseconds, and nothing without listeners."""
        if not (self.wanted(kind) if kind != "level" else kind in self._wanted):
            return
        event = _Event(kind, encode({"event": kind, **fields}))
        with self._lock:
            self._events.append(event)
        self._wake()

    # -- the server's thread ------------------------------------------------------------------

    def _wake(self) -> None:
        if self._waker is not None:
            with contextlib.suppress(OSError):  # full: it will wake anyway
                self._waker.send(b"!")

    def _run(self) -> None:
        named("control")
        while not self._ending:
            for key, mask in self._selector.select(_LOOK_EVERY):
                self._serve(key.fileobj, mask)
            self._pass_on()
            self._look_after()
        for peer in list(self._peers.values()):
            self._let_go(peer)

    def _serve(self, where: Any, mask: int) -> None:
        if self._woken is not None and where is self._woken:
            with contextlib.suppress(OSError):
                self._woken.recv(4096)
        elif self._listener is not None and where is self._listener:
            self._accept(self._listener)
        elif (peer := self._peers.get(where)) is not None:
            if mask & selectors.EVENT_READ:
                self._read(peer)
            if mask & selectors.EVENT_WRITE:
                peer.write()

    def _accept(self, listener: local.Socket) -> None:
        try:
            connection, _ = listener.accept()
        except OSError as error:  # no descriptor is left, or the peer has gone
            log.warning("a connection was not accepted: %s", error.strerror)
            time.sleep(0.05)
            return
        connection.setblocking(False)
        peer = Peer(connection, self._now())
        if not local.same_user(connection):
            connection.close()
            return
        if len(self._peers) >= MOST_CLIENTS:
            peer.send(failure(0, "too_many", f"{MOST_CLIENTS} programs are connected already."))
            connection.close()
            return
        self._peers[connection] = peer
        self._selector.register(connection, selectors.EVENT_READ)
        peer.send(encode({"hello": "assistant", "version": __version__}))

    def _read(self, peer: Peer) -> None:
        try:
            for line in peer.read(self._now()):
                self._take(peer, line)
        except RefusedError as error:
            peer.send(failure(error.request, error.code, str(error)))
            peer.end()

    def _take(self, peer: Peer, line: bytes) -> None:
        try:
            request = decode(line)
        except RefusedError as error:
            peer.send(failure(error.request, error.code, str(error)))
            peer.blunder()
            return
        if isinstance(request, Events):
            peer.subscribe(request)
            peer.send(encode({"id": request.id, "ok": True}))
        elif not peer.begin():
            peer.send(failure(request.id, "busy", "Wait for the replies to what was asked before."))
        else:
            self._give(peer, request)

    def _give(self, peer: Peer, request: Request) -> None:
        def answer(fields: Mapping[str, Any]) -> None:
            with self._lock:
                self._replies.append((peer, encode({"id": request.id, **fields})))
            self._wake()

        try:
            self._handle(request, answer)
        except Exception as error:  # whatever it is, the server goes on
            log.exception("a request failed")
            sentence = f"It failed: {type(error).__name__}."
            answer({"ok": False, "code": "failed", "error": sentence})

    def _pass_on(self) -> None:
        """What the loop has told since the last time."""
        with self._lock:
            replies, events = list(self._replies), list(self._events)
            self._replies.clear()
            self._events.clear()
        for peer, line in replies:
            peer.finish(self._now())
            peer.send(line)
        for event in events:
            for peer in self._peers.values():
                peer.tell(event.kind, event.line)

    def _look_after(self) -> None:
        """Write what can be written, and part with who is gone or does nothing."""
        now = self._now()
        wanted: set[str] = set()
        for peer in list(self._peers.values()):
            peer.write()
            if peer.over(now):
                self._let_go(peer)
                continue
            wanted |= peer.wanted
            self._look_for(peer.waits_for, peer.connection)
        self._wanted = frozenset(wanted)

    def _look_for(self, events: int, connection: local.Socket) -> None:
        """A selector cannot wait for nothing."""
        known = connection in self._selector.get_map()
        if events and known:
            self._selector.modify(connection, events)
        elif events:
            self._selector.register(connection, events)
        elif known:
            self._selector.unregister(connection)

    def _let_go(self, peer: Peer) -> None:
        self._look_for(0, peer.connection)
        del self._peers[peer.connection]
        peer.connection.close()
