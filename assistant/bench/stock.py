"""What ours is measured against: faster-whisper's own `WhisperModel.transcribe`.

The same weights, compute type and number of threads; once as it comes (a beam of 5, no prompt)
and once with our prompt and our beam, so that it can be told what the vocabulary gives and what
the rest does.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

from assistant import models
from assistant.assemble import Engines
from assistant.audio import pcm
from assistant.settings import Config
from assistant.stages import Transcriber
from assistant.types import LOOP_RATE, Samples, Transcript, Utterance
from assistant.worker import Cancel

OURS, STOCK, PROMPTED = "ours", "stock", "stock + prompt"


@dataclass(frozen=True, slots=True)
class Heard:
    """What one contestant made of a sound, and what that took."""

    text: str
    seconds: float  # of the clock
    cpu_seconds: float  # of all cores together: other programs hardly change it


class _Biased(Protocol):
    """Our transcriber shows the tokens that it is biased with."""

    @property
    def prompt(self) -> Sequence[int]: ...


class Stock:
    """faster-whisper as anybody would call it. A Transcriber, too."""

    def __init__(self, config: Config, prompt: Sequence[int] = ()) -> None:
        from faster_whisper import WhisperModel
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # a progress bar that nobody sees would start a thread
        self._model: Any = WhisperModel(
            str(models.locate(config.stt.model(config.language))),
            device="cpu",
            compute_type=config.stt.compute_type,
            cpu_threads=config.stt.threads or min(os.cpu_count() or 1, 4),
            local_files_only=True,
        )
        self._language = None if config.language == "auto" else config.language
        self._beam = config.stt.beam
        self._prompt = list(prompt)

    def text(self, samples: Samples, *, prompted: bool = False) -> str:
        """All that it hears in `samples`, whatever it thinks of it."""
        ours = {"initial_prompt": self._prompt or None, "beam_size": self._beam}
        segments, _ = self._model.transcribe(
            pcm.to_float(samples), language=self._language, **(ours if prompted else {})
        )
        return " ".join(segment.text.strip() for segment in segments).strip()

    def transcribe(self, utterance: Utterance) -> Transcript:
        text = self.text(utterance.samples)
        return Transcript(text, self._language or "en", 1.0, 0.0, utterance.seconds)

    def expect(
        self, examples: Sequence[str], names: Sequence[str], vocabulary: Sequence[str]
    ) -> None:
        """Nothing is expected: it hears as it comes."""

    def score(self, utterance: Utterance, texts: Sequence[str]) -> list[float]:
        """It has no such thing: one text is as likely as the other."""
        return [0.0 for _ in texts]

    def written(self, samples: Samples, expected: str) -> str:
        return self.text(samples)


class Contest:
    """Ours and stock on the same sounds, one after the other, each time another one first."""

    def __init__(self, engines: Engines, *, stock: bool = True) -> None:
        self._engines = engines
        self._stock = Stock(engines.config, our_prompt(engines)) if stock else None
        self.names = [OURS, STOCK, PROMPTED] if stock else [OURS]
        self._turn = 0
        self.hear(pcm.silence(1.0, LOOP_RATE))  # the first call of an engine is slower

    def hear(self, samples: Samples) -> dict[str, Heard]:
        """What each of `names` hears in `samples`."""
        first = self._turn % len(self.names)
        self._turn += 1
        heard = {name: self._time(name, samples) for name in self._rotated(first)}
        return {name: heard[name] for name in self.names}

    def others(self, samples: Samples) -> dict[str, str]:
        """What all but ours hear in `samples`."""
        return {name: self._theirs(name, samples) for name in self.names if name != OURS}

    def _rotated(self, first: int) -> list[str]:
        return self.names[first:] + self.names[:first]

    def _time(self, name: str, samples: Samples) -> Heard:
        start, cpu = time.perf_counter(), time.process_time()
        text = self._ours(samples) if name == OURS else self._theirs(name, samples)
        return Heard(text, time.perf_counter() - start, time.process_time() - cpu)

    def _ours(self, samples: Samples) -> str:
        said = Utterance(samples, "silence", time.monotonic())
        heard = self._engines.stages.transcriber.run(lambda t: t.transcribe(said), Cancel())
        assert heard is not None  # nobody cancels here
        return heard.text

    def _theirs(self, name: str, samples: Samples) -> str:
        assert self._stock is not None
        return self._stock.text(samples, prompted=name == PROMPTED)


def our_prompt(engines: Engines) -> list[int]:
    """The tokens that our transcriber is biased with."""

    def prompt(transcriber: Transcriber) -> list[int]:
        return list(cast(_Biased, transcriber).prompt)

    tokens = engines.stages.transcriber.run(prompt, Cancel())
    return tokens or []
