"""Where a command begins and ends: a pure state machine on the sample clock.

Fed with one probability of speech per frame, it says after each frame whether to go on,
whether the command has ended, or that nobody spoke. It holds no audio and reads no clock, so
every case can be tested by a list of numbers.

A first short pause is announced (PAUSED), so that whoever understands what was said so far can
say how long a silence must be to end it (`expect`): short after a complete command, longer in
the middle of a sentence. And who has paused long within this command may do so again.
"""

from __future__ import annotations

from enum import Enum

from assistant.settings import Endpoint
from assistant.types import LOOP_RATE

HYSTERESIS = 0.15
"""Once speech is on, a frame counts as speech down to this much below the threshold (the
value that Silero's authors use): consonants dip, and must not end a word."""

BRIDGE = 0.3
"""Seconds. Sounds too short to be a command are forgotten after this much silence; shorter
gaps are the closures inside words."""

SLOWER = 1.5
"""A silence must be this much longer than the longest pause the speaker has made so far."""

PATIENCE = 2.0
"""Seconds of silence that end any command, however slowly it was spoken."""


class Decision(Enum):
    GO_ON = "go on"
    STARTED = "started"  # enough speech that somebody is talking to us
    PAUSED = "paused"  # perhaps the end: once in each pause
    ENDED = "silence"
    TOO_LONG = "too_long"
    NOTHING_SAID = "nothing said"


class Endpointer:
    """Endpointing of one utterance.

    `first_speech` and `last_speech` are sample positions, counted from the first frame: where
    speech began, and the end of the last frame that held speech (None before there was any).
    """

    def __init__(self, settings: Endpoint, threshold: float, nothing_said: float | None = None):
        self._threshold = threshold
        self._min_speech = _samples(settings.min_speech)
        self._usual = self._silence = _samples(settings.trailing_silence)
        self._pause = _samples(settings.draft_after)
        self._paused = False
        self._longest_pause = 0
        self._max = _samples(settings.max_utterance)
        self._patience = _samples(nothing_said or settings.nothing_said)
        self._bridge = min(_samples(BRIDGE), self._silence)
        self._position = 0
        self._spoken = 0  # samples of speech so far, while a start is not yet certain
        self._speaking = False
        self._started = False
        self.first_speech: int | None = None
        self.last_speech: int | None = None

    @property
    def started(self) -> bool:
        """Somebody is talking to us, for certain."""
        return self._started

    def expect(self, silence: float) -> None:
        """This many seconds of silence end what was said so far. Forgotten when speech goes on."""
        self._silence = max(_samples(silence), self._slow())

    def process(self, probability: float, frame: int) -> Decision:
        """Take the next `frame` samples, which hold speech with `probability` (0..1)."""
        floor = self._threshold - (HYSTERESIS if self._speaking else 0)
        self._speaking = probability >= floor
        start = self._position
        self._position += frame
        if self._speaking:
            self._hear_speech(start, frame)
        elif not self._started and self._quiet_for() > self._bridge:
            self._forget()
        return self._decide()

    def _hear_speech(self, start: int, frame: int) -> None:
        if self.first_speech is None:
            self.first_speech = start
        if self._paused:
            self._go_on(start)
        self.last_speech = self._position
        self._spoken += frame

    def _go_on(self, start: int) -> None:
        """It was a pause, not the end."""
        self._longest_pause = max(self._longest_pause, start - (self.last_speech or 0))
        self._silence = max(self._usual, self._slow())
        self._paused = False

    def _slow(self) -> int:
        return min(round(SLOWER * self._longest_pause), _samples(PATIENCE))

    def _decide(self) -> Decision:
        if not self._started:
            if self._spoken >= self._min_speech:
                self._started = True
                return Decision.STARTED
            waited = self.first_speech is None and self._position >= self._patience
            return Decision.NOTHING_SAID if waited else Decision.GO_ON
        if self._quiet_for() >= self._silence:
            return Decision.ENDED
        if not self._paused and self._quiet_for() >= self._pause:
            self._paused = True
            return Decision.PAUSED
        assert self.first_speech is not None  # nothing starts without speech
        return (
            Decision.TOO_LONG if self._position - self.first_speech >= self._max else Decision.GO_ON
        )

    def _quiet_for(self) -> int:
        return self._position - (self.last_speech or 0)

    def _forget(self) -> None:
        """A click, not speech."""
        self._spoken = 0
        self.first_speech = self.last_speech = None


def _samples(seconds: float) -> int:
    return round(seconds * LOOP_RATE)
