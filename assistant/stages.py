"""The protocol of every stage. Real engines and the scripted fakes of `testing` both keep them.

Each is a blocking object used by one thread; none starts threads of its own.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from assistant.actor import Actor
from assistant.thoughts import (
    Act as Act,
    Answer as Answer,
    Call as Call,
    Called as Called,
    Director as Director,
    Excerpt as Excerpt,
    Exchange as Exchange,
    Known as Known,
    Thinker as Thinker,
    Thought as Thought,
    Tool as Tool,
    Toolbox as Toolbox,
    ToolUser as ToolUser,
)
from assistant.types import (
    Announcement,
    AudioChunk,
    Completeness,
    Done,
    Intent,
    Past,
    Plan,
    Reply,
    Route,
    Said,
    Samples,
    Speech,
    Transcript,
    Utterance,
)
from assistant.worker import Cancel, Worker


class Source(Protocol):
    """Where sound comes from: a microphone, or a file."""

    lost_samples: int
    """Samples that were dropped because nobody read them in time."""

    def read(self) -> AudioChunk | None:
        """The next chunk at LOOP_RATE, waiting for it; None at the end of the stream.

        Raises AudioDeviceError when the device is gone or stays silent.
        """

    def close(self) -> None: ...


class Sink(Protocol):
    """Where sound goes to: a speaker, or a file."""

    def prepare(self) -> None:
        """Open the device ahead of the first sample, so that it costs nothing later."""

    def play(self, speech: Speech) -> float:
        """Queue `speech`; return the monotonic time at which its first sample sounds.

        Returns at once while less than a few seconds are queued.
        """

    def finish(self, cancel: Cancel) -> bool:
        """Wait until all is heard; false, at once and in silence, when cancelled."""

    def hold(self) -> None:
        """Silence within 100 ms, for some seconds or until `resume`; nothing is dropped."""

    def resume(self) -> None:
        """Go on where `hold` interrupted."""

    def stop(self) -> None:
        """Silence within 100 ms; what is queued is dropped."""

    def close(self) -> None: ...


class WakeDetector(Protocol):
    word: str
    """As a person would say it: "okay nabu"."""

    def process(self, samples: Samples) -> float | None:
        """Feed samples of any number; the score (0..1) when the word was just heard.

        Each saying of the word is reported once, without a reset.
        """

    def reset(self) -> None:
        """Forget what was heard: the stream was interrupted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the second look at a wake word says."""

    accepted: bool
    score: float  # 0..1, the same scale at every sensitivity
    reason: str  # for the trace: numbers, never words that were said


class WakeVerifier(Protocol):
    def verify(self, samples: Samples, word: str) -> Verdict:
        """Whether `word` was said at the end of `samples`: the last 2.2 s up to the moment at
        which a WakeDetector reported it (fewer are padded with silence)."""


class VoiceActivity(Protocol):
    frame: int
    """Samples that `probability` takes."""

    def probability(self, frame: Samples) -> float:
        """That this frame, which follows the last, holds speech: 0..1."""

    def reset(self) -> None: ...


class Transcriber(Protocol):
    def transcribe(self, utterance: Utterance) -> Transcript:
        """Words of an utterance. Nothing that is speech: an empty text, with a reason."""

    def expect(
        self, examples: Sequence[str], names: Sequence[str], vocabulary: Sequence[str]
    ) -> None:
        """From now on, sentences, names and other words that are likely to be said."""

    def score(self, utterance: Utterance, texts: Sequence[str]) -> list[float]:
        """How likely it is that each text was said: mean log-probability per token, at most 0."""

    def written(self, samples: Samples, expected: str) -> str:
        """What is written of a sound in which a word is `expected`, and little else; "" for a
        guess."""


class Renderer(Protocol):
    language: str
    rate: int

    def synthesize(self, sentence: str) -> Speech:
        """Render one sentence of plain text."""

    def set_pace(self, pace: float) -> None:
        """How fast, from the next sentence on; 1 is the voice's own pace."""


class Voice(Renderer, Protocol):
    """One that keeps what it rendered."""

    def remember(self, sentences: Iterable[str]) -> None:
        """Render fixed phrases ahead, and keep them for the next start too."""

    def keep(self, mb: float) -> None:
        """From now on at most so many megabytes of rendered speech in memory."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a document of the user says to a question, word for word."""

    text: str  # at most 35 words
    source: str  # to be spoken: "From car manual, page 41"
    place: str  # to be shown: the path, the headings, the page
    score: float  # how sure it is that it answers; above 1 in the scale of the library
    reason: str  # for the trace: numbers, never words
    onward: tuple[int, int] = (0, 0)
    """From where it goes on: a passage of the index, and a place in its text."""
    excerpt: Excerpt | None = field(default=None, compare=False)


class Library(Protocol):
    """The user's own documents."""

    def titles(self) -> Sequence[str]:
        """Of the documents that can be read."""

    def answer(self, question: str, language: str, title: str = "") -> Quote | None:
        """What they say to a question; None when they do not know. title: only that one."""

    def search(self, text: str, language: str, title: str = "") -> Sequence[Quote]:
        """Where they speak of something, the best place first."""

    def goes_on(self, quote: Quote, language: str) -> Quote | None:
        """What stands behind it in its document; None at the end of that."""


Ear = Callable[[Sequence[str]], Sequence[float]]
"""How well each of some sentences fits the sound that was heard (`Transcriber.score`)."""


class Router(Protocol):
    def route(
        self, text: str, language: str, ear: Ear | None = None, cancel: Cancel | None = None
    ) -> Route:
        """What is meant by `text`: a function, an open question, or nothing. `ear` is asked where
        sentences are near to it and to each other; None for a text that was typed. `cancel` ends
        what takes long: the route is then of no meaning."""

    def completeness(self, text: str, language: str) -> Completeness:
        """Whether the speaker is likely to go on after `text`."""

    def exact(self, text: str, language: str) -> Intent | None:
        """The function that `text` names, letter for letter."""

    def slots(self, function: str, language: str) -> Mapping[str, Any]:
        """The slots of a function, and the type of each as its signature has it."""

    def value(self, text: str, function: str, slot: str, language: str) -> Any | None:
        """What a whole `text` says for a slot; None when it says nothing, or more than that."""

    def rest(self) -> None:
        """Nobody speaks: let go of what is made again when it is needed. Any thread may call it."""


class Dialogue(Protocol):
    """What spans turns: questions that are open, what "it" and "no, fifty" refer to."""

    def read(
        self, said: Said, router: Router, ear: Ear | None = None, cancel: Cancel | None = None
    ) -> Plan:
        """What is to be done about what was said. Changes nothing: it may be a draft."""

    def completeness(self, said: Said, router: Router) -> Completeness:
        """Whether the speaker is likely to go on."""

    def settle(self, said: Said, plan: Plan, done: Sequence[Done], reply: Reply, at: float) -> None:
        """The turn is over: what was done, the whole reply, and when it had been said."""

    def announced(self) -> None:
        """The assistant said something on its own."""

    def past(self, now: float) -> Past | None:
        """What the last turn did, unless that was long ago."""


class Alarms(Protocol):
    """What comes due by itself."""

    def wait(self, stop: threading.Event) -> list[Announcement]:
        """Block until something is to be announced, or `stop` is set (then nothing is)."""

    def wake(self) -> None:
        """Let `wait` look at `stop`."""

    def done(self, announcement: Announcement) -> None:
        """Told that the command of an announcement was carried out."""

    def unfinished(self, announcement: Announcement) -> None:
        """Told that a command was cut off. That is said, once whoever did so has spoken."""

    def unheard(self, announcement: Announcement) -> None:
        """Told that it could not be heard: there is no speaker. It comes again, soon."""


@dataclass(frozen=True, slots=True)
class Stages:
    """The engines of a turn, each with the thread that owns it."""

    transcriber: Worker[Transcriber]
    router: Router
    actor: Worker[Actor]
    thinker: Worker[Thinker] | None
    voices: Mapping[str, Worker[Voice]]  # by language; the first is the fallback
    facts: Callable[[str], Sequence[str]]  # true sentences about this device, by language
    verifier: Worker[WakeVerifier] | None = None
    phrases: Callable[[str], Sequence[str]] = lambda _: ()  # what is said often, by language
    embedders: tuple[Worker[Any], ...] = ()  # the router's; here so that they can be unloaded
    dialogue: Dialogue | None = None  # None: each turn stands for itself
    director: Director | None = None  # None: the thinker answers every question
    thinkers: tuple[Worker[Thinker], ...] = ()  # the director's; here so that they can be unloaded
