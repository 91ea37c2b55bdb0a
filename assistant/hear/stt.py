"""Speech to text: Whisper through faster-whisper, opened by path, biased by our own words."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.config import Stt
from assistant.errors import ModelError
from assistant.types import Transcript, Utterance

MAX_TOKENS_PER_SECOND = 8
"""Fast English is some 5 tokens a second. A decoder that writes more is repeating itself."""
SPARE_TOKENS = 12
DOUBTFUL = 0.35
"""Mean token probability below which Whisper is guessing. With a high probability of "no
speech" beside it, the words were invented (both thresholds: Whisper's own decoding rule)."""
REPETITIVE = 2.4  # compression ratio of looping text, from Whisper's own decoding rule


class WhisperTranscriber:
    """Transcriber on CTranslate2's Whisper.

    model: folder of a converted model, with its tokenizer; a path, never a name of the hub,
        which would be asked for over the network.
    language: "en", "es", or "auto" to find it out for each utterance.
    vocabulary: words that are likely to be said, most likely first.
    Raises ModelError when the folder does not hold a model that loads.
    """

    def __init__(
        self, model: Path, language: str, settings: Stt, vocabulary: Sequence[str] = ()
    ) -> None:
        from faster_whisper import WhisperModel

        threads = settings.threads or min(os.cpu_count() or 1, 4)
        try:
            self._model = WhisperModel(
                str(model),
                device="cpu",
                compute_type=settings.compute_type,
                cpu_threads=threads,
                local_files_only=True,
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(
                f"The speech model in {model} does not load ({error}). Run `assistant models "
                "verify`, and pull it again if it is damaged."
            ) from error
        self._language = None if language == "auto" else language
        self._no_speech = settings.no_speech
        self._beam = settings.beam
        self._prompt = ", ".join([*settings.words, *vocabulary]) or None

    def transcribe(self, utterance: Utterance) -> Transcript:
        """Words of `utterance`. Empty text, with a reason, when they were most likely invented."""
        audio = utterance.samples.astype(np.float32) / 32768
        segments, info = self._model.transcribe(
            audio,
            language=self._language,
            beam_size=self._beam,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
            initial_prompt=self._prompt,
            max_new_tokens=SPARE_TOKENS + math.ceil(MAX_TOKENS_PER_SECOND * utterance.seconds),
        )
        parts = list(segments)
        tokens = sum(len(p.tokens) for p in parts) or 1
        confidence = math.exp(sum(p.avg_logprob * len(p.tokens) for p in parts) / tokens)
        no_speech = max((p.no_speech_prob for p in parts), default=1.0)
        text = " ".join(p.text.strip() for p in parts).strip()
        reason = self._doubt(text, confidence, no_speech, parts)
        return Transcript(
            text="" if reason else text,
            language=info.language,
            confidence=confidence if parts else 0.0,
            no_speech=no_speech,
            audio_seconds=utterance.seconds,
            reason=reason,
        )

    def _doubt(self, text: str, confidence: float, no_speech: float, parts: list[object]) -> str:
        if not any(c.isalnum() for c in text):
            return "no words"
        if no_speech > self._no_speech and confidence < DOUBTFUL:
            return f"not speech ({no_speech:.2f}), guessed ({confidence:.2f})"
        if any(getattr(p, "compression_ratio", 0.0) > REPETITIVE for p in parts):
            return "the recognizer repeated itself"
        return ""
