"""One time of listening: from being woken, or invited to speak, to the end of what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from assistant.hear.endpoint import Decision, Endpointer
from assistant.stages import VoiceActivity
from assistant.types import (
    LOOP_RATE,
    AudioChunk,
    Called,
    Draft,
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

    wake: Wake


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody is talking to us."""


@dataclass(frozen=True, slots=True)
class TalkedOver:
    """Somebody began to talk while we do; what is said follows, and at its end an utterance, or
    nothing said."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """To speak without the wake word."""

    seconds: float
    commands_only: bool = False
    over_us: bool = False


Heard = Called | Prompt | SpeechStarted | TalkedOver | Draft | Utterance | NothingSaid

EMPTY: Samples = np.zeros(0, np.int16)


class Session:
    """One time of listening: from being woken to the end of what was said."""

    def __init__(
        self,
        endpointer: Endpointer,
        vad: VoiceActivity,
        lead: Samples,
        cause: Wake | Invitation,
        revisions: Iterator[int],
    ) -> None:
        self.wake = cause if isinstance(cause, Wake) else None
        self.calls = 0 if self.wake is None else 1
        self.over = False
        self._endpointer = endpointer
        self._vad = vad
        self._lead = len(lead)
        self._commands_only = isinstance(cause, Invitation) and cause.commands_only
        self.over_us = isinstance(cause, Invitation) and cause.over_us
        self._sound = [lead]
        self._pending = EMPTY
        self._position = 0  # samples given to the endpointer
        self._prompted = False
        self._began_at: float | None = None  # when there was speech for the first time
        self._last_chunk: AudioChunk | None = None
        self._revisions = revisions
        self._draft: tuple[int, int] | None = None  # its revision, and where its speech ended

    def process(self, chunk: AudioChunk) -> list[Heard]:
        self._last_chunk = chunk
        self._sound.append(chunk.samples)
        self._pending = np.concatenate([self._pending, chunk.samples])
        heard: list[Heard] = []
        while len(self._pending) >= self._vad.frame and not self.over:
            frame, self._pending = np.split(self._pending, [self._vad.frame])
            self._position += len(frame)
            decision = self._endpointer.process(self._vad.probability(frame), len(frame))
            if self._began_at is None and self._endpointer.first_speech is not None:
                self._began_at = chunk.time
            heard += self._react(decision)
        return heard

    def call_again(self, wake: Wake) -> None:
        """The wake word was reported again: the first report may still turn out to be none."""
        self.wake = wake
        self.calls += 1

    def expect(self, revision: int, silence: float) -> None:
        if self._revision == revision:
            self._endpointer.expect(silence)

    def finish(self) -> list[Heard]:
        if not self._endpointer.started:
            return [self._nothing()]
        return [self._utterance("stream_end")]

    def _react(self, decision: Decision) -> list[Heard]:
        match decision:
            case Decision.STARTED:
                self._prompted = True
                return [] if self.over_us else [SpeechStarted()]
            case Decision.PAUSED:
                assert self._endpointer.last_speech is not None  # a pause follows speech
                self._draft = (next(self._revisions), self._endpointer.last_speech)
                return [Draft(self._utterance("pause"))]
            case Decision.ENDED:
                self.over = True
                return [self._utterance("silence")]
            case Decision.TOO_LONG:
                self.over = True
                return [self._utterance("too_long")]
            case Decision.NOTHING_SAID:
                self.over = True
                return [self._nothing()]
        quiet = self._endpointer.first_speech is None
        waited = quiet and self._position >= PROMPT_AFTER * LOOP_RATE
        if self.wake is not None and not self._prompted and waited:
            self._prompted = True
            return [Prompt(self.wake)]
        return []

    def _nothing(self) -> NothingSaid:
        return NothingSaid(self._position / LOOP_RATE, self.over_us)

    @property
    def started(self) -> bool:
        """Whether somebody speaks."""
        return self._endpointer.started

    @property
    def _revision(self) -> int:
        """Of the draft that holds all the speech so far; 0 when none does."""
        if self._draft is None or self._draft[1] != self._endpointer.last_speech:
            return 0
        return self._draft[0]

    def _utterance(self, ended_by: EndedBy) -> Utterance:
        """Cut the silence around the speech, and date the end of the speech."""
        first, last = self._endpointer.first_speech, self._endpointer.last_speech
        assert first is not None and last is not None and self._last_chunk is not None
        sound = np.concatenate(self._sound)
        begin = max(0, self._lead + first - round(LEAD * LOOP_RATE))
        one_breath = self.wake is not None and first < round(LEAD * LOOP_RATE)
        if one_breath:
            begin = 0
        end = min(len(sound), self._lead + last + round(TAIL * LOOP_RATE))
        heard = len(sound) - self._lead  # samples since the session began
        ended_at = self._last_chunk.time - (heard - last) / LOOP_RATE
        return Utterance(
            sound[begin:end],
            ended_by,
            ended_at,
            self.wake,
            wake_samples=self._lead if one_breath else 0,
            revision=self._revision,
            calls=self.calls,
            commands_only=self._commands_only,
            over_us=self.over_us,
            speech_began_at=self._began_at,
        )
