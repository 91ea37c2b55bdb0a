"""What is meant by what was said, and what is answered. A part of `types`, which has all of it.

Frozen, free of behaviour, importing nothing of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Intent:
    """A function of the device is meant, with the values it is called with."""

    function: str
    slots: Mapping[str, Any]
    stage: str  # which step of the cascade decided
    score: float  # 0..1
    reason: str
    text: str = field(default="", compare=False)  # its own words, when more was said than that


@dataclass(frozen=True, slots=True)
class Question:
    """An open question, for the language model."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unheard:
    """Nothing to act on: silence, noise, or words that mean nothing to us. refused: they are
    understood, but ask for what nothing here can do. reply: what is said of that, in the user's
    language; "" where nothing is known but that."""

    reason: str
    refused: bool = False
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """More than one command in one breath, in the order in which they were said."""

    intents: tuple[Intent, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Readings too close to each other to pick one: the user is asked. The nearest first."""

    options: tuple[Intent, ...]
    reason: str


Route = Intent | Several | Choice | Question | Unheard

Completeness = Literal["complete", "extendable", "unfinished", "unknown"]
"""Whether more may follow a sentence: nothing sensible; something ("set a timer for ten minutes",
"for the pasta"); something must ("set a timer for"); or nobody can tell."""

Expected = Literal["a sentence", "by sound", "nearly", "no"]
"""What a text is to the functions: one of their sentences; like one of them in sound; made of their
word pairs; nothing of the kind."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A value that a function still needs: the bare answer ("ten minutes") fills it."""

    function: str
    slot: str
    known: Mapping[str, Any] = field(default_factory=dict)  # the slots that are filled already


@dataclass(frozen=True, slots=True)
class Confirm:
    """Functions that are called only when the person says yes: exactly these, with these values."""

    intents: tuple[Intent, ...]
    text: str  # what was said


@dataclass(frozen=True, slots=True)
class Pick:
    """Readings of which the person is asked to pick one, each with its name as it was spoken."""

    options: tuple[Intent, ...]
    names: tuple[str, ...]
    text: str  # what was said


@dataclass(frozen=True, slots=True)
class Finish:
    """The rest of a command of which only the beginning was said: "turn on"."""

    beginning: str


Asked = Ask | Confirm | Pick | Finish
"""What a question of ours is about: the next utterance may be its answer."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the answer to an open question came from. `origins.told` has it in words."""

    by: Literal["memory", "documents", "functions", "model", "nobody"]
    what: str = ""  # the document, the function, or the id of the model
    why: str = ""  # why that one: `think.choosing.Why`
    place: str = ""  # in a document, in full, to be shown


@dataclass(frozen=True, slots=True)
class Past:
    """The last turn in which a function was called, or a question was answered."""

    text: str  # what was said
    route: Route
    intents: tuple[Intent, ...]  # the functions that were called, in order
    reply: str  # what was answered
    origin: Origin | None = None  # of the answer to a question


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be said. Either `text` is whole or `stream` yields it sentence by sentence.

    An empty text is a silent success ("never mind"). `ok` is false for an apology.
    """

    text: str
    language: str
    stream: Iterator[str] | None = None
    listen_again: bool = False  # the reply asks something: listen without a wake word
    ok: bool = True
    stop_speaking: bool = False  # "stop": drop whatever is being said or rung
    then: Callable[[], object] | None = None  # what is still to be done before it is true
    undo: Callable[[], object] | None = None  # takes back what was done, when that can be
    asks: Asked | None = None  # with listen_again: what the answer is for
    looked: bool = False  # nothing was changed: there is nothing that could be undone


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something the assistant says on its own, such as a timer that is due."""

    reply: Reply
    chime: Literal["alarm", "none"] = "none"
    key: str = ""  # what it is about, so that it can be dismissed: "timer:7"
    command: str = ""  # carried out as if it were said now; then `reply` is not said


@dataclass(frozen=True, slots=True)
class Said:
    """What was said to us in one turn, as the dialogue takes it."""

    text: str
    language: str
    at: float  # monotonic seconds at which it was over
    began: float | None = None  # when the speech began; None: it was typed
    called: bool = True  # they called us, or answer us: it is certainly for us


@dataclass(frozen=True, slots=True)
class Undoable:
    """Something that was done, and how to take it back."""

    intent: Intent
    reply: str  # what was said about it
    undo: Callable[[], object] | None  # None: it cannot be taken back


@dataclass(frozen=True, slots=True)
class Done:
    """A function that was called, and its reply."""

    intent: Intent
    reply: Reply


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done about what was said: take back, then call, then say."""

    route: Route
    text: str  # what the functions are told was said
    take_back: tuple[Undoable, ...] = ()
    intents: tuple[Intent, ...] = ()
    confirmed: bool = False  # the person said yes to these very intents
    say: Reply | None = None  # what the dialogue itself says; may ask
    corrects: bool = False  # what is taken back is replaced, and need not be told
    answers: bool = False  # it answers, or gives up, the question that was open
    rest: tuple[Intent, ...] = ()  # to be called after that, and asked about
    others: tuple[Intent, ...] = ()  # what could have been meant instead
