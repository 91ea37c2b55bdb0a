"""Says replies, sentence by sentence: rendered by the voice's worker, played by the sink."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.speak.sentences import split_stream
from assistant.speak.text import speakable
from assistant.speak.tongue import by_tongue
from assistant.stages import Sink, Voice
from assistant.trace import TurnClock
from assistant.types import Event, Reply, Speech
from assistant.unbroken import Unbroken
from assistant.worker import Cancel, Worker


class Mouth:
    """What one turn says aloud (with `sink` None: only shows). `said` keeps the sentences.

    voices: by language; the first stands in for a language that has none.
    """

    def __init__(
        self,
        voices: Mapping[str, Worker[Voice]],
        sink: Sink | None,
        cancel: Cancel,
        clock: TurnClock,
        on_event: Callable[[Event], object],
    ) -> None:
        self.said: list[str] = []
        self._voices = voices
        self._sink = Unbroken(sink, cancel) if sink is not None else None
        self._cancel = cancel
        self._clock = clock
        self._on_event = on_event

    def render(self, reply: Reply, over: Callable[[], bool]) -> None:
        """Prepare the sound of a reply, piece by piece, until `over` says that it is to be spoken;
        the voice keeps what it rendered last."""
        if self._sink is None:
            return
        with self._clock.span("synthesize ahead"):
            sentences = split_stream(iter([reply.text]))
            for _, pieces in by_tongue(sentences, reply.language, self._voices):
                for piece, tongue in pieces:
                    self._rendered(piece, tongue)
                if over():
                    return

    def speak(self, reply: Reply) -> bool:
        """Say it to its end; false when cancelled."""
        if reply.stop_speaking and self._sink is not None:
            self._sink.stop()
        sentences = reply.stream or split_stream(iter([reply.text]))
        for sentence, pieces in by_tongue(sentences, reply.language, self._voices):
            self.said.append(sentence)
            self._on_event(Event("saying", sentence))
            for piece, tongue in pieces:
                if self._sink is not None and not self._say(piece, tongue, self._sink):
                    return False
        if self._sink is not None and self.said and not self._sink.finish(self._cancel):
            return False
        return not self._cancel.is_set()

    def _say(self, sentence: str, language: str, sink: Sink) -> bool:
        with self._clock.span("synthesize") as detail:
            speech = self._rendered(sentence, language)
            if speech is None:
                return False
            detail["sound_seconds"] = speech.seconds
        self._clock.sounded(sink.play(speech))
        return True

    def _rendered(self, sentence: str, language: str) -> Speech | None:
        text = speakable(sentence, language)
        voice = self._voices.get(language) or next(iter(self._voices.values()))
        return voice.run(lambda v: v.synthesize(text), self._cancel)
