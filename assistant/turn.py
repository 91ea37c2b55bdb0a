"""The whole assistant on one page: `run_turn` takes what was said to what is answered.

    hear -> understand -> act | think -> speak

Every step waits for its engine or for the turn's cancellation, whichever comes first; None
from a step means cancelled. Errors of ours become one spoken apology and end the turn, never
the loop.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.errors import AssistantError, fault
from assistant.speak.sentences import split_stream
from assistant.speak.text import speakable
from assistant.stages import Actor, Exchange, Router, Sink, Thinker, Transcriber, Voice
from assistant.think.streaming import StreamedAnswer
from assistant.trace import TurnClock, describe
from assistant.types import (
    Announcement,
    Event,
    EventKind,
    Intent,
    Outcome,
    Question,
    Reply,
    Route,
    Transcript,
    Turn,
    Unheard,
    Utterance,
)
from assistant.worker import Cancel, Worker

log = logging.getLogger(__name__)

NOT_UNDERSTOOD = {"en": "Sorry, I did not understand.", "es": "Lo siento, no he entendido."}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed instead of said."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Stages:
    """The engines of a turn, each with the thread that owns it."""

    transcriber: Worker[Transcriber]
    router: Router
    actor: Worker[Actor]
    thinker: Worker[Thinker] | None
    voices: Mapping[str, Worker[Voice]]  # by language; the first is the fallback
    facts: Callable[[str], Sequence[str]]  # true sentences about this device, by language

    def voice(self, language: str) -> Worker[Voice]:
        return self.voices.get(language) or next(iter(self.voices.values()))


class Conversation:
    """The last exchanges; what a follow-up question refers to. Kept in memory only."""

    def __init__(self, turns: int) -> None:
        self._exchanges: deque[Exchange] = deque(maxlen=turns)

    def add(self, user: str, assistant: str) -> None:
        self._exchanges.append(Exchange(user, assistant))

    def history(self) -> list[Exchange]:
        return list(self._exchanges)


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
    turn = _Turn(said, stages, sink, cancel, conversation, on_event)
    try:
        outcome = turn.run(said)
    except AssistantError as error:
        outcome = turn.apologise(error, str(error))
    except Exception as error:  # noqa: BLE001 - whatever a stage raises must not end the loop
        log.error("a turn failed in %s: %s", turn.stage, fault(error))
        outcome = turn.apologise(AssistantError("unexpected"), f"{turn.stage}: {fault(error)}")
    return turn.end(outcome)


class _Turn:
    """One turn under way: what is known so far, and the steps that find out more."""

    def __init__(
        self,
        said: Utterance | Typed | Announcement,
        stages: Stages,
        sink: Sink | None,
        cancel: Cancel,
        conversation: Conversation,
        on_event: Callable[[Event], object],
    ) -> None:
        self._stages = stages
        self._sink = sink
        self._cancel = cancel
        self._conversation = conversation
        self._on_event = on_event
        self.stage = "hear"
        self._transcript: Transcript | None = None
        self._route: Route = Unheard("the turn ended before it was understood")
        self._language = next(iter(stages.voices))
        self._sentences: list[str] = []
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

    def run(self, said: Utterance | Typed | Announcement) -> Outcome:
        if isinstance(said, Announcement):
            self._route = Unheard(f"announcement {said.key}")
            self._emit("announcing", said.reply.text)
            return self._speak(said.reply)
        transcript = self._hear(said)
        if transcript is None:
            return "cancelled"
        self._route = self._understand(transcript)
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
        now = time.monotonic()
        waited = now - said.speech_ended_at
        self._clock.add("endpoint", said.speech_ended_at, waited, {"ended_by": said.ended_by})
        self._emit("transcribing")
        with self._clock.span("transcribe", said.seconds) as detail:
            transcript = self._stages.transcriber.run(lambda t: t.transcribe(said), self._cancel)
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
        self._emit("heard", transcript.text)
        return transcript

    def _understand(self, transcript: Transcript) -> Route:
        self.stage = "understand"
        with self._clock.span("route") as detail:
            if transcript.text:
                route = self._stages.router.route(transcript.text, self._language)
            else:
                route = Unheard(transcript.reason or "no words")
            detail.update(describe(route))
        self._emit("routed", _in_words(route))
        return route

    def _reply(self, route: Route, transcript: Transcript) -> Reply:
        if isinstance(route, Intent):
            self.stage = "act"
            return self._act(route, transcript.text)
        if not transcript.text:
            return Reply("", self._language)  # nobody spoke: nothing to apologise for
        return Reply(NOT_UNDERSTOOD[self._language], self._language, ok=False)

    def _act(self, route: Intent, text: str) -> Reply:
        with self._clock.span("act") as detail:
            reply = self._stages.actor.run(
                lambda a: a.act(route, text, self._language), self._cancel
            )
            if reply is None:
                return Reply("", self._language)  # cancelled; the steps after this one notice
            detail["ok"] = reply.ok
            return reply

    def _think(self, question: str, thinker: Worker[Thinker]) -> Outcome:
        """Speak the answer while it is written."""
        self.stage = "think"
        self._emit("thinking")
        language = self._language
        history, facts = self._conversation.history(), self._stages.facts(language)
        answer = StreamedAnswer(thinker, question, language, history, facts, self._cancel)
        outcome = self._speak(Reply("", language, stream=answer.whole(split_stream(answer.pieces))))
        if outcome == "answered":
            start, written, detail = answer.result()
            self._clock.add("think", start, written.seconds, detail)
        return outcome

    def _speak(self, reply: Reply) -> Outcome:
        self.stage = "speak"
        self._listen_again = reply.listen_again
        if reply.stop_speaking and self._sink is not None:
            self._sink.stop()
        voice = self._stages.voice(reply.language)
        for sentence in reply.stream or split_stream(iter([reply.text])):
            self._sentences.append(sentence)
            self._emit("saying", sentence)
            if self._sink is None:
                continue
            if not self._say(sentence, reply.language, voice, self._sink):
                return "cancelled"
        if self._sink is not None and self._sentences and not self._sink.finish(self._cancel):
            return "cancelled"
        if self._cancel.is_set():
            return "cancelled"
        return "answered" if reply.ok else "failed"

    def _say(self, sentence: str, language: str, voice: Worker[Voice], sink: Sink) -> bool:
        text = speakable(sentence, language)
        with self._clock.span("synthesize") as detail:
            speech = voice.run(lambda v: v.synthesize(text), self._cancel)
            if speech is None:
                return False
            detail["sound_seconds"] = speech.seconds
        self._clock.sounded(sink.play(speech))
        return True

    # -- the end -----------------------------------------------------------------------------

    def apologise(self, error: AssistantError, message: str) -> Outcome:
        """Say, once, that it did not work. Silent when even that fails."""
        self._error, self._failure = message, error
        if self._cancel.is_set():
            return "cancelled"
        try:
            self._speak(Reply(error.speech(self._language), self._language, ok=False))
        except Exception as second:  # noqa: BLE001 - there is nobody left to tell
            log.error("the apology failed too: %s", fault(second))
        return "failed"

    def end(self, outcome: Outcome) -> Turn:
        text = self._transcript.text if self._transcript else ""
        reply = " ".join(self._sentences)
        if isinstance(self._route, Question) and outcome == "answered":
            self._conversation.add(text, reply)
        if reply:
            self._stages.actor.start(lambda a: a.spoken(reply))
        trace = self._clock.finish(
            outcome,
            self._language,
            self._route,
            transcript=text,
            reply=reply,
            error=self._error,
        )
        turn = Turn(
            outcome, self._transcript, self._route, reply, trace, self._listen_again, self._failure
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
