"""Threads of the core: a cancel signal, and the one thread that owns an engine.

Native engines (CTranslate2, llama.cpp, onnxruntime) are each touched by one thread, and none
of them can be interrupted in the middle of a call. So a turn never calls an engine itself: it
asks the engine's worker and waits for the result *or* for its own cancellation, whichever
comes first. A cancelled turn is therefore over at once, and the worker drops the late result.

An engine may hang, or, in a process of its own, crash. Whoever waits for a call looks now and then
whether it still lives: then the engine is given up and made anew, and the call is made once more.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar, cast

from assistant.errors import EngineError
from assistant.patience import OneThread
from assistant.threads import works

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")
E_co = TypeVar("E_co", covariant=True)  # a worker of a WhisperTranscriber is one of a Transcriber

LIMIT = 120.0
"""Seconds that a call of an engine may take, its loading included, however much it computes."""
STILL = 1.0
"""Seconds for which an engine that is called may do nothing at all: it hangs."""
SPINS, HOPELESS = 100, 1000
"""As bad as so many that only wait: a thread that was given up and computes for ever; an engine
that was made anew and hangs at once, as it does when the one before holds a lock of its library."""


class Cancel:
    """The only signal that goes upstream: it is born and dies with one turn."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], object]] = []

    def set(self) -> None:
        """Cancel the turn. Whoever waits is woken now."""
        with self._lock:
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def is_set(self) -> bool:
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Sleep, at most `seconds`; true as soon as the turn is cancelled."""
        return self._event.wait(seconds)

    def on_set(self, callback: Callable[[], object]) -> None:
        """Call `callback` when cancelled (at once if that was before)."""
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return
        callback()


class Worker(Generic[E_co]):
    """The thread that loads, calls and unloads one engine.

    The engine is loaded at the first call, or ahead of it by `warm`. An error while loading
    or calling is raised to whoever asked, and the next call tries again.

    patience: seconds that a call may take; `run` raises TimeoutError for one that takes longer,
        and the next call goes to a thread of its own. For what must not be done twice.
    None: the calls of an engine, which change nothing: one in which it hung or crashed is made
        once more, with an engine that is loaded anew; EngineError when that is in vain, too.
    limit: seconds that a call of an engine may take, where it does not name any.
    still: seconds without a sign of life after which an engine hangs (see `patience.OneThread`);
        None for one that waits for others.
    """

    def __init__(
        self,
        name: str,
        load: Callable[[], E_co],
        *,
        patience: float | None = None,
        still: float | None = None,
        limit: float = LIMIT,
    ) -> None:
        self.name = name
        self.given_up = 0
        """Calls that are given up, and whose thread, perhaps with an engine, stays behind."""
        self._load = load
        self._engine: E_co | None = None
        self._again = patience is None
        self._in_vain = 0  # engines that were given up since a call was answered
        self._thread = OneThread(name, patience or limit, still, self._give_up_engine)

    @property
    def loaded(self) -> bool:
        return self._engine is not None

    def start(
        self, call: Callable[[E_co], R], limit: float | None = None, size: float | None = None
    ) -> Future[R]:
        """Queue `call` with the engine, loading it first when needed. Whoever waits for what it
        gives, waits by `wait`: else nobody finds out that it hangs."""
        return self._thread.submit(lambda: self._called(call), limit, size)

    def run(
        self,
        call: Callable[[E_co], R],
        cancel: Cancel,
        limit: float | None = None,
        size: float | None = None,
    ) -> R | None:
        """The result of `call`, or None as soon as the turn is cancelled. limit: seconds. size: of
        what is to be done, so that one that computes for ever is found out (`OneThread.submit`).

        Raises what the call raises, and what is said above when it takes too long.
        """
        try:
            return self.wait(self.start(call, limit, size), cancel)
        except (EngineError, TimeoutError) as error:
            if not self._again:
                raise
            log.warning("the engine of %r is made anew: %s", self.name, error)
        try:
            return self.wait(self.start(call, limit, size), cancel)
        except TimeoutError as error:
            raise EngineError(f"The engine of {self.name!r} hangs: {error}.") from error

    def ask(self, call: Callable[[E_co], R], limit: float | None = None) -> R:
        """As `run`, for somebody whom nobody cancels."""
        return cast("R", self.run(call, Cancel(), limit))

    def wait(self, future: Future[R], cancel: Cancel | None = None) -> R | None:
        """The result of a call that was started, or None as soon as the turn is cancelled. Raises
        what the call raises, TimeoutError when it hangs."""
        cancel = cancel or Cancel()
        over = threading.Event()
        future.add_done_callback(lambda _: over.set())
        cancel.on_set(over.set)
        while not over.wait(self._thread.look_every):
            self.look()
        if cancel.is_set():
            future.cancel()
            return None
        return future.result()

    def done(self, future: Future[R]) -> R:
        """As `wait`, for somebody whom nobody cancels."""
        return cast("R", self.wait(future))

    def look(self) -> None:
        """Give up the call that is on, if it hangs."""
        self._thread.give_up()

    def care(self) -> None:
        """To be called now and then: an engine that hangs or has ended is made anew before it is
        needed. Waits for nothing."""
        hung = self._thread.give_up()
        if ended := bool(getattr(self._engine, "ended", False)):
            self.unload()
        if hung or ended:
            self.warm()

    def warm(self) -> Future[None]:
        """Load the engine now, so that the first call need not wait for it; have one in a process
        of its own show that it lives."""
        return self.start(_loaded)

    def after(self, call: Callable[[], object]) -> Future[object]:
        """Do something in the engine's thread once it has nothing else to do; loads nothing."""
        return self._thread.submit(call)

    def unload(self) -> Future[None]:
        """Free the engine's memory; the next call loads it again."""
        return self._thread.submit(self._drop)

    def end(self) -> None:
        """Have it unload and end by itself, so that several do at a time. Waits for nothing."""
        with contextlib.suppress(RuntimeError):  # it does already
            self._thread.submit(self._drop)
            self._thread.no_more()

    def join(self, seconds: float) -> None:
        """Wait for that, at most so long."""
        self._thread.join(seconds)

    def close(self) -> None:
        """Unload and end the thread, after the call that is under way, or when that hangs."""
        self.end()
        self._thread.shutdown()

    def _called(self, call: Callable[[E_co], R]) -> R:
        engine, begun = self._get(), time.monotonic()
        try:
            answer = call(engine)
            if call is not _loaded and self._thread.mine():
                self._in_vain, self._thread.doubted = 0, False
            return answer
        except EngineError:  # it is gone
            if self._thread.mine():
                self._drop()
            raise
        finally:
            works(self.name, time.monotonic() - begun)

    def _get(self) -> E_co:
        if self._engine is not None:
            return self._engine
        self._thread.loading(True)
        made = self._load()
        self._thread.loading(False)
        if not self._thread.mine():  # it was given up: another thread has an engine of its own
            _close(made)
            raise EngineError(f"The engine of {self.name!r} was loaded too late.")
        self._engine = made
        return made

    def _give_up_engine(self) -> None:
        """The call that is on is given up, and the engine with it: it belongs to that thread. One
        in a process of its own is ended, so that nothing stays behind."""
        engine, self._engine = self._engine, None
        kill = getattr(engine, "kill", None)
        if (kill is None or not kill()) and self._again:
            self.given_up += SPINS if self._thread.spins else 1
            self._in_vain += 1
            self._thread.doubted = True
            self.given_up += HOPELESS if self._in_vain > 1 else 0
        log.error("the engine of %r hangs, and is given up", self.name)

    def _drop(self) -> None:
        engine, self._engine = self._engine, None
        _close(engine)


def _close(engine: object) -> None:
    close = getattr(engine, "close", None)
    if close is not None:
        close()


def _loaded(engine: object) -> None:
    """The worker loads the engine before it calls."""
    ping = getattr(engine, "ping", None)
    if ping is not None:
        ping()
