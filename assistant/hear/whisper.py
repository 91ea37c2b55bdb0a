"""Whisper on a window as long as what was said, straight on CTranslate2.

Whisper was trained on windows of 30 s, and everybody fills them up. A command is 3 s long, so
nine tenths of the encoder's work, and most of the decoder's looking back at it, is for nothing.
CTranslate2 encodes whatever it is given. Weights, features and tokenizer are faster-whisper's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.hear.loops import once, stuck, unit
from assistant.hear.weights import Weights
from assistant.types import LOOP_RATE, Samples

LONGEST = 30.0
"""Seconds. The window that Whisper was trained on."""
FRAME = 160  # samples from one row of features to the next
SHORTEST = 400  # samples that one row is made of
TOKENS = (8, 5)
"""Tokens that a first decoding may write: so many, and so many more per second of sound. Of 90
commands none had more than 7 and 4 per second."""
MOST_TOKENS = (12, 12)
"""The same where they were reached without a repetition."""
CONTEXT = 448  # tokens that the decoder can hold, half of them text


@dataclass(frozen=True, slots=True)
class Encoded:
    """Sound as the decoder sees it."""

    memory: Any  # CTranslate2's StorageView, shape (1, frames / 2, width)
    frames: int  # of the features, 10 ms each: the window
    seconds: float  # of sound in it


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the decoder wrote."""

    tokens: tuple[int, ...]
    log_probs: tuple[float, ...]  # of each token, natural logarithm
    no_speech: float  # 0..1
    looped: bool  # it went on repeating itself, or to the last token allowed


class Whisper:
    """Encodes, decodes and judges. Raises ModelError when the folder does not hold a model that
    loads."""

    def __init__(self, folder: Path, compute_type: str, threads: int, beam: int = 1) -> None:
        self._weights = Weights(folder, compute_type, threads)
        self._beam = beam
        self._model: Any = self._weights.model
        self._features: Any = self._weights.features
        self._tokenizers = self._weights.tokenizers
        self._suppressed = list(self._weights.suppressed)
        self._ends = {self.tokens(mark)[0] for mark in ".?!"}

    def encode(self, samples: Samples, margin: float) -> Encoded:
        """The first LONGEST seconds of `samples`, in a window that is `margin` seconds longer.

        The rest of the window is filled with zeros, as faster-whisper fills it. They are no
        silence (features of silence are near -0.6), but what the encoder takes for "no more":
        filled with silence, 26 of 90 commands loop at a margin of 1 s, with zeros 4.
        """
        from ctranslate2 import StorageView

        sound = _float(samples[: round(LONGEST * LOOP_RATE)])
        sound = np.pad(sound, (0, max(0, SHORTEST - len(sound))))
        features = self._features(sound)[:, :-1]
        heard = features.shape[1]
        frames = min(heard + _frames(margin), _frames(LONGEST))
        filled = np.zeros((1, features.shape[0], frames), np.float32)
        filled[0, :, :heard] = features[:, :frames]
        memory = self._model.encode(StorageView.from_array(filled))
        return Encoded(memory, frames, len(sound) / LOOP_RATE)

    def language(self, encoded: Encoded, among: Sequence[str]) -> str:
        """The likeliest language of `among`. Whisper's own choice among a hundred made Thai and
        Japanese of short Spanish commands. Takes one step of the decoder."""
        if not self._model.is_multilingual:
            return "en"
        likely = dict(self._model.detect_language(encoded.memory)[0])
        return max(among, key=lambda name: likely.get(f"<|{name}|>", 0.0))

    def decode(self, encoded: Encoded, language: str, prompt: Sequence[int]) -> Decoded:
        """The likeliest words. `prompt`: tokens that might have been said before.

        A decoder that repeats everything is cut where it begins again; for one that is stuck
        inside a sentence, `looped` is true.
        """
        few, most = (
            base + math.ceil(rate * encoded.seconds) for base, rate in (TOKENS, MOST_TOKENS)
        )
        tokens, log_probs, no_speech = self._generate(encoded, language, prompt, few)
        said = once(tokens, self._ends)
        if len(tokens) >= few and len(said) == len(tokens) and not self._stuck(tokens):
            tokens, log_probs, no_speech = self._generate(encoded, language, prompt, most)
            said = once(tokens, self._ends)
        looped = self._stuck(said) or len(said) >= most
        return Decoded(tuple(said), tuple(log_probs[: len(said)]), no_speech, looped)

    def readings(
        self, encoded: Encoded, language: str, prompt: Sequence[int], count: int
    ) -> list[Decoded]:
        """At most so many ways to write what was heard, the likeliest first, by a beam that wide.
        The log-probabilities are each one's mean. What repeats itself is cut, or left out."""
        few = TOKENS[0] + math.ceil(TOKENS[1] * encoded.seconds)
        result = self._write(encoded, language, prompt, few, count)
        found: dict[tuple[int, ...], Decoded] = {}
        for tokens, score in zip(result.sequences_ids, result.scores, strict=True):
            said = tuple(once(tokens, self._ends))
            if said and not self._stuck(said):
                mean = (float(score),) * len(said)
                found.setdefault(said, Decoded(said, mean, float(result.no_speech_prob), False))
        return list(found.values())

    def decode_long(self, samples: Samples, language: str) -> list[Decoded]:
        """Sound longer than LONGEST, sentence by sentence, as faster-whisper goes through it: by
        the times that the decoder writes. The log-probabilities are each sentence's mean.

        Without a prompt: commands are shorter, and our sentences in front of a speech make the
        decoder leave out some of it (of 97 Spanish recordings, three of them of 32 to 42 s, 305
        instead of 260 words were wrong)."""
        segments, _ = self._weights.whole().transcribe(
            _float(samples),
            language=language,
            beam_size=self._beam,
            temperature=0.0,
            condition_on_previous_text=False,
        )
        end_of_text = self._tokenizers[language].eot
        decoded = []
        for segment in segments:
            tokens = tuple(token for token in segment.tokens if token < end_of_text)
            log_probs = (float(segment.avg_logprob),) * len(tokens)
            decoded.append(Decoded(tokens, log_probs, float(segment.no_speech_prob), False))
        return decoded

    def one_phrase(self, decoded: Decoded) -> Decoded:
        """`decoded`, cut where it is one phrase again and again and nothing else."""
        words = self.words(decoded.tokens)
        count = unit(_letters(words))
        if count == len(words):
            return decoded
        end = sum(tokens for _, tokens in words[:count])
        return replace(
            decoded, tokens=decoded.tokens[:end], log_probs=decoded.log_probs[:end], looped=False
        )

    def log_probs(
        self,
        encoded: Encoded,
        language: str,
        texts: Sequence[Sequence[int]],
        prompt: Sequence[int] = (),
    ) -> list[list[float]]:
        """For each text, the log-probability of each of its tokens, given the sound and the
        tokens before it. One pass of the decoder for all of them together."""
        from ctranslate2 import StorageView

        memory = np.repeat(np.asarray(encoded.memory), len(texts), axis=0)
        results = self._model.align(
            StorageView.from_array(memory),
            self._start(language, prompt),
            [list(text) for text in texts],
            encoded.frames,
        )
        return [[math.log(max(p, 1e-12)) for p in r.text_token_probs] for r in results]

    def tokens(self, text: str) -> list[int]:
        """The tokens of a text, which begins with a space unless it continues a word."""
        return list(self._tokenizers["en"].encode(text))

    def text(self, tokens: Sequence[int]) -> str:
        return str(self._tokenizers["en"].decode(list(tokens)))

    def words(self, tokens: Sequence[int]) -> list[tuple[str, int]]:
        """The words of `text(tokens).split()`, each with the number of its tokens."""
        words: list[tuple[str, int]] = []
        pieces = self._tokenizers["en"].split_tokens_on_unicode(list(tokens))
        for piece, ids in zip(*pieces, strict=True):
            if words and (not piece.startswith(" ") or not piece.strip()):
                before, count = words[-1]
                words[-1] = (before + piece.rstrip(), count + len(ids))
            else:
                words.append((piece.strip(), len(ids)))
        return words

    def _stuck(self, tokens: Sequence[int]) -> bool:
        return stuck(_letters(self.words(tokens)))

    def _generate(
        self, encoded: Encoded, language: str, prompt: Sequence[int], most: int
    ) -> tuple[list[int], list[float], float]:
        result = self._write(encoded, language, prompt, most, 1)
        tokens = list(result.sequences_ids[0])
        if self._beam == 1:
            rows = (np.asarray(row) for row in result.logits[0])
            log_probs = [_log_prob(r, token) for token, r in zip(tokens, rows, strict=False)]
        else:  # CTranslate2 does not keep the logits of a beam
            log_probs = self.log_probs(encoded, language, [tokens], prompt)[0] if tokens else []
        return tokens, log_probs, float(result.no_speech_prob)

    def _write(
        self, encoded: Encoded, language: str, prompt: Sequence[int], most: int, count: int
    ) -> Any:
        """CTranslate2's result: the `count` likeliest sequences of at most so many tokens."""
        start = [*self._start(language, prompt), self._tokenizers[language].no_timestamps]
        most = min(most, CONTEXT // 2)
        beam = max(self._beam, count)
        return self._model.generate(
            encoded.memory,
            [start],
            beam_size=beam,
            num_hypotheses=count,
            # CTranslate2 writes at most half of this, and at most what the prompt leaves of it.
            max_length=max(2 * most, len(start) - 1 + most),
            suppress_tokens=self._suppressed,
            return_logits_vocab=beam == 1,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]

    def _start(self, language: str, prompt: Sequence[int]) -> list[int]:
        tokenizer = self._tokenizers[language]
        return [*([tokenizer.sot_prev, *prompt] if prompt else ()), *tokenizer.sot_sequence]


def _letters(words: Sequence[tuple[str, int]]) -> list[str]:
    return ["".join(filter(str.isalnum, word.lower())) for word, _ in words]


def _log_prob(logits: npt.NDArray[np.float32], token: int) -> float:
    row = logits.reshape(-1)
    top = row.max()
    return float(row[token] - top - np.log(np.exp(row - top).sum()))


def _float(samples: Samples) -> npt.NDArray[np.float32]:
    sound: npt.NDArray[np.float32] = samples.astype(np.float32) / np.float32(32768)
    return sound


def _frames(seconds: float) -> int:
    return round(seconds * LOOP_RATE / FRAME)
