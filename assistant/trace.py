"""The trace of turns: measured while a turn runs, kept as JSON lines, read back by the CLI."""

from __future__ import annotations

import contextlib
import resource
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from assistant.turn_log import (
    Recorder as Recorder,
    TraceLog as TraceLog,
    trace_file as trace_file,
)
from assistant.types import (
    Choice,
    Intent,
    Outcome,
    Question,
    Route,
    Several,
    Span,
    TurnTrace,
    Unheard,
    Utterance,
)


class TurnClock:
    """Collects what happens in one turn.

    zero: monotonic time from which the turn counts: the last sample of speech.
    """

    def __init__(self, kind: Literal["utterance", "text", "announcement"], zero: float) -> None:
        self._kind = kind
        self._zero = zero
        self._started = datetime.now().astimezone()
        self._spans: list[Span] = []
        self._first_audio: float | None = None

    @contextmanager
    def span(self, stage: str, sound_seconds: float | None = None) -> Iterator[dict[str, Any]]:
        """Time a stage. What is put into the dictionary becomes the span's detail.

        sound_seconds: how much sound the stage works on, for its real-time factor; it may also
        be put into the dictionary as "sound_seconds" when it is known only afterwards.
        """
        detail: dict[str, Any] = {}
        start = time.monotonic()
        try:
            yield detail
        finally:
            seconds = time.monotonic() - start
            sound = detail.pop("sound_seconds", sound_seconds)
            factor = seconds / sound if sound else None
            self.add(stage, start, seconds, detail, factor)

    def add(
        self,
        stage: str,
        start: float,
        seconds: float,
        detail: dict[str, Any],
        real_time_factor: float | None = None,
    ) -> None:
        """Add a span that was measured elsewhere; `start` is monotonic."""
        self._spans.append(Span(stage, start - self._zero, seconds, detail, real_time_factor))

    def sounded(self, at: float) -> None:
        """The reply's first sample sounds at the monotonic time `at`."""
        if self._first_audio is None:
            self._first_audio = at - self._zero

    def finish(
        self,
        outcome: Outcome,
        language: str,
        route: Route,
        *,
        transcript: str,
        reply: str,
        error: str = "",
        lost_samples: int = 0,
    ) -> TurnTrace:
        return TurnTrace(
            id=uuid.uuid4().hex[:12],
            started=self._started.isoformat(timespec="milliseconds"),
            kind=self._kind,
            outcome=outcome,
            language=language,
            spans=tuple(sorted(self._spans, key=lambda span: span.start)),
            route=describe(route),
            first_audio_seconds=self._first_audio,
            total_seconds=time.monotonic() - self._zero,
            peak_rss_mb=_peak_rss_kb() / 1024,
            lost_samples=lost_samples,
            error=error,
            transcript=transcript,
            reply=reply,
        )


def _peak_rss_kb() -> int:
    """The most memory this process ever had.

    From /proc where there is one: what getrusage says begins with the memory of the process
    that started this one.
    """
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def describe(route: Route) -> dict[str, Any]:
    """A route without the user's words: slot values and questions are private."""
    match route:
        case Intent():
            return {
                "kind": "function",
                "function": route.function,
                "slots": sorted(route.slots),
                "stage": route.stage,
                "score": round(route.score, 3),
                "reason": route.reason,
            }
        case Several():
            parts = [describe(part) for part in route.intents]
            return {"kind": "several", "parts": parts, "reason": route.reason}
        case Choice():
            options = [describe(option) for option in route.options]
            return {"kind": "choice", "options": options, "reason": route.reason}
        case Question():
            return {"kind": "question", "reason": route.reason}
        case Unheard():
            return {"kind": "unheard", "reason": route.reason}


def in_words(route: Route) -> str:
    """A route in one line, for the screen."""
    match route:
        case Intent():
            return f"{route.function} ({route.stage}, {route.score:.2f})"
        case Several():
            return "; ".join(in_words(part) for part in route.intents)
        case Choice():
            return " or ".join(in_words(option) for option in route.options)
        case Question():
            return f"question: {route.reason}"
        case Unheard():
            return route.reason


def ending(said: Utterance) -> dict[str, Any]:
    """How an utterance began and ended, without its sound."""
    detail: dict[str, Any] = {"ended_by": said.ended_by}
    if said.wake is not None:
        detail["wake"] = round(said.wake.score, 3)
        detail["second look"] = said.wake.reason
    return detail
