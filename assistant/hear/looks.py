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
About = Callable[[Decoded], Expected]
NEARLY: tuple[Expected, ...] = ("by sound", "nearly")

SECOND_MARGIN = 10.0
"""Seconds, the margin of a second look. One of 5 s is enough for most doubts, but single words are
still repeated in it: of 28 clips of one or a few words, tiny.en was stuck in 2 at a margin of 2 s,
1 in a window of 8 s, none in one of 15 s or 30 s (51, 28 and 27 of 59 words wrong)."""
READINGS = 3
"""That are compared where what was heard is nearly a sentence of a function. Five found no order
more, and took a third longer."""
REMINDED = 60
"""Tokens at the end of the prompt, its most useful sentences, that bias the look at what was heard
well. With them 153 orders are all right, as with the whole prompt of 210, for a tenth less time at
the median and, with three readings for five, a third less at the 95th percentile (tiny.en). What
was heard badly needs the words as well: of 60 orders at 6 dB, 49 instead of 51 (base)."""
LIKE = (0.9, 0.8)
"""Confidence from which what is like a sentence in sound is believed: in the first look, and in one
with the prompt. Of 153 orders as recorded 17 instead of 31 are then left to be read five times, all
of them right (tiny.en); the first look misheard one of them with 0.87. Of 60 in kitchen noise at
6 dB 51 instead of 52 are right (base)."""
SURE = 0.95
"""Confidence from which what is only nearly a sentence is believed to be what was said. Of 306
orders in kitchen noise at 6 and 9 dB (base) none of those misheard had more than 0.937."""
LEAD = 0.25
"""Mean log-probability per token by which a reading that is no sentence may be likelier than one
that is. Right ones were behind by 0.16 at most; wrong ones by 0.25, or they left words out."""
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
class Found:
    """What was decoded in the end, after how many looks, and why it is not believed, if so."""

    decoded: Decoded
    looks: int
    reason: str = ""


class Looks:
    """Listens to one sound as often as it takes."""

    def __init__(self, whisper: Whisper, settings: Stt, expects: Expects) -> None:
        self._whisper = whisper
        self._settings = settings
        self._expects = expects

    def at(
        self, samples: Samples, encoded: Encoded, language: str, prompt: list[int], call: Call
    ) -> Found:
        """encoded: the same samples in the short window. prompt: what biases a look at them."""
        expects = self._about(language, call.word)
        plain = self._whisper.decode(encoded, language, call.tokens)
        expected = self._expected(plain, expects)
        if self._is_enough(plain, expected):
            return Found(plain, 1)
        hopeful = expected != "no" and len(prompt) > len(call.tokens)
        well = not plain.looped and confidence(plain) >= self._settings.second_look
        reminder = prompt[-REMINDED:] if well else prompt
        if hopeful and (found := self._biased(encoded, language, reminder, expects)):
            return found
        wide = self._whisper.encode(samples, SECOND_MARGIN)
        if hopeful and (reading := self._reading(wide, language, prompt, expects)):
            return Found(reading, 2)
        second = self._likelier(wide, language, [prompt, call.tokens])
        if not hopeful and prompt and self._expected(second, expects) in NEARLY:
            second = self._reading(wide, language, prompt, expects) or second
        why = self.doubt(second) or self._contradiction(plain, second)
        # a window in which a decoder was stuck is no judge
        judge = wide if plain.looped else encoded
        return Found(second, 2, why or self._misfit(second, judge, language, call))

    def _about(self, language: str, word: str) -> About:
        def expects(decoded: Decoded) -> Expected:
            text = self._text(decoded)
            return self._expects(without_wake_word(text, word) if word else text, language)

        return expects

    def _biased(
        self, encoded: Encoded, language: str, prompt: list[int], expects: About
    ) -> Found | None:
        """What is heard with the prompt, in the same window, if that is a sentence."""
        biased = self._whisper.decode(encoded, language, prompt)
        expected, sure = self._expected(biased, expects), confidence(biased)
        like = expected == "by sound" and sure >= LIKE[1]
        if expected == "a sentence" or like or sure >= SURE:
            return Found(biased, 1)
        reading = self._reading(encoded, language, prompt, expects)
        return Found(reading, 2) if reading else None

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

    def _expected(self, decoded: Decoded, expects: About) -> Expected:
        if decoded.looped or confidence(decoded) < self._settings.guess:
            return "no"
        return expects(decoded)

    def _is_enough(self, plain: Decoded, expected: Expected) -> bool:
        sure = confidence(plain)
        if plain.looped or sure < self._settings.second_look:
            return False
        like = expected == "by sound" and sure >= LIKE[0]
        return expected in {"a sentence", "no"} or like or sure >= SURE

    def _reading(
        self, encoded: Encoded, language: str, prompt: list[int], expects: About
    ) -> Decoded | None:
        """The likeliest reading that is a sentence of a function, if it is likely enough. It has
        about as many words as the likeliest of all: a shorter one leaves out what was said."""
        readings = self._whisper.readings(encoded, language, prompt, READINGS)
        if not readings:
            return None
        best, words = confidence(readings[0]), len(self._text(readings[0]).split())
        least = max(READ, best * math.exp(-LEAD))
        for reading in readings:
            if confidence(reading) < least:
                return None
            if len(self._text(reading).split()) >= words - 1 and expects(reading) == "a sentence":
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

    def _misfit(self, second: Decoded, encoded: Encoded, language: str, call: Call) -> str:
        [fit] = self._whisper.log_probs(encoded, language, [second.tokens], call.tokens)
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
