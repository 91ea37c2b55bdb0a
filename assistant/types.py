"""What flows from stage to stage. Frozen, free of behaviour, importing nothing of ours.

Audio is int16, mono, in `Samples`; rates are in hertz, times in seconds. A time named
`..._at` or `time` is read from `time.monotonic()`; everything else counts samples, so the
decisions of the loop do not depend on a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from assistant.meaning import (
    Announcement as Announcement,
    Ask as Ask,
    Asked as Asked,
    Choice as Choice,
    Completeness as Completeness,
    Confirm as Confirm,
    Done as Done,
    Expected as Expected,
    Finish as Finish,
    Intent as Intent,
    Origin as Origin,
    Past as Past,
    Pick as Pick,
    Plan as Plan,
    Question as Question,
    Reply as Reply,
    Route as Route,
    Said as Said,
    Several as Several,
    Undoable as Undoable,
    Unheard as Unheard,
)

Samples = npt.NDArray[np.int16]

LOOP_RATE = 16_000
"""Hertz. Wake word, voice activity detection and Whisper all take 16 kHz mono."""

LOOK_BACK = 2.2
"""Seconds of sound that a second look at a wake word takes."""


@dataclass(frozen=True, slots=True)
class Echo:
    """What we played ourselves while a chunk was recorded, or shortly before. All are as long as
    the chunk, and begin with it, to some hundredths of a second."""

    played: Samples  # as it left the loop; what the room made of it is in `heard`
    heard: Samples  # what the microphone heard, with the echo
    removed: bool  # whether the chunk's own samples are without it, and to be believed


@dataclass(frozen=True, slots=True)
class AudioChunk:
    """A piece of a stream of sound, as a source gives it."""

    samples: Samples  # shape (n,), LOOP_RATE
    start: int  # index of the first sample in the stream
    time: float  # monotonic seconds at which the last sample was there to be read
    echo: Echo | None = None  # None: we were silent

    @property
    def end(self) -> int:
        """Index after the last sample."""
        return self.start + len(self.samples)


@dataclass(frozen=True, slots=True)
class Speech:
    """Rendered sound, to be played."""

    samples: Samples  # shape (n,)
    rate: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


@dataclass(frozen=True, slots=True)
class Wake:
    """The wake word was heard."""

    word: str
    score: float  # 0..1, in the detector's own scale
    at: int  # sample at which the detector was sure
    second: float | None = None  # score of the second look, 0..1, once there was one
    reason: str = ""  # what the second look says, in numbers


@dataclass(frozen=True, slots=True)
class Called:
    """A wake word, and the sound in which it was heard, for a second look."""

    wake: Wake
    samples: Samples  # up to LOOK_BACK seconds, ending where the word was reported
    again: bool = False  # while we listen already, because of the report before
    over_us: bool = False  # while we speak


EndedBy = Literal["silence", "too_long", "stream_end", "pause"]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said to us: one command, from its first syllable to its last."""

    samples: Samples  # LOOP_RATE
    ended_by: EndedBy
    speech_ended_at: float  # monotonic seconds of the last sample that held speech
    wake: Wake | None = None
    wake_samples: int = 0  # at the front, holding the wake word: said in one breath with it
    revision: int = 0  # of the draft that held the same speech; 0: there was none
    calls: int = 0  # how often the wake word was heard in it
    commands_only: bool = False  # nobody called us: an open question is not meant for us
    over_us: bool = False  # said while we spoke: only "stop" is for us
    speech_began_at: float | None = None  # monotonic seconds, to a block; None: not known

    @property
    def seconds(self) -> float:
        return len(self.samples) / LOOP_RATE


@dataclass(frozen=True, slots=True)
class Draft:
    """What was said so far, at a pause that may be its end. When it is, the utterance that
    follows has the draft's revision; when it is not, a draft with another one follows."""

    utterance: Utterance


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed instead of said."""

    text: str
    language: str  # "": found out from the text
    by_hand: bool = True  # now, by a person; not a command that was left for later


@dataclass(frozen=True, slots=True)
class NothingSaid:
    """We listened, and nobody spoke."""

    waited: float  # seconds
    over_us: bool = False  # while we spoke


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a transcript, with its punctuation."""

    text: str
    confidence: float  # 0..1: geometric mean of the probabilities of its tokens


@dataclass(frozen=True, slots=True)
class Transcript:
    """What the recognizer made of an utterance. Empty text: nothing that is speech."""

    text: str
    language: str  # ISO 639-1
    confidence: float  # 0..1: exp of the mean log probability of the tokens
    no_speech: float  # 0..1: the recognizer's probability that this is not speech
    audio_seconds: float
    reason: str = ""  # why the text is empty, when it is
    words: tuple[Word, ...] = ()  # those of `text`, in order
    looks: int = 1  # how often the recognizer listened: again, where it doubted


@dataclass(frozen=True, slots=True)
class Span:
    """One stage of a turn."""

    stage: str
    start: float  # seconds since the end of speech (negative before it)
    seconds: float
    detail: Mapping[str, Any] = field(default_factory=dict)
    real_time_factor: float | None = None  # seconds of work per second of sound


Outcome = Literal["answered", "unheard", "cancelled", "failed"]


@dataclass(frozen=True, slots=True)
class TurnTrace:
    """All that can be said of a turn afterwards: what happened, when, who decided, how sure.

    `first_audio_seconds` is what the project is judged by: the first sample of the reply at
    the sink, minus the last sample of speech. None when nothing was said.
    `transcript` and `reply` stay empty unless the user turned on `trace.transcripts`.
    """

    id: str
    started: str  # ISO 8601, local time with offset
    kind: Literal["utterance", "text", "announcement"]
    outcome: Outcome
    language: str
    spans: tuple[Span, ...]
    route: Mapping[str, Any]  # kind, function or reason, stage, score
    first_audio_seconds: float | None
    total_seconds: float
    peak_rss_mb: float
    lost_samples: int = 0  # microphone samples dropped while this turn was on
    error: str = ""
    transcript: str = ""
    reply: str = ""
    energy: Mapping[str, Any] = field(default_factory=dict)  # see `power.ledger`


@dataclass(frozen=True, slots=True)
class Turn:
    """A finished turn."""

    outcome: Outcome
    transcript: Transcript | None
    route: Route
    reply_text: str
    trace: TurnTrace
    listen_again: bool = False
    failure: Exception | None = None  # what made it fail


EventKind = Literal[
    "ready",  # the microphone is open and the wake word is waited for
    "awake",  # the wake word was heard
    "listening",  # somebody is talking to us
    "nothing said",
    "partial",  # text: what was said so far; there may be more
    "transcribing",
    "heard",  # text: what was said
    "routed",  # text: what was decided
    "thinking",
    "source",  # text: where in the user's documents the reply stands
    "saying",  # text: a sentence of the reply
    "announcing",
    "idle",  # a turn is over
    "degraded",  # text: what does not work at the moment, and what is done about it
    "muted",  # the microphone is closed
    "unmuted",
    "reloaded",  # text: the sections of the settings that are others now
]


@dataclass(frozen=True, slots=True)
class Event:
    """What the assistant is doing, for whoever shows it. Never stored."""

    kind: EventKind
    text: str = ""
    turn: Turn | None = None  # with "idle"
