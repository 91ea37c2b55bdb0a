"""From a stream of sound to utterances: wake word, then voice activity, then endpointing.

Fed with chunks, it returns what happened. It starts nothing and waits for nothing, so the same
object serves a microphone and a file, in real time or faster.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assistant.config import Config
from assistant.hear.endpoint import Decision, Endpointer
from assistant.stages import VoiceActivity, WakeDetector
from assistant.types import (
    LOOP_RATE,
    AudioChunk,
    EndedBy,
    NothingSaid,
    Samples,
    Utterance,
    Wake,
)

LEAD = 0.4
"""Seconds of sound before the first speech that belong to the utterance: soft beginnings are
below the threshold of voice activity."""
TAIL = 0.3
"""Seconds after the last speech: soft endings are as well."""
PROMPT_AFTER = 0.5
"""Seconds. Who has not begun to speak by then after the wake word waits for a sign."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """The wake word was said and a pause follows: the moment for a chime."""


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody is talking to us."""


@dataclass(frozen=True, slots=True)
class _Invitation:
    """To speak without the wake word."""

    seconds: float
    commands_only: bool = False


Heard = Wake | Prompt | SpeechStarted | Utterance | NothingSaid


class Listener:
    """The ears. One thread feeds it; `open` and `deafen` may be called from others."""

    def __init__(self, config: Config, wake: WakeDetector | None, vad: VoiceActivity) -> None:
        self._config = config
        self._wake_detector = wake
        self._vad = vad
        self._always_open = config.wake.word == "none"
        self._lock = threading.Lock()
        self._requested: _Invitation | None = None
        self._deaf = False
        self._recent: deque[Samples] = deque()
        self._session: _Session | None = None

    def open(self, seconds: float | None = None, *, commands_only: bool = False) -> None:
        """Listen for a command now, without wake word, for `seconds` at most."""
        with self._lock:
            self._requested = _Invitation(
                seconds or self._config.endpoint.nothing_said, commands_only
            )

    def deafen(self, deaf: bool) -> None:
        """While deaf, sound is dropped (the assistant is speaking and would hear itself)."""
        with self._lock:
            self._deaf = deaf

    def process(self, chunk: AudioChunk) -> list[Heard]:
        """Take the next chunk; say what happened in it, in order."""
        with self._lock:
            requested, self._requested = self._requested, None
            deaf = self._deaf
        if deaf:
            self._session = None
            self._forget()
            return []
        if requested is not None:
            self._begin(requested, chunk)
        wake = self._detect(chunk)
        heard: list[Heard] = [wake] if wake else []
        if wake is not None:
            self._begin(wake, chunk)
        else:
            if self._session is None and self._always_open:
                self._begin(_Invitation(self._config.endpoint.nothing_said), chunk)
            heard += self._continue(chunk)
        self._remember(chunk.samples)
        return heard

    def finish(self) -> list[Heard]:
        """The stream has ended: what was being said is an utterance as far as it got."""
        session, self._session = self._session, None
        return self._news(session.finish()) if session is not None else []

    def _detect(self, chunk: AudioChunk) -> Wake | None:
        """The wake word is heard at any time: saying it again starts over."""
        if self._wake_detector is None:
            return None
        score = self._wake_detector.process(chunk.samples)
        if score is None:
            return None
        self._wake_detector.reset()
        return Wake(self._wake_detector.word, score, chunk.end)

    def _begin(self, cause: Wake | _Invitation, chunk: AudioChunk) -> None:
        """Start a session. It includes the pre-roll, but speech counts from now on: the end of
        the wake word itself must not end the command."""
        config = self._config
        wake = cause if isinstance(cause, Wake) else None
        patience = None if isinstance(cause, Wake) else cause.seconds
        endpointer = Endpointer(config.endpoint, config.vad.threshold, patience)
        self._vad.reset()
        before = [*self._recent, chunk.samples] if wake is not None else list(self._recent)
        pre_roll = round((config.wake.pre_roll if wake else LEAD) * LOOP_RATE)
        lead = np.concatenate(before)[-pre_roll:] if before and pre_roll else _EMPTY
        self._session = _Session(endpointer, self._vad, lead, cause)

    def _continue(self, chunk: AudioChunk) -> list[Heard]:
        if self._session is None:
            return []
        heard = self._session.process(chunk)
        if self._session.over:
            self._session = None
        return self._news(heard)

    def _news(self, heard: list[Heard]) -> list[Heard]:
        """Silence is no news where nobody was expected to speak."""
        if not self._always_open:
            return heard
        return [h for h in heard if not isinstance(h, NothingSaid)]

    def _remember(self, samples: Samples) -> None:
        self._recent.append(samples)
        keep = round(max(self._config.wake.pre_roll, LEAD) * LOOP_RATE)
        while sum(map(len, self._recent)) - len(self._recent[0]) >= keep:
            self._recent.popleft()

    def _forget(self) -> None:
        if self._recent:
            self._recent.clear()
            if self._wake_detector is not None:
                self._wake_detector.reset()


_EMPTY: Samples = np.zeros(0, np.int16)


class _Session:
    """One time of listening: from being woken to the end of what was said."""

    def __init__(
        self,
        endpointer: Endpointer,
        vad: VoiceActivity,
        lead: Samples,
        cause: Wake | _Invitation,
    ) -> None:
        self._endpointer = endpointer
        self._vad = vad
        self._lead = len(lead)
        self._wake = cause if isinstance(cause, Wake) else None
        self._commands_only = isinstance(cause, _Invitation) and cause.commands_only
        self._sound = [lead]
        self._pending = _EMPTY
        self._position = 0  # samples given to the endpointer
        self._prompted = self._wake is None
        self._last_chunk: AudioChunk | None = None
        self.over = False

    def process(self, chunk: AudioChunk) -> list[Heard]:
        self._last_chunk = chunk
        self._sound.append(chunk.samples)
        self._pending = np.concatenate([self._pending, chunk.samples])
        heard: list[Heard] = []
        while len(self._pending) >= self._vad.frame and not self.over:
            frame, self._pending = np.split(self._pending, [self._vad.frame])
            self._position += len(frame)
            decision = self._endpointer.process(self._vad.probability(frame), len(frame))
            heard += self._react(decision)
        return heard

    def finish(self) -> list[Heard]:
        if not self._endpointer.started:
            return [NothingSaid(self._position / LOOP_RATE)]
        return [self._utterance("stream_end")]

    def _react(self, decision: Decision) -> list[Heard]:
        match decision:
            case Decision.STARTED:
                self._prompted = True
                return [SpeechStarted()]
            case Decision.ENDED | Decision.TOO_LONG:
                self.over = True
                ended_by: Literal["silence", "too_long"] = (
                    "silence" if decision is Decision.ENDED else "too_long"
                )
                return [self._utterance(ended_by)]
            case Decision.NOTHING_SAID:
                self.over = True
                return [NothingSaid(self._position / LOOP_RATE)]
        quiet = self._endpointer.first_speech is None
        if not self._prompted and quiet and self._position >= PROMPT_AFTER * LOOP_RATE:
            self._prompted = True
            return [Prompt()]
        return []

    def _utterance(self, ended_by: EndedBy) -> Utterance:
        """Cut the silence around the speech, and date the end of the speech."""
        first, last = self._endpointer.first_speech, self._endpointer.last_speech
        assert first is not None and last is not None and self._last_chunk is not None
        sound = np.concatenate(self._sound)
        begin = max(0, self._lead + first - round(LEAD * LOOP_RATE))
        one_breath = self._wake is not None and first < round(LEAD * LOOP_RATE)
        if one_breath:
            begin = 0
        end = min(len(sound), self._lead + last + round(TAIL * LOOP_RATE))
        heard = len(sound) - self._lead  # samples since the session began
        ended_at = self._last_chunk.time - (heard - last) / LOOP_RATE
        return Utterance(
            sound[begin:end],
            ended_by,
            ended_at,
            self._wake,
            wake_samples=self._lead if one_breath else 0,
            commands_only=self._commands_only,
        )
