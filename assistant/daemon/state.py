"""What the assistant is doing, made of what it tells: for `status`, and for whoever shows it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from assistant.types import Event, EventKind, Turn

STATES: Mapping[EventKind, str] = {
    "ready": "waiting",
    "awake": "listening",
    "listening": "listening",
    "nothing said": "waiting",
    "transcribing": "thinking",
    "heard": "thinking",
    "thinking": "thinking",
    "saying": "speaking",
    "announcing": "speaking",
    "idle": "waiting",
    "degraded": "degraded",
    "muted": "waiting",
}


class State:
    """Told by the threads of the loop, read by others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._name = "starting"
        self._problem = ""
        self._muted = False
        self._turns = 0
        self._last: Turn | None = None

    def note(self, event: Event) -> None:
        with self._lock:
            if event.kind == "degraded":
                self._problem = event.text
            elif event.kind == "ready":
                self._problem = ""
            if event.kind in {"muted", "unmuted"}:
                self._muted = event.kind == "muted"
            if event.turn is not None:
                self._turns += 1
                self._last = event.turn
            self._name = STATES.get(event.kind, self._name)

    @property
    def name(self) -> str:
        """starting, waiting, listening, thinking, speaking, degraded or muted."""
        resting = self._name in {"waiting", "degraded"}
        return "muted" if self._muted and resting else self._name

    def fields(self) -> dict[str, Any]:
        with self._lock:
            return {
                "state": self.name,
                "muted": self._muted,
                "problem": self._problem,
                "turns": self._turns,
                "last_turn": turn_fields(self._last) if self._last is not None else None,
            }


def turn_fields(turn: Turn) -> dict[str, Any]:
    """A turn without its words: how it ended, what each stage took in seconds, its energy."""
    trace = turn.trace
    spans: dict[str, float] = {}
    for span in trace.spans:
        spans[span.stage] = round(spans.get(span.stage, 0.0) + span.seconds, 3)
    first = trace.first_audio_seconds
    return {
        "outcome": turn.outcome,
        "kind": trace.kind,
        "language": trace.language,
        "route": dict(trace.route),
        "stages": spans,
        "first_audio_seconds": None if first is None else round(first, 3),
        "total_seconds": round(trace.total_seconds, 3),
        "error": trace.error,
        "energy": dict(trace.energy),
    }


def event_fields(event: Event) -> dict[str, Any]:
    """What is told of an event: its text, and of a turn that is over its figures."""
    fields: dict[str, Any] = {"text": event.text} if event.text else {}
    if event.turn is not None:
        fields["turn"] = turn_fields(event.turn)
    return fields
