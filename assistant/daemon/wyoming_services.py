"""What a Wyoming peer may ask of the engines. Blocking calls give futures; nothing is played."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from assistant.assemble import decode
from assistant.errands import Errand
from assistant.errors import AssistantError
from assistant.hear.wake import NO_DETECTOR, load_wake
from assistant.settings import Config
from assistant.speak.sentences import split_stream
from assistant.speak.text import speakable
from assistant.stages import Stages, Verdict, WakeDetector
from assistant.types import Samples, Speech, Transcript, Turn, Typed, Utterance


class Services:
    """config, stages: of the loop of the moment; None: there is none just now.
    take: has the loop do an errand, in its turn."""

    def __init__(
        self,
        config: Callable[[], Config | None],
        stages: Callable[[], Stages | None],
        take: Callable[[Errand], Future[Turn | None]],
    ) -> None:
        self._config, self._stages, self._take = config, stages, take

    @property
    def config(self) -> Config:
        config = self._config()
        if config is None:
            raise AssistantError("It starts, or ends, just now.")
        return config

    def offered(self) -> frozenset[str]:
        """Of "stt", "tts", "wake" and "intents", what is turned on and possible."""
        config = self.config
        served = frozenset[str](config.wyoming.serve)
        return served - {"wake"} if config.wake.word in NO_DETECTOR else served

    def transcribe(self, samples: Samples) -> Future[Transcript]:
        said = Utterance(samples, "stream_end", 0.0)
        return self._now().transcriber.start(lambda t: t.transcribe(said))

    def detector(self) -> WakeDetector:
        """One of its own for each stream; what it reports wants a `second_look`."""
        detector = load_wake(self.config.wake, decode)
        if detector is None:
            raise AssistantError("There is no wake word.")
        return detector

    def second_look(self, samples: Samples) -> Future[Verdict] | None:
        """Whether our wake word was said at the end of `samples`, as the loop itself looks twice;
        None: it does not."""
        verifier, word = self._now().verifier, self.config.wake.word
        return verifier.start(lambda v: v.verify(samples, word)) if verifier is not None else None

    def sentences(self, text: str, language: str) -> list[str]:
        return [speakable(part, language) for part in split_stream(iter([text]))]

    def synthesize(self, sentence: str, language: str) -> Future[Speech]:
        voices = self._now().voices
        voice = voices.get(language) or next(iter(voices.values()))
        return voice.start(lambda v: v.synthesize(sentence))

    def handle(self, text: str, language: str) -> Future[Turn | None]:
        """Not by hand: what is dangerous asks, and no peer can answer that."""
        return self._take(Errand(Typed(text, language, by_hand=False), aloud=False))

    def _now(self) -> Stages:
        stages = self._stages()
        if stages is None:
            raise AssistantError("It starts, or ends, just now.")
        return stages
