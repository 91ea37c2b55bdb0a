"""Does what the dialogue has planned: takes back, calls each function in order, makes one reply."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.actor import Actor
from assistant.errors import AssistantError, fault
from assistant.stages import Stages
from assistant.trace import TurnClock
from assistant.types import (
    Choice,
    Done,
    Intent,
    Plan,
    Reply,
    Said,
    Typed,
    Undoable,
    Utterance,
)
from assistant.worker import Cancel

log = logging.getLogger(__name__)

TOO_LONG = {
    "en": "Sorry, that takes too long. I gave up waiting for it.",
    "es": "Lo siento, eso tarda demasiado. He dejado de esperar.",
}
_LEFT = {
    "en": "I could not take back what I did before.",
    "es": "No he podido deshacer lo que hice antes.",
}


class Doer:
    """Carries out the plan of one turn. `done` keeps the functions that were called."""

    def __init__(self, stages: Stages, cancel: Cancel, clock: TurnClock) -> None:
        self.done: list[Done] = []
        self._stages = stages
        self._cancel = cancel
        self._clock = clock

    def ahead(self, plan: Plan, language: str) -> Reply | None:
        """The reply of the one function that is planned, where it may be called ahead."""
        if len(plan.intents) != 1 or plan.take_back or plan.rest or plan.say or plan.confirmed:
            return None
        [intent] = plan.intents
        with self._clock.span("act ahead"):
            try:
                return self._stages.actor.run(
                    lambda a: a.prepare(intent, intent.text or plan.text, language), self._cancel
                )
            except TimeoutError:
                return _too_long(language)

    def do(self, plan: Plan, language: str, ahead: Reply | None) -> Reply | None:
        """Do all of it, and give the one reply; None when cancelled."""
        replies: list[Reply] = []
        for entry in plan.take_back:
            told = self._take_back(entry, language)
            if told is None:
                return None
            if not plan.corrects:
                replies.append(told)
            elif not told.ok:  # what comes instead is done all the same
                text = told.text if entry.undo is not None else _LEFT[language]
                replies.append(replace(told, text=text, ok=True))
        if plan.say is not None:
            replies.append(plan.say)
        if isinstance(plan.route, Choice) and not plan.intents:
            which = self._ask_which(plan.route, plan.text, language)
            return which and _combined([*replies, which], language)
        calls = [(intent, plan.confirmed) for intent in plan.intents]
        calls += [(intent, False) for intent in plan.rest]
        for intent, confirmed in calls:
            reply = self._call(intent, plan.text, language, ahead, confirmed, len(calls) > 1)
            if reply is None:
                return None
            self.done.append(Done(intent, reply))
            replies.append(reply)
        return _combined(replies, language)

    def call(self, intent: Intent, text: str, language: str) -> Reply | None:
        """Call a function that a language model chose. Whatever fails in it is in the reply."""
        reply = self._call(intent, text, language, None, confirmed=False, one_of_many=True)
        if reply is not None:
            self.done.append(Done(intent, reply))
        return reply

    def _call(
        self,
        intent: Intent,
        text: str,
        language: str,
        ahead: Reply | None,
        confirmed: bool,
        one_of_many: bool,
    ) -> Reply | None:
        """Call a function. One of several may fail without stopping the others."""

        def act(actor: Actor) -> Reply:
            if ahead is not None:
                return actor.finish(ahead)
            return actor.act(intent, intent.text or text, language, confirmed=confirmed)

        with self._clock.span("act") as detail:
            if one_of_many:
                detail["function"] = intent.function
            try:
                reply = self._stages.actor.run(act, self._cancel)
            except TimeoutError:
                reply = _too_long(language)
            except Exception as error:
                if not one_of_many:
                    raise
                log.error("%s failed: %s", intent.function, fault(error))
                told = error if isinstance(error, AssistantError) else AssistantError("")
                reply = Reply(told.speech(language), language, ok=False)
            if reply is not None:
                detail["ok"] = reply.ok
            return reply

    def _take_back(self, entry: Undoable, language: str) -> Reply | None:
        with self._clock.span("undo") as detail:
            detail["function"] = entry.intent.function
            try:
                return self._stages.actor.run(lambda a: a.take_back(entry, language), self._cancel)
            except TimeoutError:
                return _too_long(language)

    def _ask_which(self, route: Choice, text: str, language: str) -> Reply | None:
        with self._clock.span("act"):
            return self._stages.actor.run(
                lambda a: a.ask_which(route.options, text, language), self._cancel
            )


def _too_long(language: str) -> Reply:
    return Reply(TOO_LONG[language], language, ok=False)


def _combined(replies: Sequence[Reply], language: str) -> Reply:
    """One reply of several: what was done, in order, and then the first question."""
    if len(replies) == 1:
        return replies[0]
    questions = [reply for reply in replies if reply.asks is not None]
    told = [reply for reply in replies if reply.asks is None] + questions[:1]
    return Reply(
        " ".join(_ended(reply.text) for reply in told if reply.text),
        language,
        listen_again=any(reply.listen_again for reply in told),
        ok=all(reply.ok for reply in replies),
        stop_speaking=any(reply.stop_speaking for reply in replies),
        asks=questions[0].asks if questions else None,
    )


def _ended(text: str) -> str:
    return text if text[-1:] in {".", "!", "?", "…"} else f"{text}."


def as_said(text: str, language: str, said: Utterance | Typed) -> Said:
    """What was said, for the dialogue. Who called us by name may speak while we do."""
    if isinstance(said, Typed):
        return Said(text, language, time.monotonic(), called=said.by_hand)
    began = said.speech_began_at if said.wake is None else None
    return Said(text, language, said.speech_ended_at, began, called=not said.commands_only)
