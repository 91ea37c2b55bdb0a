"""The answer to an open question in one turn: begun at a pause, said when the question is over."""

from __future__ import annotations

from assistant.doing import Doer
from assistant.speak.sentences import split_stream
from assistant.stages import Director, Stages, Thought
from assistant.think.choosing import Able
from assistant.think.director import Director as OfModels
from assistant.think.memory import Conversation
from assistant.trace import TurnClock
from assistant.types import Intent, Origin, Past, Plan, Question, Reply, Route, Said, Unheard
from assistant.worker import Cancel

_READ_OUT = {
    "en": "I have read that out of your documents.",
    "es": "Te lo he leído de tus documentos.",
}
_SAID = {
    "en": "I have told you what a program of yours says.",
    "es": "Te he dicho lo que dice un programa tuyo.",
}
_ASKS_WHY = ("conversation.why", "conversation.source")


class Answering:
    """Begins at most one answer, and tells the trace of it."""

    def __init__(
        self,
        stages: Stages,
        conversation: Conversation,
        cancel: Cancel,
        clock: TurnClock,
        doer: Doer,
    ) -> None:
        self._stages = stages
        self._director = stages.director or _only(stages)
        self._director.stop()
        self._conversation = conversation
        self._cancel = cancel
        self._clock = clock
        self._doer = doer
        self._begun: Thought | None = None
        self._question = self._reply = ""
        self._language = ""

    @property
    def origin(self) -> Origin | None:
        """Where the answer comes from; None while there is none."""
        return self._begun.origin if self._begun else None

    def begin(self, route: Route, text: str, language: str) -> Thought | None:
        """Have it answered, if anybody can; what is no question only by what is written down.
        Asked again with the same words: the same answer."""
        open_ = isinstance(route, Question)
        question = route.text if isinstance(route, Question) else text
        if self._begun is not None and question == self._question:
            return self._begun
        self._question, self._language = question, language
        with self._clock.span("direct") as detail:
            self._begun = self._director.begin(
                question,
                language=language,
                history=self._conversation.history(),
                facts=self._stages.facts(language),
                cancel=self._cancel,
                detail=detail,
                only_written=not open_,
                act=lambda intent: self._doer.call(intent, question, language),
            )
        return self._begun

    def answered(self) -> Reply | None:
        """It was said to its end: the reply of a function that waits for the person, if one does.
        Raises what went wrong in the model."""
        if self._begun is None:
            return None
        if (cost := self._begun.cost()) is not None:
            start, seconds, detail = cost
            self._clock.add("think", start, seconds, dict(detail))
        return self._begun.asks

    def settle(self, reply: str) -> None:
        """Keep it as a part of the conversation, and prepare the next one."""
        self._reply = reply
        if self._begun is not None and (before := self._begun.goes_on):
            self._conversation.replace_last(f"{before} {reply}")
        else:
            self._conversation.add(self._question, self._for_models(reply))
        self._director.rest(self._language, self._conversation.history())

    def _for_models(self, reply: str) -> str:
        """What a model is told of a reply. What was read out of a document, or told by a server,
        is left out: whoever wrote that is not the person, and must not tell the model what to
        do."""
        assert self._begun is not None
        if not self._begun.foreign:
            return reply
        instead = _READ_OUT if self._begun.origin.by == "documents" else _SAID
        return instead.get(self._language, instead["en"])

    def past(self, said: Said, plan: Plan) -> Past | None:
        """What was answered, for "how do you know that?"; None when nothing was."""
        if self._begun is None or not self._reply:
            return None
        return Past(said.text, plan.route, (), self._reply, self._begun.origin)


def is_open(plan: Plan) -> bool:
    """Whether no function is meant: a question, or words that only what is written down knows."""
    nothing_else = not plan.intents and plan.say is None and not plan.take_back
    return nothing_else and isinstance(plan.route, Question | Unheard)


def asks_why(plan: Plan) -> bool:
    """Whether it is asked about what was answered last: that stays what it is about."""
    route = plan.route
    return isinstance(route, Intent) and route.function in _ASKS_WHY


def _only(stages: Stages) -> Director:
    """Where there is one model, and nothing is known of it."""
    thinkers = {"model": stages.thinker} if stages.thinker is not None else {}
    return OfModels(
        thinkers, [Able(name, ("multi",), 0.0, informed=True) for name in thinkers], split_stream
    )
