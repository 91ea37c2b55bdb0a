"""Speech to text: Whisper through faster-whisper, opened by path, biased by our own words."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.config import Stt
from assistant.errors import ModelError
from assistant.hear.wake import without_wake_word
from assistant.types import LOOP_RATE, Samples, Transcript, Utterance

LANGUAGES = ("en", "es")
MAX_TOKENS_PER_SECOND = 8
"""Fast English is some 5 tokens a second. A decoder that writes more is repeating itself."""
SPARE_TOKENS = 12
PROMPT_TOKENS = 210
WAKE_TOKENS = 12
"""Whisper reads at most 223 tokens of a prompt, and the last ones if there are more."""
AFTER_WAKE = round(0.25 * LOOP_RATE)
"""Samples. A detector is sure of its word up to a quarter of a second after the word's end (95 % of
89 recordings of "alexa"), so a command may have begun that much earlier."""
DOUBTFUL = 0.35
"""Mean token probability below which Whisper is guessing. With a high probability of "no
speech" beside it, the words were invented (both thresholds: Whisper's own decoding rule)."""
REPETITIVE = 2.4  # compression ratio of looping text, from Whisper's own decoding rule


class WhisperTranscriber:
    """Transcriber on CTranslate2's Whisper.

    model: folder of a converted model, with its tokenizer; a path, never a name of the hub,
        which would be asked for over the network.
    language: "en", "es", or "auto" to find it out for each utterance.
    examples: sentences that are likely to be said, written as they should come out.
    vocabulary: single words that are likely, most likely first.
    Raises ModelError when the folder does not hold a model that loads.
    """

    def __init__(
        self,
        model: Path,
        language: str,
        settings: Stt,
        examples: Sequence[str] = (),
        vocabulary: Sequence[str] = (),
    ) -> None:
        from faster_whisper import WhisperModel
        from tqdm import tqdm

        if not (model / "tokenizer.json").is_file():  # faster-whisper would ask the hub for one
            raise ModelError(
                f"The speech model in {model} does not load (tokenizer.json is missing). Run "
                "`assistant models verify`, and pull it again if it is damaged."
            )
        tqdm.monitor_interval = 0  # else a progress bar that nobody sees starts a thread
        threads = settings.threads or min(os.cpu_count() or 1, 4)
        try:
            self._model = WhisperModel(
                str(model),
                device="cpu",
                compute_type=settings.compute_type,
                cpu_threads=threads,
                local_files_only=True,
            )
        except Exception as error:  # the tokenizer's errors derive from nothing narrower
            raise ModelError(
                f"The speech model in {model} does not load ({error}). Run `assistant models "
                "verify`, and pull it again if it is damaged."
            ) from error
        self._language = None if language == "auto" else language
        self._no_speech = settings.no_speech
        self._beam = settings.beam
        self._prompt = self._bias(examples, [*settings.words, *vocabulary])

    @property
    def prompt(self) -> list[int]:
        """The tokens that recognition is biased with."""
        return list(self._prompt)

    def transcribe(self, utterance: Utterance) -> Transcript:
        """Words of `utterance`, without the wake word. Empty text, with a reason, when they were
        most likely invented."""
        if not utterance.wake_samples or utterance.wake is None:
            return self._decode(utterance.samples, self._prompt)
        # The wake word at the end of the prompt makes Whisper write it as it is spelt, so that
        # it can be cut off again. Without, "okay nabu" and what is left of it became "Move.",
        # "Remove." or "Don't do it.": of 48 commands in one breath 19 were wrong; with it, none.
        word = utterance.wake.word
        prompt = self._prompt + self._fill([f" {word.title()}."], WAKE_TOKENS)
        heard = self._decode(utterance.samples, prompt)
        text = without_wake_word(heard.text, word)
        if text or heard.reason:
            return replace(heard, text=text)
        # Whisper sometimes stops after the wake word: listen again to what comes after it.
        rest = utterance.samples[max(0, utterance.wake_samples - AFTER_WAKE) :]
        return self._decode(rest, self._prompt)

    def _decode(self, samples: Samples, prompt: list[int]) -> Transcript:
        seconds = len(samples) / LOOP_RATE
        sound: npt.NDArray[np.float32] = samples.astype(np.float32) / np.float32(32768)
        language = self._language or self._language_of(sound)
        segments, _ = self._model.transcribe(
            sound,
            language=language,
            beam_size=self._beam,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
            initial_prompt=prompt or None,
            max_new_tokens=SPARE_TOKENS + math.ceil(MAX_TOKENS_PER_SECOND * seconds),
        )
        parts = list(segments)
        tokens = sum(len(p.tokens) for p in parts) or 1
        confidence = math.exp(sum(p.avg_logprob * len(p.tokens) for p in parts) / tokens)
        no_speech = max((p.no_speech_prob for p in parts), default=1.0)
        text = " ".join(p.text.strip() for p in parts).strip()
        reason = self._doubt(text, confidence, no_speech, parts)
        return Transcript(
            text="" if reason else text,
            language=language,
            confidence=confidence if parts else 0.0,
            no_speech=no_speech,
            audio_seconds=seconds,
            reason=reason,
        )

    def _language_of(self, sound: npt.NDArray[np.float32]) -> str:
        """The more likely of the languages we speak. Whisper's own choice among a hundred made
        Thai and Japanese of short Spanish commands."""
        _, _, probabilities = self._model.detect_language(sound)
        likely = dict(probabilities)
        return max(LANGUAGES, key=lambda name: likely.get(name, 0.0))

    def _bias(self, examples: Sequence[str], words: Sequence[str]) -> list[int]:
        """The prompt that biases recognition: words, then sentences.

        The sentences come last because the decoder goes on in the style it has just read: after
        a list of words alone it writes lists ("set, timer for, 10 seconds"). Of 24 noisy
        commands, tiny.en heard 15 right without a prompt, 18 after words, 20 after both.
        """
        sentences = self._fill([f" {e}" for e in examples], PROMPT_TOKENS)
        rest = self._fill([f" {w}," for w in words], PROMPT_TOKENS - len(sentences))
        return rest + sentences

    def _fill(self, texts: Sequence[str], budget: int) -> list[int]:
        """The tokens of as many of `texts`, from the first, as fit into the budget."""
        tokens: list[int] = []
        for text in texts:
            more = self._model.hf_tokenizer.encode(text, add_special_tokens=False).ids
            if len(tokens) + len(more) > budget:
                break
            tokens += more
        return tokens

    def _doubt(self, text: str, confidence: float, no_speech: float, parts: list[object]) -> str:
        if not any(c.isalnum() for c in text):
            return "no words"
        if no_speech > self._no_speech and confidence < DOUBTFUL:
            return f"not speech ({no_speech:.2f}), guessed ({confidence:.2f})"
        if any(getattr(p, "compression_ratio", 0.0) > REPETITIVE for p in parts):
            return "the recognizer repeated itself"
        return ""
