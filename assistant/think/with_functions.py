"""An answer for which a model calls functions of the device: several at once, or one after what
another told.

The model only names them and writes words for their values; what is called, and with what, the
toolbox decides, and a dangerous function asks the person as ever. Nothing is called before the
first sentence is wanted, so a question may be begun at a pause. What the functions tell is said as
they tell it: only where a question needs more than one of them to be put together does the model
write the answer, and only as long as it keeps to their numbers.

What strangers write (`Tool.foreign`) is said to the person and to nobody else: the model is asked
no more, and no value is taken from it, else whoever wrote it would have functions called.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from assistant.stages import Act, Call, Called, Thought, Tool, Toolbox, ToolUser
from assistant.think.answers import Asked, Streamed
from assistant.think.choosing import kind
from assistant.types import Origin, Reply
from assistant.worker import Cancel, Worker

MOST_CALLS = 6
"""Functions that one sentence may have called."""
ROUNDS = 3
"""Times that the model is asked what else to call, with what was told before."""
_ASKING = ("fact", "explain", "count")
ENOUGH = {
    "en": "That is as much as I do at once.",
    "es": "No hago más cosas de una vez.",
}
SAID = {"en": "It was said to the user.", "es": "Se le ha dicho al usuario."}
"""All that the model is told of what a stranger wrote."""
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Means:
    """tools: what the model is offered. act: calls a function. otherwise: the answer where it
    calls none. written: the answer that a model writes from what functions told."""

    tools: Sequence[Tool]
    toolbox: Toolbox
    user: Worker[ToolUser]
    model: str
    act: Act
    otherwise: Callable[[], Thought]
    written: Callable[[Sequence[str]], Streamed]


class WithFunctions:
    """See the module. `asks` is the reply of a function that waits for the person."""

    def __init__(self, asked: Asked, means: Means, cancel: Cancel) -> None:
        self.origin = Origin("functions", means.model)
        self.goes_on = ""
        self.foreign = False
        self.asks: Reply | None = None
        self._asked = asked
        self._means = means
        self._cancel = cancel
        self._called: list[Called] = []
        self._told: list[str] = []  # what a value may come from
        self._replies: list[Reply] = []
        self._final: Thought | None = None
        self._started = time.monotonic()
        self._thinking = 0.0
        self._rounds = 0
        self._too_much = False
        self._next = self._think()
        self.sentences = self._said()

    def _think(self) -> Future[Sequence[Call] | None]:
        asked, called, cancel = self._asked, tuple(self._called), self._cancel
        return self._means.user.start(
            lambda model: model.call(
                asked.question,
                self._means.tools,
                language=asked.language,
                history=asked.history,
                facts=asked.facts,
                called=called,
                cancel=cancel,
            )
        )

    def _said(self) -> Iterator[str]:
        whole = kind(self._asked.question, self._asked.language) in _ASKING
        held: list[str] = []
        for calls in self._wanted():
            for call in calls:
                if (text := self._do(call)) is None:
                    continue
                if self._cancel.is_set():
                    return
                if whole:
                    held.append(text)
                elif text:
                    yield text
            if self.asks is not None:
                break
        if self._cancel.is_set():
            return
        yield from self._end(held)

    def _wanted(self) -> Iterator[Sequence[Call]]:
        """What the model wants called, round by round; never the same twice."""
        while True:
            began = time.monotonic()
            calls = self._means.user.wait(self._next, self._cancel)
            self._thinking += time.monotonic() - began
            self._rounds += 1
            known = {entry.call for entry in self._called}
            new = [call for call in dict.fromkeys(calls or ()) if call not in known]
            if not new:
                return
            left = MOST_CALLS - len(self._called)
            self._too_much = len(new) > left
            yield new[:left]
            if self.asks is not None or self.foreign or self._cancel.is_set():
                return
            if len(new) >= left or self._rounds == ROUNDS:
                return
            self._next = self._think()

    def _do(self, call: Call) -> str | None:
        """Call it, and note what came of it. What is to be said; None where nothing was called."""
        texts = [self._asked.question, *self._told]
        intent = self._means.toolbox.intent(call, texts, self._asked.language)
        if isinstance(intent, str):
            self._called.append(Called(call, intent))
            return None
        reply = self._means.act(intent)
        if reply is None:  # cancelled
            return ""
        if any(tool.foreign for tool in self._means.tools if tool.name == call.tool):
            self.foreign = True
            self._called.append(Called(call, SAID.get(self._asked.language, SAID["en"])))
        else:
            self._called.append(Called(call, reply.text))
            self._told.append(reply.text)
        if reply.asks is not None or reply.listen_again:
            if self.asks is None:
                self.asks = reply
            return None  # asked once, at the end
        self._replies.append(reply)
        return reply.text

    def _end(self, held: Sequence[str]) -> Iterator[str]:
        told = [text for text in held if text]
        if not self._replies and self.asks is None:
            self._final = final = self._means.otherwise()
            self.origin, self.goes_on, self.foreign = final.origin, final.goes_on, final.foreign
            yield from final.sentences
        elif self._to_be_put_together(told):
            yield from self._composed(told)
        else:
            yield from told
        if self._too_much:
            yield ENOUGH.get(self._asked.language, ENOUGH["en"])
        if self.asks is not None:
            yield self.asks.text

    def _to_be_put_together(self, told: Sequence[str]) -> bool:
        only_looked = all(reply.looked and reply.ok for reply in self._replies)
        return len(told) > 1 and only_looked and self.asks is None and not self.foreign

    def _composed(self, told: Sequence[str]) -> Iterator[str]:
        """What the model makes of it; where it makes up a number, what was told itself."""
        final = self._means.written(told)
        sources = [self._asked.question, *self._asked.facts, *told]
        for sentence in final.sentences:
            if not _keeps_to(sentence, sources):
                final.stop()
                break
            self._final = final
            yield sentence
        else:
            if self._final is not None or self._cancel.is_set():
                return
        yield from told

    def cost(self) -> tuple[float, float, Mapping[str, Any]] | None:
        """The model's work: choosing, and the answer where it wrote one."""
        detail: dict[str, Any] = {}
        seconds = self._thinking
        if self._final is not None and (cost := self._final.cost()) is not None:
            seconds += cost[1]
            detail.update(cost[2])
        detail.update(calls=len(self._called), rounds=self._rounds, model=self._means.model)
        detail["choosing_seconds"] = round(self._thinking, 3)
        return self._started, seconds, detail


def _keeps_to(sentence: str, sources: Sequence[str]) -> bool:
    """Whether each number of a sentence stands in what it is made of."""
    known = {number for text in sources for number in _NUMBER.findall(text)}
    return all(number in known for number in _NUMBER.findall(sentence))
