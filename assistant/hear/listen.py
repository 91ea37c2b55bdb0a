"""From a stream of sound to utterances: wake word, then voice activity, then endpointing.

Fed with chunks, it returns what happened. It starts nothing and waits for nothing, so the same
object serves a microphone and a file, in real time or faster.
"""

from __future__ import annotations

import itertools
import threading
from collections import deque

import msgspec
import numpy as np

from assistant.hear.endpoint import Endpointer
from assistant.hear.gate import GatedWake
from assistant.hear.own_voice import OwnVoice
from assistant.hear.session import EMPTY, LEAD, Heard, Invitation, Session, TalkedOver
from assistant.hear.talk_over import TalkOver, softened
from assistant.settings import Config
from assistant.stages import VoiceActivity, WakeDetector
from assistant.types import LOOK_BACK, LOOP_RATE, AudioChunk, Called, NothingSaid, Samples, Wake

LOOK_BACK_SAMPLES = round(LOOK_BACK * LOOP_RATE)
ASIDE = 30.0
"""Seconds for which what was being said is kept when a wake word is reported in it, until that is
looked at a second time."""
OVER_US = {
    "min_speech": 0.06,
    "draft_after": 0.1,
    "trailing_silence": 0.7,
    "nothing_said": 0.7,
    "max_utterance": 4.0,
}
"""Seconds; of the endpointing of what is said while we speak: it is "stop", or nothing for us. The
first pause tells that; only for "okay ... stop" is the end waited for."""


class Listener:
    """The ears. One thread feeds it; `open`, `deafen`, `expect`, `dismiss` and `tone` may be called
    from others, and take effect with the next chunk.

    own: another detector of the wake word, for our own voice; None: it is not told from others.
    """

    def __init__(
        self,
        config: Config,
        wake: WakeDetector | None,
        vad: VoiceActivity,
        own: WakeDetector | None = None,
    ) -> None:
        self._config = config
        self._wake_detector = wake
        self._vad = vad
        self._own_voice = OwnVoice(own) if own is not None else None
        self._talk_over = TalkOver(vad)
        self._speaking = self._playing = False
        self._tone_until = 0.0  # monotonic seconds
        self._always_open = config.wake.word == "none"
        self._lock = threading.Lock()
        self._requested: Invitation | None = None
        self._deaf = False
        self._expected: tuple[int, float] | None = None
        self._dismissed: Wake | None = None
        self._revisions = itertools.count(1)
        self._recent: deque[Samples] = deque()
        self._soft: deque[Samples] = deque()  # the same, for what is said over us
        self._session: Session | None = None
        self._aside: tuple[Session, list[AudioChunk], Wake] | None = None
        self._doze = config.wake.doze_ms / 1000

    def open(self, seconds: float | None = None, *, commands_only: bool = False) -> None:
        """Listen for a command now, without wake word, for `seconds` at most."""
        with self._lock:
            self._requested = Invitation(
                seconds or self._config.endpoint.nothing_said, commands_only
            )

    def change(self, config: Config) -> None:
        """Other settings of the gate before the wake word."""
        if isinstance(self._wake_detector, GatedWake):
            self._wake_detector.gate.decibels = config.wake.gate_db
        self._doze = config.wake.doze_ms / 1000

    @property
    def doze(self) -> float:
        """Seconds of sound that may be left to wait: 0 while there is anything to be heard, and
        while we speak: who talks meanwhile is to be noticed at once."""
        detector = self._wake_detector
        quiet = isinstance(detector, GatedWake) and detector.waits and not self._playing
        return self._doze if quiet and self._session is None and self._requested is None else 0.0

    def deafen(self, deaf: bool) -> None:
        """While deaf, sound is dropped (the assistant is speaking and would hear itself)."""
        with self._lock:
            self._deaf = deaf

    def expect(self, revision: int, silence: float) -> None:
        """`silence` seconds end the utterance, if nothing was said since the draft `revision`."""
        with self._lock:
            self._expected = (revision, silence)

    def dismiss(self, wake: Wake) -> None:
        """It was not the wake word: what follows it is not for us."""
        with self._lock:
            self._dismissed = wake

    def tone(self, until: float) -> None:
        """What we play until then (monotonic seconds) is a tone, and no voice: whoever talks over
        it is heard, whether or not the room is known and the tone taken out."""
        self._tone_until = until

    def process(self, chunk: AudioChunk) -> list[Heard]:
        """Take the next chunk; say what happened in it, in order."""
        heard: list[Heard] = []
        deaf, requested, dismissed = self._told()
        if dismissed:
            heard += self._go_back()
        self._playing = chunk.echo is not None
        if self._own_voice is not None:
            self._own_voice.process(chunk)
        if deaf:
            self._session = self._aside = None
            self._forget()
            return []
        # who has called us, and is speaking, is not interrupted by what rang meanwhile
        called_us = self._session is not None and self._session.wake is not None
        if requested is not None and not called_us:
            self._begin(requested, chunk)
        heard += self._interrupted(chunk)
        called = self._detect(chunk)
        if called is not None:
            heard.append(called)
        if called is not None and called.again and self._session is not None:
            self._session.call_again(called.wake)
            heard += self._continue(chunk)
        elif called is not None:
            before = self._session if self._session and self._session.started else None
            self._begin(called.wake, chunk)
            self._aside = (before, [chunk], called.wake) if before is not None else None
        else:
            if self._session is None and self._always_open:
                self._begin(Invitation(self._config.endpoint.nothing_said), chunk)
            if self._aside is not None:
                self._aside[1].append(chunk)
                if sum(len(each.samples) for each in self._aside[1]) > ASIDE * LOOP_RATE:
                    self._aside = None
            heard += self._continue(chunk)
        self._remember(chunk)
        return heard

    def _told(self) -> tuple[bool, Invitation | None, bool]:
        """Take in what other threads said since the last chunk: whether to be deaf, whether to
        listen without a wake word, and whether the one that is listened to was none."""
        with self._lock:
            deaf = self._deaf
            requested, self._requested = self._requested, None
            dismissed, self._dismissed = self._dismissed, None
            expected, self._expected = self._expected, None
        session = self._session
        wrong = dismissed is not None and session is not None and session.wake == dismissed
        if wrong:
            self._session = None
        # the second look may be slower than whoever spoke
        wrong |= session is None and self._aside is not None and self._aside[2] == dismissed
        if self._session is not None and expected is not None:
            self._session.expect(*expected)
        return deaf, requested, wrong

    def _go_back(self) -> list[Heard]:
        """What was being said when a wake word was reported that was none goes on: "okay, stop"."""
        if self._aside is None:
            return []
        (self._session, chunks, _), self._aside = self._aside, None
        return [item for chunk in chunks for item in self._continue(chunk)]

    def cut_off(self) -> bool:
        """The stream was interrupted: forget what was being said; true: somebody was speaking, or
        about to."""
        session, self._session, self._aside = self._session, None, None
        self._forget()
        return session is not None and (session.wake is not None or session.started)

    def finish(self) -> list[Heard]:
        """The stream has ended: what was being said is an utterance as far as it got."""
        session, self._session = self._session, None
        return self._news(session.finish()) if session is not None else []

    def _detect(self, chunk: AudioChunk) -> Called | None:
        """The wake word is heard at any time. Within a command that it began it begins no other:
        said again, or misheard in the words of the command, nothing of these may be lost."""
        if self._wake_detector is None:
            return None
        score = self._wake_detector.process(chunk.samples)
        if score is None or (self._own_voice is not None and self._own_voice.said(chunk.end)):
            return None
        wake = Wake(self._wake_detector.word, score, chunk.end)
        sound = np.concatenate([*self._recent, chunk.samples])[-LOOK_BACK_SAMPLES:]
        again = self._session is not None and self._session.wake is not None
        return Called(wake, sound, again, over_us=chunk.echo is not None)

    def _interrupted(self, chunk: AudioChunk) -> list[Heard]:
        """While we speak, and our voice is taken out of what is heard, whoever talks is heard."""
        known = chunk.echo is not None and chunk.echo.removed
        speaking = known or (chunk.echo is not None and chunk.time < self._tone_until)
        if speaking and not self._speaking:
            self._talk_over.reset()
        self._speaking = speaking
        if not speaking or self._session is not None or self._always_open:
            return []
        if not self._talk_over.process(chunk):
            return []
        self._begin(Invitation(OVER_US["nothing_said"], over_us=True), chunk)
        return [TalkedOver()]

    def _begin(self, cause: Wake | Invitation, chunk: AudioChunk) -> None:
        """Start a session. It includes the pre-roll, but speech counts from now on: the end of
        the wake word itself must not end the command."""
        config = self._config
        wake = cause if isinstance(cause, Wake) else None
        patience = None if isinstance(cause, Wake) else cause.seconds
        over_us = isinstance(cause, Invitation) and cause.over_us
        settings = msgspec.structs.replace(config.endpoint, **OVER_US if over_us else {})
        endpointer = Endpointer(settings, config.vad.threshold, patience)
        self._vad.reset()
        before = [*self._recent, chunk.samples] if wake is not None else list(self._recent)
        before = list(self._soft) if over_us else before
        pre_roll = round((config.wake.pre_roll if wake else LEAD) * LOOP_RATE)
        lead = np.concatenate(before)[-pre_roll:] if before and pre_roll else EMPTY
        self._session = Session(endpointer, self._vad, lead, cause, self._revisions)
        self._aside = None

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

    def _remember(self, chunk: AudioChunk) -> None:
        self._recent.append(chunk.samples)
        self._soft.append(softened(chunk))
        while sum(map(len, self._soft)) - len(self._soft[0]) >= LEAD * LOOP_RATE:
            self._soft.popleft()
        keep = max(LOOK_BACK_SAMPLES, round(self._config.wake.pre_roll * LOOP_RATE))
        while sum(map(len, self._recent)) - len(self._recent[0]) >= keep:
            self._recent.popleft()

    def _forget(self) -> None:
        if self._recent:
            self._recent.clear()
            self._soft.clear()
            if self._wake_detector is not None:
                self._wake_detector.reset()
