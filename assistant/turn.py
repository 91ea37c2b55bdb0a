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

from assistant.answering import Answering, asks_why, is_open
from assistant.dialogue import Machine
from assistant.doing import Doer, as_said
from assistant.errors import AssistantError, fault
from assistant.mouth import Mouth
from assistant.stages import Ear, Sink, Stages
from assistant.think.memory import Conversation
from assistant.trace import TurnClock, describe, ending, in_words
from assistant.types import (
    Announcement,
    Choice,
    Completeness,
    Event,
    EventKind,
    Intent,
    Outcome,
    Plan,
    Reply,
    Said,
    Several,
    Transcript,
    Turn,
    Typed,
    Unheard,
    Utterance,
)
from assistant.which_language import language_of
from assistant.worker import Cancel

log = logging.getLogger(__name__)

NOT_UNDERSTOOD = {"en": "Sorry, I did not understand.", "es": "Lo siento, no he entendido."}
CANNOT = {"en": "I can't do that here.", "es": "Eso no puedo hacerlo aquí."}


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
        self._on_event = on_event
        self._stage = "hear"
        self._transcript: Transcript | None = None
        self._dialogue = stages.dialogue or Machine()
        self._said: Said | None = None
        self._plan: Plan | None = None
        self._ahead: Reply | None = None
        self._reply: Reply | None = None
        self._language = next(iter(stages.voices))
        self._listen_again = False
        self._error = ""
        self._failure: AssistantError | None = None
        match said:
            case Utterance():
                self._clock = TurnClock("utterance", said.speech_ended_at)
            case Typed():
                self._clock = TurnClock("text", time.monotonic())
                languages = list(stages.voices)
                self._language = said.language or language_of(said.text, languages, stages.router)
            case Announcement():
                self._clock = TurnClock("announcement", time.monotonic())
                self._language = said.reply.language
        self._mouth = Mouth(stages.voices, sink, cancel, self._clock, on_event)
        self._doer = Doer(stages, cancel, self._clock)
        self._answering = Answering(stages, conversation, cancel, self._clock, self._doer)

    def prepare(self, draft: Utterance) -> Completeness:
        """Find out what was said so far, and whether more will follow. Nothing is done yet.

        What fails here is tried again by `finish`, when it is certain that it was for us.
        """
        try:
            return self._prepare(draft)
        except Exception as error:  # noqa: BLE001 - as in `finish`, which then tells about it
            return self._in_vain(error)

    def go_ahead(self, over: Callable[[], bool] = lambda: False) -> None:
        """Begin to answer, or call what only looks, and render that reply until `over`."""
        plan = self._plan
        try:
            if plan and is_open(plan) and self._said and self._said.called:
                self._answering.begin(plan.route, plan.text, self._language)
            elif plan and (ahead := self._doer.ahead(plan, self._language)):
                self._mouth.render(ahead, over)
                self._ahead = ahead
        except Exception as error:  # noqa: BLE001 - as above
            self._in_vain(error)

    def _in_vain(self, error: Exception) -> Completeness:
        log.info("a draft failed in %s: %s", self._stage, fault(error))
        self._transcript = self._plan = self._ahead = None
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
        self._understand(transcript, draft)
        assert self._said is not None
        return self._dialogue.completeness(self._said, self._stages.router)

    def _answer(self, said: Utterance | Typed | Announcement) -> Outcome:
        if isinstance(said, Announcement):
            self._plan = Plan(Unheard(f"announcement {said.key}"), "")
            self._dialogue.announced()
            if said.key:  # else another program has us say something
                self._emit("announcing", said.reply.text)
            return self._speak(said.reply)
        if isinstance(said, Utterance):
            waited = time.monotonic() - said.speech_ended_at
            self._clock.add("endpoint", said.speech_ended_at, waited, ending(said))
        transcript = self._transcript or self._hear(said)
        if transcript is None:
            return "cancelled"
        self._emit("heard", transcript.text)
        plan = self._plan or self._understand(transcript, said)
        self._emit("routed", in_words(plan.route))
        if is_open(plan):
            if transcript.text and isinstance(said, Utterance) and said.commands_only:
                self._plan = Plan(Unheard("a question, but nobody called"), plan.text)
                return "unheard"
            if transcript.text and (outcome := self._think(plan)) is not None:
                return outcome
        return self._do(plan, transcript)

    # -- the steps ---------------------------------------------------------------------------

    def _hear(self, said: Utterance | Typed) -> Transcript | None:
        if isinstance(said, Typed):
            self._transcript = Transcript(said.text, self._language, 1.0, 0.0, 0.0)
            return self._transcript
        self._emit("transcribing")
        with self._clock.span("transcribe", said.seconds) as detail:
            hear = self._stages.transcriber
            transcript = hear.run(lambda t: t.transcribe(said), self.cancel, size=said.seconds)
            if transcript is None:
                return None
            detail.update(confidence=round(transcript.confidence, 3), reason=transcript.reason)
            detail.update(no_speech=round(transcript.no_speech, 3))
        self._transcript = transcript
        if transcript.language in self._stages.voices:
            self._language = transcript.language
        return transcript

    def _understand(self, transcript: Transcript, said: Utterance | Typed) -> Plan:
        self._stage = "understand"
        with self._clock.span("route") as detail:
            self._said = as_said(transcript.text, self._language, said)
            if transcript.text:
                ear, router = self._ear(said), self._stages.router
                self._plan = self._dialogue.read(self._said, router, ear, self.cancel)
            else:
                self._plan = Plan(Unheard(transcript.reason or "no words"), "")
            detail.update(describe(self._plan.route))
        return self._plan

    def _ear(self, said: Utterance | Typed) -> Ear | None:
        """The recognizer's opinion of what else may have been said."""
        if isinstance(said, Typed):
            return None
        hear = self._stages.transcriber
        return lambda texts: hear.run(lambda t: t.score(said, texts), self.cancel) or []

    def _do(self, plan: Plan, transcript: Transcript) -> Outcome:
        """Do what is planned, and say so; or say that nothing was understood."""
        if not transcript.text:
            return "unheard"  # nobody spoke: nothing to apologise for
        meant = isinstance(plan.route, Intent | Several | Choice)
        if not meant and plan.say is None:
            heard = plan.route if isinstance(plan.route, Unheard) else Unheard("no answer")
            apology = (CANNOT if heard.refused else NOT_UNDERSTOOD)[self._language]
            self._speak(Reply(heard.reply or apology, self._language, ok=False))
            return "unheard"
        self._stage = "act"
        self._reply = self._doer.do(plan, self._language, self._ahead)
        if self._reply is None:
            return "cancelled"
        outcome = self._speak(self._reply)
        return outcome if meant or self._listen_again else "unheard"

    def _think(self, plan: Plan) -> Outcome | None:
        """Speak the answer while it is written; None where nobody can answer."""
        self._stage = "think"
        answer = self._answering.begin(plan.route, plan.text, self._language)
        if answer is None:
            return None
        self._emit("thinking")
        if answer.origin.place:
            self._emit("source", answer.origin.place)
        outcome = self._speak(Reply("", self._language, stream=answer.sentences))
        if outcome == "answered" and (asks := self._answering.answered()) is not None:
            self._reply, self._listen_again = asks, True
        return outcome

    def _speak(self, reply: Reply) -> Outcome:
        self._stage = "speak"
        self._listen_again = reply.listen_again
        if not self._mouth.speak(reply):
            return "cancelled"
        return "answered" if reply.ok or reply.listen_again else "failed"

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
        route = self._plan.route if self._plan else Unheard("it ended before it was understood")
        if self._answering.origin is not None and outcome == "answered":
            self._answering.settle(reply)
        self._remember(outcome, reply)
        lang, error = self._language, self._error
        trace = self._clock.finish(outcome, lang, route, transcript=text, reply=reply, error=error)
        heard, again = self._transcript, self._listen_again
        turn = Turn(outcome, heard, route, reply, trace, again, self._failure)
        self._emit("idle", turn=turn)
        return turn

    def _remember(self, outcome: Outcome, reply: str) -> None:
        """Tell the dialogue what became of its plan, and the functions what was said and done."""
        undecided = outcome == "cancelled" and not self._doer.done
        if self._said is not None and self._plan is not None and not undecided:
            whole = self._reply or Reply("", self._language)
            now = time.monotonic()
            self._dialogue.settle(self._said, self._plan, self._doer.done, whole, now)
            past = self._answering.past(self._said, self._plan) or self._dialogue.past(now)
            if not asks_why(self._plan):
                self._stages.actor.start(lambda a: a.remember(past))
        if reply:
            self._stages.actor.start(lambda a: a.spoken(reply))

    def _emit(self, kind: EventKind, text: str = "", turn: Turn | None = None) -> None:
        self._on_event(Event(kind, text, turn))
