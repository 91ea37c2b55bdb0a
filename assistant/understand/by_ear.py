"""The third step of the cascade: near sentences, told apart by the sound itself.

"Lots of cream" that was heard as "latte cream" is as near to "a little cream" in letters. The
recognizer can say which of them fits the sound, so it is asked: nothing else knows what was said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from assistant.stages import Ear
from assistant.types import Intent, Route
from assistant.understand.nearby import Nearby

WORSE = 1.5
"""Mean log-probability per token by which a sentence may fit worse than what was heard freely.
Right ones fitted worse by 1.2 at most, the date for "What is this?", out of noise, by 1.7."""
FITS = -2.5
"""Mean log-probability per token that a sentence must have. Right ones had -2.0 and more, but
for one of -3.1; what was made of noise and of a meeting ("What is not running?") -2.9 and less."""
LEAD = 0.3
"""The same as WORSE, by which another meaning must fit worse still.

Of 153 coffee orders it adds 6 to the 144 that tiny.en has right without it, none to the 152 of
whisper-base, and 2 to its 137 in kitchen noise at 6 dB; it made nothing wrong of the others, and
nothing of 120 clips of telephone speech."""


_SOON = 4
"""Words that may come before a sentence."""


class ByEar:
    """Chooses among near sentences, in each language."""

    def __init__(self, languages: Mapping[str, Nearby]) -> None:
        self._languages = languages

    def decide(self, text: str, language: str, ear: Ear | None) -> Route | None:
        nearby = self._languages.get(language)
        near = nearby.choices(text) if nearby and ear else []
        least = len(text.split()) - 1  # one that is shorter leaves out what was said
        choices = [choice for choice in near if len(choice[0].split()) >= least]
        if not choices or ear is None:
            return None
        heard, *scores = ear([text, *(as_written(c, text) for c, _ in choices)]) or [0.0]
        ranked = sorted(zip(scores, choices, strict=False), key=lambda c: c[0], reverse=True)
        if not ranked or ranked[0][0] < max(heard - WORSE, FITS):
            return None
        best, (_, intent) = ranked[0]
        for score, (_, other) in ranked[1:]:
            if score > best - LEAD and not _same(other, intent):
                return None
        reason = f"{intent.reason}, which fits the sound by {best:.2f}; what was heard: {heard:.2f}"
        return replace(intent, stage="by ear", score=math.exp(min(0.0, best)), reason=reason)


def as_written(sentence: str, heard: str) -> str:
    """A sentence of the grammar as the recognizer would write it, where it wrote `heard`: it
    expects a capital letter and a full stop, and finds anything else unlikely. So it does with a
    beginning that was said and is missing: "I'd like" belongs to no sentence."""
    words = " ".join("I" if word == "i" else word for word in sentence.split())
    words = _beginning(sentence, heard) + words
    opening = "¿" if heard.startswith("¿") else ""
    end = heard[-1] if heard[-1:] in {".", "?", "!"} else "."
    return f"{opening}{words[:1].upper()}{words[1:]}{end}"


def _beginning(sentence: str, heard: str) -> str:
    """What was heard before the first word of a sentence, with a space, if that comes soon."""
    said = heard.lstrip("¿¡").split()
    plain = [word.strip(",.").lower() for word in said[: _SOON + 1]]
    first = sentence.split(maxsplit=1)[0]
    return "".join(f"{word} " for word in said[: plain.index(first)]) if first in plain else ""


def _same(one: Intent, other: Intent) -> bool:
    return (one.function, one.slots) == (other.function, other.slots)
