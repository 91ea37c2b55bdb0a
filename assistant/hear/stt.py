"""Speech to text: Whisper, biased by our own words, listening twice only where it doubts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np

from assistant import models
from assistant.apart.engines import ApartTranscriber
from assistant.hear.looks import (
    NOT_CALLED,
    SECOND_MARGIN,
    Call,
    Corrects,
    Expects,
    Found,
    Looks,
    Sound,
    confidence,
    mean_probability,
)
from assistant.hear.wake import since_last_call, without_wake_word
from assistant.hear.whisper import LONGEST, Decoded, Encoded, Whisper
from assistant.settings import Config, Stt
from assistant.stages import Transcriber
from assistant.types import LOOP_RATE, Samples, Transcript, Utterance, Word

LANGUAGES = ("en", "es")
PROMPT_TOKENS = 210
SENTENCE_TOKENS = 120
"""Of these for sentences at most: the rest is for words."""
COMMON = 4000
"""Tokens below stand for words that need no help: "time", "stop", "light"."""
WAKE_TOKENS = 12
"""Whisper reads at most 223 tokens of a prompt, and the last ones if there are more."""
AFTER_WAKE = round(0.25 * LOOP_RATE)
"""Samples. A detector is sure of its word up to a quarter of a second after the word's end (95 % of
89 recordings of "alexa"), so a command may have begun that much earlier."""


def load_transcriber(config: Config, expects: Expects, corrects: Corrects) -> Transcriber:
    """That of the settings, loaded now: here, or in a process of its own. Raises ModelError."""
    model = models.locate(config.stt.model(config.language))
    make = partial(WhisperTranscriber, model, config.language, config.stt)
    if "hear" in config.engines.apart:
        return ApartTranscriber(make, expects, corrects)
    return make(expects, corrects)


class WhisperTranscriber:
    """Transcriber on CTranslate2's Whisper.

    model: folder of a converted model, with its tokenizer.
    language: "en", "es", or "auto" to find it out for each utterance.
    expects: what a text, in a language, is to the functions: their sentences are less doubted.
    corrects: the sentence that a text sounds like, "" if there is none.
    Raises ModelError when the folder does not hold a model that loads.
    """

    def __init__(
        self,
        model: Path,
        language: str,
        settings: Stt,
        expects: Expects = lambda _text, _language: "no",
        corrects: Corrects = lambda _text, _language: "",
    ) -> None:
        threads = settings.threads or min(os.cpu_count() or 1, 4)
        self._whisper = Whisper(model, settings.compute_type, threads, settings.beam)
        self._language = None if language == "auto" else language
        self._settings = settings
        self._looks = Looks(self._whisper, settings, expects, corrects)
        self._prompt: list[int] = []
        self.expect()
        self._last: tuple[Samples, Encoded, str] | None = None

    @property
    def prompt(self) -> list[int]:
        """The tokens that recognition is biased with."""
        return list(self._prompt)

    def expect(
        self,
        examples: Sequence[str] = (),
        names: Sequence[str] = (),
        vocabulary: Sequence[str] = (),
    ) -> None:
        """Bias recognition, from the next utterance on; each the most useful first.

        examples: sentences that are likely to be said, written as they should come out.
        names: words that the user has given, all of them of use. vocabulary: other words, of
        which those that any recognizer knows are left out. Takes a few milliseconds.
        """
        self._prompt = self._bias(examples, [*self._settings.words, *names], vocabulary)

    def transcribe(self, utterance: Utterance) -> Transcript:
        """Words of `utterance`, without the wake word. Empty text, with a reason, when they were
        most likely invented."""
        if not utterance.wake_samples or utterance.wake is None:
            return self._decode(utterance.samples)
        # The wake word at the end of the prompt makes Whisper write it as it is spelt, so that
        # it can be cut off again. Without, "okay nabu" and what is left of it became "Move.",
        # "Remove." or "Don't do it.": of 48 commands in one breath 19 were wrong; with it, none.
        word = utterance.wake.word
        call = Call(word, self._wake_tokens(word))
        heard = self._decode(utterance.samples, call)
        if word.rsplit(maxsplit=1)[-1].lower() not in heard.text.lower():
            # It was said, so it was misheard, and what follows it perhaps as well.
            heard = self._look(utterance.samples, self._prompt + call.tokens, SECOND_MARGIN)
        text = without_wake_word(heard.text, word)
        if utterance.calls > 1:
            text = since_last_call(text, word)
        if text or heard.reason:
            return replace(heard, text=text, words=_last_words(heard.words, text.split()))
        # Whisper sometimes stops after the wake word: listen again to what comes after it.
        rest = utterance.samples[max(0, utterance.wake_samples - AFTER_WAKE) :]
        return self._decode(rest)

    def score(self, utterance: Utterance, texts: Sequence[str]) -> list[float]:
        """How well each text fits the sound: the mean log-probability of its tokens (0 is
        certain), with no prompt. Write the texts as they would be transcribed ("Light roast."),
        without the wake word that the utterance may begin with.

        The sound of the utterance transcribed last need not be encoded again. Then a text of
        twelve words takes 12 ms of one core with tiny.en. Of 73 orders in kitchen noise at
        12 dB, each against all those with one other drink, roast, size or milk in them (493),
        the right one was always first; at 6 dB it was for 71.
        """
        if not texts:
            return []
        encoded, language = self._encoded(utterance.samples)
        spoken = utterance.wake if utterance.wake_samples else None
        wake = self._wake_tokens(spoken.word) if spoken else []
        tokens = [wake + self._whisper.tokens(f" {text.strip()}") for text in texts]
        scores = self._whisper.log_probs(encoded, language, tokens)
        return [sum(each[len(wake) :]) / max(1, len(each) - len(wake)) for each in scores]

    def written(self, samples: Samples, expected: str) -> str:
        """The words of `samples`, prompted only by what is `expected`; "" where it is guessing."""
        encoded, language = self._encoded(samples)
        call = Call("", self._wake_tokens(expected))
        found = self._looks.at(Sound(samples, encoded, language, call), [])
        return self._transcript(found, language, len(samples) / LOOP_RATE).text

    def _encoded(self, samples: Samples) -> tuple[Encoded, str]:
        """The sound in the short window, and its language."""
        # sent by another process it is the same sound, but not the same array
        if self._last is None or not np.array_equal(self._last[0], samples):
            encoded = self._whisper.encode(samples, self._settings.margin)
            language = self._language or self._whisper.language(encoded, LANGUAGES)
            self._last = samples, encoded, language
        return self._last[1:]

    def _decode(self, samples: Samples, call: Call = NOT_CALLED) -> Transcript:
        """The words of all of it."""
        encoded, language = self._encoded(samples)
        seconds, prompt = len(samples) / LOOP_RATE, self._prompt + call.tokens
        if seconds > LONGEST:
            return self._decode_long(samples, language)
        found = self._looks.at(Sound(samples, encoded, language, call), prompt)
        return self._transcript(found, language, seconds)

    def _decode_long(self, samples: Samples, language: str) -> Transcript:
        parts = self._whisper.decode_long(samples, language)
        seconds = len(samples) / LOOP_RATE
        if not parts:
            return Transcript("", language, 0.0, 1.0, seconds, "no words")
        return _joined(
            [self._transcript(Found(part, 1), language, seconds) for part in parts], seconds
        )

    def _look(self, samples: Samples, prompt: list[int], margin: float) -> Transcript:
        """One look in a window of our choice."""
        _, language = self._encoded(samples)
        decoded = self._whisper.decode(self._whisper.encode(samples, margin), language, prompt)
        return self._transcript(Found(decoded, 2), language, len(samples) / LOOP_RATE)

    def _transcript(self, found: Found, language: str, seconds: float) -> Transcript:
        decoded = found.decoded
        reason = found.reason or self._looks.doubt(decoded)
        return Transcript(
            text="" if reason else self._whisper.text(decoded.tokens).strip(),
            language=language,
            confidence=confidence(decoded),
            no_speech=decoded.no_speech,
            audio_seconds=seconds,
            reason=reason,
            words=() if reason else self._words(decoded),
            looks=found.looks,
        )

    def _words(self, decoded: Decoded) -> tuple[Word, ...]:
        words, start = [], 0
        for text, count in self._whisper.words(decoded.tokens):
            words.append(Word(text, mean_probability(decoded.log_probs[start : start + count])))
            start += count
        return tuple(words)

    def _bias(
        self, examples: Sequence[str], names: Sequence[str], words: Sequence[str]
    ) -> list[int]:
        """The prompt that biases recognition: words, then sentences.

        The sentences come last, and the most useful at the very end, because the decoder goes on
        in the style it has just read: after a list of words alone it writes lists ("set, timer
        for, 10 seconds"). Of 24 noisy commands, tiny.en heard 15 right without a prompt, 18 after
        words, 20 after both.
        """
        shown = self._fill([f" {e}" for e in examples], SENTENCE_TOKENS)
        said = {word.strip(".,?!¿¡").lower() for e in examples[: len(shown)] for word in e.split()}
        rare = [word for word in words if self._is_rare(word)]
        listed = [word for word in dict.fromkeys([*names, *rare]) if word.lower() not in said]
        room = PROMPT_TOKENS - sum(map(len, shown))
        rest = self._fill([f" {w}," for w in listed], room)
        return list(chain(*rest, *reversed(shown)))

    def _is_rare(self, word: str) -> bool:
        """Whether a word is no token of its own, or one of the later ones: the tokens of words are
        in the order of their frequency."""
        tokens = self._whisper.tokens(f" {word}")
        return len(tokens) > 1 or tokens[0] >= COMMON

    def _wake_tokens(self, word: str) -> list[int]:
        return list(chain(*self._fill([f" {word.title()}."], WAKE_TOKENS)))

    def _fill(self, texts: Sequence[str], budget: int) -> list[list[int]]:
        """The tokens of as many of `texts`, from the first, as fit into the budget."""
        taken: list[list[int]] = []
        for text in texts:
            tokens = self._whisper.tokens(text)
            budget -= len(tokens)
            if budget < 0:
                break
            taken.append(tokens)
        return taken


def _last_words(words: Sequence[Word], kept: Sequence[str]) -> tuple[Word, ...]:
    """The last of `words`, as they are spelt in `kept`."""
    last = words[len(words) - len(kept) :]
    return tuple(replace(word, text=text) for word, text in zip(last, kept, strict=False))


def _joined(parts: Sequence[Transcript], seconds: float) -> Transcript:
    """One transcript of the sentences of one utterance."""
    said = [part for part in parts if part.text]
    if not said:
        return parts[0]
    weights = [len(part.words) for part in said]
    return Transcript(
        text=" ".join(part.text for part in said),
        language=said[0].language,
        confidence=float(np.average([part.confidence for part in said], weights=weights)),
        no_speech=min(part.no_speech for part in said),
        audio_seconds=seconds,
        words=tuple(word for part in said for word in part.words),
        looks=max(part.looks for part in parts),
    )
