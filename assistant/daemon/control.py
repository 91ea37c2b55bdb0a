"""What is done about each request of the control socket."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any

import psutil

from assistant import __version__
from assistant.daemon.ears import Ears
from assistant.daemon.loop import Loop
from assistant.daemon.protocol import (
    Ask,
    Events,
    Listen,
    Mute,
    Reload,
    Request,
    Say,
    Status,
    Stop,
    Unmute,
)
from assistant.daemon.server import Answer
from assistant.daemon.state import State, turn_fields
from assistant.errands import Errand
from assistant.errors import AssistantError
from assistant.types import Announcement, Reply, Turn, Typed

MUTED = "The microphone is muted. Open it with: assistant unmute"


class Control:
    """Handles requests, each without waiting: what takes long is done by other threads."""

    def __init__(self, loop: Loop, ears: Ears, state: State) -> None:
        self._loop, self._ears, self._state = loop, ears, state
        self._began = time.monotonic()
        # more than one, so that "stop" does not wait for a reload
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="control")

    def close(self, *, wait: bool = True) -> None:
        self._threads.shutdown(wait=wait, cancel_futures=True)

    def soon(self, call: Callable[[], object]) -> None:
        """Have it done by one of the threads here; what fails in it is its own business."""
        with contextlib.suppress(RuntimeError):  # it ends
            self._threads.submit(call)

    def __call__(self, request: Request, answer: Answer) -> None:
        """`answer` is told the reply once, now or later."""
        if isinstance(request, Status):
            answer({"ok": True, **self.status()})
            return

        def work() -> None:
            try:
                self._do(request, answer)
            except Exception as error:  # noqa: BLE001 - told to whoever asked
                answer(_failed(error))

        self._threads.submit(work)

    def status(self) -> dict[str, Any]:
        """How it is; never waits."""
        config = self._loop.config
        about: dict[str, Any] = {}
        if config is not None:
            about = {
                "profile": config.profile,
                "language": config.language,
                "wake_word": config.wake.word,
            }
        return {
            **self._state.fields(),
            **about,
            "version": __version__,
            "process": os.getpid(),
            "uptime_seconds": round(time.monotonic() - self._began, 1),
            "lost_samples": self._ears.lost_samples,
            "memory_mb": round(psutil.Process().memory_info().rss / 1e6, 1),
        }

    def _do(self, request: Request, answer: Answer) -> None:
        match request:
            case Ask():
                language = self._language(request.language, typed=True)
                typed = Typed(request.text, language, by_hand=request.by_hand)
                self._errand(Errand(typed, request.aloud), answer)
                return
            case Say():
                reply = Reply(request.text, self._language(request.language))
                self._errand(Errand(Announcement(reply)), answer)
                return
            case Reload():
                done = self._loop.reload()
                seconds = round(done.seconds, 3)
                prepared = round(done.prepared, 3)
                told = {"changed": list(done.changed), "seconds": seconds, "prepared": prepared}
                answer({"ok": True, **told})
                return
            case Mute():
                if not self._ears.mute():
                    raise AssistantError("The microphone could not be closed: its driver hangs.")
            case Unmute():
                self._ears.unmute()
            case Listen():
                if self._ears.muted:
                    raise AssistantError(MUTED, code="muted")
                self._loop.listen()
            case Stop():
                self._loop.silence()
            case Status() | Events():
                pass  # answered elsewhere, without waiting
        answer({"ok": True})

    def _language(self, wanted: str | None, *, typed: bool = False) -> str:
        """typed: "" where several are spoken, and the text will tell. Raises AssistantError for a
        language that is not spoken at the moment."""
        config = self._loop.config
        spoken = config.languages if config is not None else ("en",)
        if wanted is not None and wanted not in spoken:
            raise AssistantError(
                f'It does not speak "{wanted}" at the moment. Try: assistant config set language'
                f" {wanted} (or auto, for both)."
            )
        if wanted is None and typed and len(spoken) > 1:
            return ""
        return wanted or spoken[0]

    def _errand(self, errand: Errand, answer: Answer) -> None:
        def over(done: Future[Turn | None]) -> None:
            try:
                turn = done.result()
            except (Exception, CancelledError) as error:  # noqa: BLE001 - told to whoever asked
                answer(_failed(error))
                return
            answer({"ok": True, **(_told(turn) if turn is not None else {})})

        self._loop.take(errand).add_done_callback(over)


def _told(turn: Turn) -> Mapping[str, Any]:
    """asks: the reply is a question, which the next text may answer."""
    return {"reply": turn.reply_text, "asks": turn.listen_again, **turn_fields(turn)}


def _failed(error: BaseException) -> dict[str, Any]:
    if isinstance(error, AssistantError):
        return {"ok": False, "code": error.code, "error": str(error)}
    if isinstance(error, CancelledError):
        return {"ok": False, "code": "ended", "error": "The assistant ended, or began anew."}
    return {"ok": False, "code": "failed", "error": f"It failed: {type(error).__name__}."}
