"""How often a sound is listened to, and what is believed of it.

One look in a window as long as the speech is enough for most commands. What it leaves in doubt is
looked at again: among several readings of it if it is nearly a sentence that a function knows, and
in a wider window.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from assistant.hear.wake import without_wake_word
from assistant.hear.whisper import Decoded, Encoded, Whisper
from assistant.settings import Stt
from assistant.types import Expected, Samples

Expects = Callable[[str, str], Expected]
"""What a text, in a language, is to the functions."""
Corrects = Callable[[str, str], str]
"""The sentence of a function that a text, in a language, sounds like, written as a recognizer would
write it; "" if there is none."""

SECOND_MARGIN = 10.0
"""Seconds, the margin of a second look. One of 5 s is enough for most doubts, but single words are
still repeated in it: of 28 clips of one or a few words, tiny.en was stuck in 2 at a margin of 2 s,
1 in a window of 8 s, none in one of 15 s or 30 s (51, 28 and 27 of 59 words wrong)."""
READINGS = 3
"""That are compared where what was heard is nearly a sentence of a function. Of 153 orders
all are right with three as with five, for a fifth less time at the 95th percentile (tiny.en); of 60
at 12 dB 58 instead of 59, with all that is reminded, below."""
REMINDED = 60
"""Tokens at the end of the prompt, its most useful sentences, that bias the look at what was heard
well. With them 153 orders are all right, as with the whole prompt of 210, for a tenth less time at
the median and, with three readings for five, a third less at the 95th percentile (tiny.en). What
was heard badly needs the words as well: of 60 orders at 6 dB, 49 instead of 51 (base)."""
LIKE = 0.9
"""Confidence from which what sounds like a sentence is believed to be one."""
LIKE_REMINDED = 0.8
"""The same, in a look with the prompt. Of 153 orders 17 instead of 31 are then read several times,
all of them right; the first look misheard one with 0.87 (tiny.en)."""
SURE = 0.95
"""Confidence from which what is only nearly a sentence is believed to be what was said. Of 306
orders in kitchen noise at 6 and 9 dB (base) none of those misheard had more than 0.937."""
BEHIND = math.exp(-0.25)
"""Of a confidence; in logarithms 0.25, a mean per token. By so much may a reading that is no
sentence be likelier than one that is: right ones were behind by 0.16 at most, wrong ones by 0.25,
or they left words out. And so may what was heard be likelier than the sentence that it sounds like:
of 58 orders that tiny.en misheard 38 were nearer, all of them right."""
READ = 0.55
"""Confidence that such a reading must have: the right ones had 0.59 and more, and what was made of
noise 0.50."""
ALIKE = 50.0
"""Percent of letters (rapidfuzz) that two looks must have in common, where the second doubts as
well: noise is heard as something else each time, speech is not."""

FIT = -2.0
"""Mean log-probability per token, without the prompt, that the words of a second look must have.
What was made of noise had -1.5 to -3.5 ("Do it.": -2.1, "It means the timer.": -3.1), what was
said on telephones -0.3 to -1.7; of 45 doubtful dictated phrases one had less (-2.06)."""


@dataclass(frozen=True, slots=True)
class Call:
    """The wake word that a sound begins with, and its tokens; "" if there is none."""

    word: str
    tokens: list[int]


NOT_CALLED = Call("", [])


@dataclass(frozen=True, slots=True)
class Sound:
    """What is listened to. encoded: the same samples in the short window."""

    samples: Samples
    encoded: Encoded
    language: str
    call: Call = NOT_CALLED


@dataclass(frozen=True, slots=True)
class Found:
    """What was decoded in the end, after how many looks, and why it is not believed, if so."""

    decoded: Decoded
    looks: int
    reason: str = ""


class Looks:
    """Listens to one sound as often as it takes."""

    def __init__(
        self, whisper: Whisper, settings: Stt, expects: Expects, corrects: Corrects
    ) -> None:
        self._whisper = whisper
        self._settings = settings
        self._expects = expects
        self._corrects = corrects

    def at(self, sound: Sound, prompt: list[int]) -> Found:
        """prompt: what biases a look at it, with the wake word, if it was called, at its end."""
        near, language, call = sound.encoded, sound.language, sound.call.tokens
        plain = self._whisper.decode(near, language, call)
        expected = self._expected(plain, sound)
        if self._is_enough(plain, expected):
            return Found(plain, 1)
        biased = len(prompt) > len(call)
        hopeful = biased and expected != "no"
        found = self._reminded(plain, sound, prompt) if hopeful else None
        if biased and not hopeful:
            found = self._hinted(sound, prompt)
        if found is not None:
            return found
        wide = self._whisper.encode(sound.samples, SECOND_MARGIN)
        if hopeful and (reading := self._reading(wide, sound, prompt)):
            return Found(reading, 2)
        second = self._likelier(wide, language, [prompt, call])
        if not hopeful and prompt and self._expected(second, sound) == "nearly":
            second = self._reading(wide, sound, prompt) or second
        why = self.doubt(second) or self._contradiction(plain, second)
        # a window in which a decoder was stuck is no judge
        judge = wide if plain.looped else near
        return Found(second, 2, why or self._misfit(second, judge, sound))

    def _reminded(self, plain: Decoded, sound: Sound, prompt: list[int]) -> Found | None:
        """What is heard with the prompt, in the same window, if that is a sentence."""
        well = not plain.looped and confidence(plain) >= self._settings.second_look
        prompt = prompt[-REMINDED:] if well else prompt
        heard = self._whisper.decode(sound.encoded, sound.language, prompt)
        expected = self._expected(heard, sound, LIKE_REMINDED)
        if expected == "a sentence" or confidence(heard) >= SURE:
            return Found(heard, 1)
        reading = self._reading(sound.encoded, sound, prompt)
        return Found(reading, 2) if reading else None

    def _hinted(self, sound: Sound, prompt: list[int]) -> Found | None:
        """What is heard with the prompt, in the same window, of what was nothing without it: if
        it is a sentence, is clear, and would be believed of a wider window."""
        heard = self._whisper.decode(sound.encoded, sound.language, prompt)
        clear = confidence(heard) >= self._settings.second_look
        if not clear or self._expected(heard, sound) != "a sentence":
            return None
        return None if self._misfit(heard, sound.encoded, sound) else Found(heard, 1)

    def doubt(self, decoded: Decoded) -> str:
        """Why it is not believed; empty if it is."""
        if not any(c.isalnum() for c in self._text(decoded)):
            return "no words"
        if decoded.looped:
            return "the recognizer repeated itself"
        sure = confidence(decoded)
        if sure < self._settings.guess:
            return f"guessed ({sure:.2f}, no speech {decoded.no_speech:.2f})"
        return ""

    def _expected(self, decoded: Decoded, sound: Sound, like: float = LIKE) -> Expected:
        """What it is to the functions. What only sounds like a sentence is one if it is as clear
        as `like`, or if that sentence fits the sound."""
        if decoded.looped or confidence(decoded) < self._settings.guess:
            return "no"
        expected = self._expects(self._command(decoded, sound), sound.language)
        if expected == "by sound":
            clear = confidence(decoded) >= like
            return "a sentence" if clear or self._fits(decoded, sound) else "nearly"
        return expected

    def _command(self, decoded: Decoded, sound: Sound) -> str:
        text, word = self._text(decoded), sound.call.word
        return without_wake_word(text, word) if word else text

    def _fits(self, decoded: Decoded, sound: Sound) -> bool:
        sentence = self._corrects(self._command(decoded, sound), sound.language)
        if not sentence:
            return False
        tokens = sound.call.tokens + self._whisper.tokens(f" {sentence}")
        [fit] = self._whisper.log_probs(sound.encoded, sound.language, [tokens])
        return mean_probability(fit[len(sound.call.tokens) :]) >= confidence(decoded) * BEHIND

    def _is_enough(self, plain: Decoded, expected: Expected) -> bool:
        sure = confidence(plain)
        if plain.looped or sure < self._settings.second_look:
            return False
        return expected in {"a sentence", "no"} or sure >= SURE

    def _reading(self, encoded: Encoded, sound: Sound, prompt: list[int]) -> Decoded | None:
        """The likeliest reading that is a sentence of a function, if it is likely enough. It has
        about as many words as the likeliest of all: a shorter one leaves out what was said."""
        readings = self._whisper.readings(encoded, sound.language, prompt, READINGS)
        if not readings:
            return None
        best, words = confidence(readings[0]), len(self._text(readings[0]).split())
        least = max(READ, best * BEHIND)
        for reading in readings:
            if confidence(reading) < least:
                return None
            whole = len(self._text(reading).split()) >= words - 1
            known = self._expects(self._command(reading, sound), sound.language)
            if whole and known == "a sentence":
                return reading
        return None

    def _likelier(self, wide: Encoded, language: str, prompts: list[list[int]]) -> Decoded:
        """What is heard in a wider window with the prompt, or without: what has nothing to do
        with our functions is misheard as what has."""
        looks = [self._whisper.decode(wide, language, p) for p in _different(prompts)]
        # single words are said twice even here, with nothing beside them
        looks = [self._whisper.one_phrase(look) if look.looped else look for look in looks]
        return max(looks, key=lambda look: (not look.looped, confidence(look)))

    def _contradiction(self, first: Decoded, second: Decoded) -> str:
        if first.looped or confidence(second) >= self._settings.second_look:
            return ""
        texts = (self._text(look).lower() for look in (first, second))
        alike = fuzz.ratio(*("".join(filter(str.isalnum, text)) for text in texts))
        return f"heard differently the second time ({alike:.0f} %)" if alike < ALIKE else ""

    def _misfit(self, second: Decoded, encoded: Encoded, sound: Sound) -> str:
        texts, call = [second.tokens], sound.call.tokens
        [fit] = self._whisper.log_probs(encoded, sound.language, texts, call)
        mean = sum(fit) / max(1, len(fit))
        return f"does not fit the sound ({mean:.2f})" if mean < FIT else ""

    def _text(self, decoded: Decoded) -> str:
        return self._whisper.text(decoded.tokens).strip()


def _different(prompts: list[list[int]]) -> list[list[int]]:
    return [prompt for n, prompt in enumerate(prompts) if prompt not in prompts[:n]]


def confidence(decoded: Decoded) -> float:
    return mean_probability(decoded.log_probs) if decoded.tokens else 0.0


def mean_probability(log_probs: Sequence[float]) -> float:
    """Their geometric mean, as a probability."""
    return math.exp(sum(log_probs) / max(1, len(log_probs)))
