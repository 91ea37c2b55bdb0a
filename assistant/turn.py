"""The whole assistant on one page: `run_turn` takes what was said to what is answered.

    hear -> understand -> act | think -> speak

At a pause that may be the end of a command, `prepare` already hears and understands what was said
so far, and renders the answer where that changes nothing. If it was the end, `run_turn` goes on
from there.

Every step waits for its engine or for the turn's cancellation, whichever comes first; None
from a step means cancelled. Errors of ours become one spoken apology and end the turn, never
the loop.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from assistant.errors import AssistantError, fault
from assistant.mouth import Mouth
from assistant.speak.sentences import split_stream
from assistant.stages import Ear, Sink, Stages, Thinker
from assistant.think.memory import Conversation
from assistant.think.streaming import StreamedAnswer
from assistant.trace import TurnClock, describe, ending
from assistant.types import (
    Announcement,
    Completeness,
    Event,
    EventKind,
    Intent,
    Outcome,
    Question,
    Reply,
    Route,
    Transcript,
    Turn,
    Typed,
    Unheard,
    Utterance,
)
from assistant.worker import Cancel, Worker

log = logging.getLogger(__name__)

NOT_UNDERSTOOD = {"en": "Sorry, I did not understand.", "es": "Lo siento, no he entendido."}


def run_turn(
    said: Utterance | Typed | Announcement,
    stages: Stages,
    sink: Sink | None,
    cancel: Cancel,
    conversation: Conversation,
    on_event: Callable[[Event], object] = lambda _: None,
) -> Turn:
    """Answer what was `said`, aloud through `sink` (None: only in text).

    Never raises for a failing stage: the turn then ends as "failed", with an apology.
    """
    return TurnUnderWay(said, stages, sink, cancel, conversation, on_event).finish(said)


class TurnUnderWay:
    """One turn: what is known so far, and the steps that find out more."""

    def __init__(
        self,
        said: Utterance | Typed | Announcement,
        stages: Stages,
        sink: Sink | None,
        cancel: Cancel,
        conversation: Conversation,
        on_event: Callable[[Event], object],
    ) -> None:
        self.cancel = cancel
        self._stages = stages
        self._conversation = conversation
        self._on_event = on_event
        self._stage = "hear"
        self._transcript: Transcript | None = None
        self._route: Route | None = None
        self._ahead: Reply | None = None
        self._language = next(iter(stages.voices))
        self._listen_again = False
        self._error = ""
        self._failure: AssistantError | None = None
        match said:
            case Utterance():
                self._clock = TurnClock("utterance", said.speech_ended_at)
            case Typed():
                self._clock = TurnClock("text", time.monotonic())
                self._language = said.language
            case Announcement():
                self._clock = TurnClock("announcement", time.monotonic())
                self._language = said.reply.language
        self._mouth = Mouth(stages.voices, sink, cancel, self._clock, on_event)

    def prepare(self, draft: Utterance) -> Completeness:
        """Find out what was said so far, and whether more will follow. Nothing is done yet.

        What fails here is tried again by `finish`, when it is certain that it was for us.
        """
        try:
            return self._prepare(draft)
        except Exception as error:  # noqa: BLE001 - as in `finish`, which then tells about it
            log.info("a draft failed in %s: %s", self._stage, fault(error))
            self._transcript = self._route = self._ahead = None
            return "unknown"

    def finish(self, said: Utterance | Typed | Announcement) -> Turn:
        """Answer it. An utterance must be the one that was prepared, if any was."""
        try:
            outcome = self._answer(said)
        except AssistantError as error:
            outcome = self._apologise(error, str(error))
        except Exception as error:  # noqa: BLE001 - whatever a stage raises must not end the loop
            log.error("a turn failed in %s: %s", self._stage, fault(error))
            where = f"{self._stage}: {fault(error)}"
            outcome = self._apologise(AssistantError("unexpected"), where)
        return self._end(outcome)

    def _prepare(self, draft: Utterance) -> Completeness:
        transcript = self._hear(draft)
        if transcript is None or not transcript.text:
            self._transcript = None  # with all of its end, it may turn out to be words
            return "unknown"
        self._emit("partial", transcript.text)
        route = self._understand(transcript, draft)
        completeness = self._stages.router.completeness(transcript.text, self._language)
        if isinstance(route, Intent) and completeness != "unfinished":
            self._act_ahead(route, transcript.text)
        return completeness

    def _act_ahead(self, route: Intent, text: str) -> None:
        """Ask the function for its reply, and render that: the voice keeps what it rendered."""
        with self._clock.span("act ahead"):
            language = self._language
            self._ahead = self._stages.actor.run(
                lambda a: a.prepare(route, text, language), self.cancel
            )
        if self._ahead is not None:
            self._mouth.render(self._ahead)

    def _answer(self, said: Utterance | Typed | Announcement) -> Outcome:
        if isinstance(said, Announcement):
            self._route = Unheard(f"announcement {said.key}")
            self._emit("announcing", said.reply.text)
            return self._speak(said.reply)
        if isinstance(said, Utterance):
            waited = time.monotonic() - said.speech_ended_at
            self._clock.add("endpoint", said.speech_ended_at, waited, ending(said))
        transcript = self._transcript or self._hear(said)
        if transcript is None:
            return "cancelled"
        self._emit("heard", transcript.text)
        self._route = self._route or self._understand(transcript, said)
        self._emit("routed", _in_words(self._route))
        if isinstance(self._route, Question) and isinstance(said, Utterance) and said.commands_only:
            self._route = Unheard("a question, but nobody called")
            return "unheard"
        if isinstance(self._route, Question) and self._stages.thinker is not None:
            return self._think(self._route.text, self._stages.thinker)
        outcome = self._speak(self._reply(self._route, transcript))
        return outcome if isinstance(self._route, Intent) else "unheard"

    # -- the steps ---------------------------------------------------------------------------

    def _hear(self, said: Utterance | Typed) -> Transcript | None:
        if isinstance(said, Typed):
            self._transcript = Transcript(said.text, said.language, 1.0, 0.0, 0.0)
            return self._transcript
        self._emit("transcribing")
        with self._clock.span("transcribe", said.seconds) as detail:
            transcript = self._stages.transcriber.run(lambda t: t.transcribe(said), self.cancel)
            if transcript is None:
                return None
            detail.update(
                confidence=round(transcript.confidence, 3),
                no_speech=round(transcript.no_speech, 3),
                reason=transcript.reason,
            )
        self._transcript = transcript
        if transcript.language in self._stages.voices:
            self._language = transcript.language
        return transcript

    def _understand(self, transcript: Transcript, said: Utterance | Typed) -> Route:
        self._stage = "understand"
        with self._clock.span("route") as detail:
            if transcript.text:
                route = self._stages.router.route(
                    transcript.text, self._language, self._ear(said), self.cancel
                )
            else:
                route = Unheard(transcript.reason or "no words")
            detail.update(describe(route))
        self._route = route
        return route

    def _ear(self, said: Utterance | Typed) -> Ear | None:
        """The recognizer's opinion of what else may have been said."""
        if isinstance(said, Typed):
            return None
        hear = self._stages.transcriber
        return lambda texts: hear.run(lambda t: t.score(said, texts), self.cancel) or []

    def _reply(self, route: Route, transcript: Transcript) -> Reply:
        if isinstance(route, Intent):
            self._stage = "act"
            return self._act(route, transcript.text)
        if not transcript.text:
            return Reply("", self._language)  # nobody spoke: nothing to apologise for
        return Reply(NOT_UNDERSTOOD[self._language], self._language, ok=False)

    def _act(self, route: Intent, text: str) -> Reply:
        with self._clock.span("act") as detail:
            language, ahead = self._language, self._ahead
            reply = self._stages.actor.run(
                lambda a: a.finish(ahead) if ahead else a.act(route, text, language), self.cancel
            )
            if reply is None:
                return Reply("", self._language)  # cancelled; the steps after this one notice
            detail["ok"] = reply.ok
            return reply

    def _think(self, question: str, thinker: Worker[Thinker]) -> Outcome:
        """Speak the answer while it is written."""
        self._stage = "think"
        self._emit("thinking")
        language = self._language
        history, facts = self._conversation.history(), self._stages.facts(language)
        answer = StreamedAnswer(thinker, question, language, history, facts, self.cancel)
        outcome = self._speak(Reply("", language, stream=answer.whole(split_stream(answer.pieces))))
        if outcome == "answered":
            start, written, detail = answer.result()
            self._clock.add("think", start, written.seconds, detail)
        return outcome

    def _speak(self, reply: Reply) -> Outcome:
        self._stage = "speak"
        self._listen_again = reply.listen_again
        if not self._mouth.speak(reply):
            return "cancelled"
        return "answered" if reply.ok else "failed"

    # -- the end -----------------------------------------------------------------------------

    def _apologise(self, error: AssistantError, message: str) -> Outcome:
        """Say, once, that it did not work. Silent when even that fails."""
        self._error, self._failure = message, error
        if self.cancel.is_set():
            return "cancelled"
        try:
            self._speak(Reply(error.speech(self._language), self._language, ok=False))
        except Exception as second:  # noqa: BLE001 - there is nobody left to tell
            log.error("the apology failed too: %s", fault(second))
        return "failed"

    def _end(self, outcome: Outcome) -> Turn:
        text = self._transcript.text if self._transcript else ""
        reply = " ".join(self._mouth.said)
        if isinstance(self._route, Question) and outcome == "answered":
            self._conversation.add(text, reply)
        if reply:
            self._stages.actor.start(lambda a: a.spoken(reply))
        route = self._route or Unheard("the turn ended before it was understood")
        trace = self._clock.finish(
            outcome,
            self._language,
            route,
            transcript=text,
            reply=reply,
            error=self._error,
        )
        turn = Turn(
            outcome, self._transcript, route, reply, trace, self._listen_again, self._failure
        )
        self._emit("idle", turn=turn)
        return turn

    def _emit(self, kind: EventKind, text: str = "", turn: Turn | None = None) -> None:
        self._on_event(Event(kind, text, turn))


def _in_words(route: Route) -> str:
    match route:
        case Intent():
            return f"{route.function} ({route.stage}, {route.score:.2f})"
        case Question():
            return f"question: {route.reason}"
        case Unheard():
            return route.reason
