"""The protocols of thinking: models that answer, who of them is asked, what they are told. A part
of `stages`, which has all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from assistant.types import Intent, Origin, Reply
from assistant.worker import Cancel


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the user and what was answered."""

    user: str
    assistant: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a language model wrote, and what it cost."""

    text: str
    prompt_tokens: int
    cached_tokens: int  # of the prompt, those that needed no work
    tokens: int
    first_token_seconds: float
    seconds: float
    ended_by: str  # "end", "length", "loop" (it repeated itself), "cancelled"


class Thinker(Protocol):
    def answer(
        self,
        question: str,
        *,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
        on_text: Callable[[str], object],
        cancel: Cancel,
        begun: str = "",
    ) -> Answer:
        """Answer in a few sentences fit to be spoken, giving each piece of text to `on_text`
        as it is written. Stops soon after a cancel, in the evaluation of the prompt too.
        `facts` are true sentences about this device ("It is 7:05 pm."). begun: what was said of
        this answer already; it is written on from there."""

    def prepare(self, *, language: str, history: Sequence[Exchange], cancel: Cancel) -> None:
        """Nobody asks anything at the moment: do ahead what the next question will need."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What an answer stands in, for a model that is able to put it into words."""

    text: str
    keeps_to: Callable[[str], bool]
    """Whether what a model made of it tells nothing else, and what was asked for."""


@dataclass(frozen=True, slots=True)
class Known:
    """An answer that need not be written by a model: it stands somewhere."""

    text: str
    origin: Origin
    more: Callable[[], Known | None] | None = None
    """How it goes on, for a person who wants more; None where that is not known."""
    before: str = ""
    """What is said before the text: where it stands."""
    excerpt: Excerpt | None = None


class Thought(Protocol):
    """An answer to an open question, perhaps still on its way."""

    origin: Origin
    asks: Reply | None
    """Once the sentences have ended: the reply of a function that waits for the person."""
    goes_on: str
    """What was said of this answer in the turn before; "" for one of its own."""
    foreign: bool
    """Once the sentences have ended: whether a stranger wrote some of them, so that no model is to
    hear them."""
    sentences: Iterator[str]
    """To be said, each as early as possible; ends when the turn is cancelled, too."""

    def cost(self) -> tuple[float, float, Mapping[str, Any]] | None:
        """Once the sentences have ended: monotonic start, seconds, and what a model's work
        was; None when no model worked. Raises what went wrong in it."""


Act = Callable[[Intent], "Reply | None"]
"""Calls a function of the device, as a person would have it called: one that is to be confirmed
asks. None when the turn was cancelled."""


class Director(Protocol):
    """Who answers an open question: what is written down, a language model, or nobody."""

    def begin(
        self,
        question: str,
        *,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
        cancel: Cancel,
        detail: dict[str, Any],
        only_written: bool = False,
        act: Act | None = None,
    ) -> Thought | None:
        """Begin to answer, changing nothing; None where there is nobody that could. Why it is
        this one is put into `detail`. only_written: no model is asked. act: for a model that can
        choose functions; used when the sentences are taken, and by whoever takes them."""

    def rest(self, language: str, history: Sequence[Exchange]) -> None:
        """A question was answered: prepare the next one, until `stop`."""

    def stop(self) -> None:
        """Something was said: what is prepared gives way."""

    def close(self) -> None:
        """The program ends: nobody waits for an answer any more, begun at a pause or prepared."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A function of the device, as a language model is told of it."""

    name: str
    example: str  # what one says to have it
    values: Mapping[str, str]  # what it takes, and what kind of value that is: "duration", "words"
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)  # all that a value can be
    foreign: bool = False  # strangers write what it tells


@dataclass(frozen=True)
class Call:
    """A function that a language model wants to have called.

    values: pairs of a slot and words. score: 0..1, how likely the model finds that name.
    """

    tool: str
    values: tuple[tuple[str, str], ...] = ()
    score: float = field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class Called:
    """What came of a call: what the function told, or why it was not called."""

    call: Call
    told: str


class ToolUser(Protocol):
    def call(
        self,
        question: str,
        tools: Sequence[Tool],
        *,
        language: str,
        history: Sequence[Exchange],
        facts: Sequence[str],
        called: Sequence[Called],
        cancel: Cancel,
    ) -> Sequence[Call] | None:
        """Which of the tools are to be called next for a question, after those that were `called`;
        empty when none is. None when cancelled. Whatever the model writes, the names are those of
        `tools`, and the values some of those that they take."""


class Toolbox(Protocol):
    """The functions of the device, as a model may call them."""

    def offered(self, text: str, language: str) -> Sequence[Tool]:
        """The few that a sentence could mean."""

    def intent(self, call: Call, texts: Sequence[str], language: str) -> Intent | str:
        """What a call means; or why it is not to be made, for the model. texts: the sentence, and
        what other functions told: what a value may come from."""
