"""Which language model answers a question: the cheapest that is known to be good enough at it.

Pure: it decides from a table of what was measured on this machine (`assistant bench models`), from
what the catalog says where nothing was, and from the memory that is free.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["fact", "explain", "count", "make", "talk"]
"""What a question asks for: a name or a number; a reason; a calculation; a text; company."""

GOOD = 0.6
"""Share of right answers of a kind from which a model can do it."""
SURE = 0.85
"""Share from which an answer is just said. Below it, and where nothing was measured, it may well be
wrong, and whoever hears it cannot tell."""
HOPELESS = 0.3
"""Share below which it is more honest not to answer."""
_MAY_BE_WRONG: frozenset[Kind] = frozenset(("fact", "explain", "count"))
"""A joke, a poem or a chat has nothing in it that could be false."""
READS = 0.8
"""Share of questions to a text that lies before it, from which a model is trusted to answer them in
its own words. Below it the text itself is read out."""
_LEAST_ASKED = 5  # questions; of fewer nothing is concluded

_NUMBER = {
    "en": "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty"
    " hundred half double twice dozen",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cuarenta"
    " cincuenta cien mitad doble docena",
}
_NUMBERS = {name: frozenset(words.split()) for name, words in _NUMBER.items()}
_EXPLAIN = {
    "en": re.compile(
        r"^(why|how (do|does|did|can|is|are|come|would|should)|explain|what happens|what is the"
        r" difference|what does .* mean|describe)\b"
    ),
    "es": re.compile(
        r"^(por qué|cómo|explica|explícame|qué pasa|cuál es la diferencia|qué significa|describe)\b"
    ),
}
_MAKE = {
    "en": re.compile(
        r"^((can|could|would) you )?(please )?(write|tell me (a|some)|make up|compose|suggest|give"
        r" me (a|an|some|ideas?)|recommend|invent|translate|summari[sz]e)\b"
    ),
    "es": re.compile(
        r"^(puedes |podrías )?(escribe|escribir|escríbeme|cuéntame (un|una)|cuenta (un|una)"
        r"|inventa|sugiere|recomienda|dame (un|una|ideas)|traduce|resume)\b"
    ),
}
_FACT = {
    "en": re.compile(
        r"^(who|whose|when|where|which|what|how (many|much|long|far|old|tall|big|high|deep|fast"
        r"|often|hot|cold|heavy)|name|is|are|was|were|does|do|did|can|in which|at what|on which)\b"
    ),
    "es": re.compile(
        r"^(quién|quiénes|cuándo|dónde|cuál|cuáles|qué|cuánto|cuánta|cuántos|cuántas|en qué|de qué"
        r"|a qué|nombra|es|son|fue|era|hay)\b"
    ),
}


_ASKS = {
    "en": re.compile(
        r"\b(what|which|who|whom|whose|when|where|why|how|tell me (more )?about|what's|where's)\b"
    ),
    "es": re.compile(
        r"\b(qué|quién|quiénes|cuál|cuáles|cuándo|dónde|cuánto|cuánta|cuántos|cuántas|cómo"
        r"|(háblame|cuéntame|dime) (algo |más )?(de|del|sobre))\b"
    ),
}
_GREETS = {
    "en": re.compile(r"^(how are you|who are you|what are you|what's up|how's it going)\b"),
    "es": re.compile(r"^(cómo (estás|está|andas|te|se)|qué (tal|eres|haces)|quién eres)\b"),
}
_TO_YOU = {
    "en": re.compile(r"^(are|do|did|can|could|will|would|have|were) you\b"),
    "es": re.compile(r"^(eres|estás|puedes|podrías|tienes|quieres|te|me|nos)\b"),
}


def of_the_world(question: str, language: str) -> bool:
    """Whether it is a question that something written could answer: no small talk, nothing to be
    made up, and no command that was not understood."""
    language = language if language in _FACT else "en"
    text = " ".join(re.findall(r"[\w']+", question.lower().replace("’", "'")))
    asked = kind(question, language)
    if asked == "make" or _GREETS[language].search(text):
        return False
    if _ASKS[language].search(text):
        return True
    if _TO_YOU[language].search(text):
        return False
    return asked in ("fact", "explain") or "?" in question


def kind(question: str, language: str) -> Kind:
    """What a question asks for, by its first words."""
    language = language if language in _FACT else "en"
    text = " ".join(re.findall(r"[\w']+", question.lower()))
    words = text.split()
    numbers = sum(any(map(str.isdigit, w)) or w in _NUMBERS[language] for w in words)
    if numbers >= 2:
        return "count"
    if _EXPLAIN[language].search(text):
        return "explain"
    if _MAKE[language].search(text):
        return "make"
    return "fact" if _FACT[language].search(text) else "talk"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some questions were answered rightly."""

    right: int
    asked: int

    @property
    def value(self) -> float:
        return self.right / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Able:
    """An installed model. Times in seconds, on this machine; None where nothing was measured."""

    id: str
    languages: Collection[str]  # ISO 639-1, or "multi"
    ram_mb: float
    seconds: float | None = None  # for an answer
    load_seconds: float = 0.0
    joules: float | None = None  # for an answer
    quality: Mapping[str, Share] = field(default_factory=dict)  # "en", "en fact", "en read"
    informed: bool = False  # it makes use of facts about the device, and is not confused by them
    calls: bool = False  # it can choose functions

    def speaks(self, language: str) -> bool:
        return language in self.languages or "multi" in self.languages

    def good_at(self, asked: Kind, language: str) -> Share | None:
        """How good it is at a kind of question, or at the language as a whole."""
        for key in (f"{language} {asked}", language):
            share = self.quality.get(key)
            if share is not None and share.asked >= _LEAST_ASKED:
                return share
        return None


Why = Literal[
    "none",
    "language",
    "memory",
    "hopeless",
    "unsure",
    "only",
    "cheapest",
    "best",
    "unmeasured",
    "on",
]
"""Why a model answers, or nobody: there is none; none speaks the language; none has room; none is
any good at it; none is good enough to be believed; it is the only one; the cheapest that is good
enough; the best though none is; the first, as nothing was measured; it goes on with what it
said."""


@dataclass(frozen=True, slots=True)
class Decision:
    model: str | None
    why: Why
    kind: Kind
    share: Share | None = None  # what was measured of it

    @property
    def sure(self) -> bool:
        """Whether what is answered need not be doubted."""
        if self.kind not in _MAY_BE_WRONG or self.why == "on":
            return True
        return self.share is not None and self.share.value >= SURE


def choose(
    question: str,
    language: str,
    models: Sequence[Able],
    *,
    loaded: Collection[str],
    free_mb: float,
) -> Decision:
    """Who answers. models: in the order in which they are preferred when nothing was measured."""
    asked = kind(question, language)
    speaking = [model for model in models if model.speaks(language)]
    fitting = [m for m in speaking if m.id in loaded or m.ram_mb <= free_mb]
    if not fitting:
        why: Why = "memory" if speaking else "language" if models else "none"
        return Decision(None, why, asked)
    known = [(m, share) for m in fitting if (share := m.good_at(asked, language)) is not None]
    if not known:
        only = fitting[0]
        return Decision(only.id, "only" if len(fitting) == 1 else "unmeasured", asked)
    good = [(m, share) for m, share in known if share.value >= GOOD]
    if good:
        model, share = min(good, key=lambda pair: _cost(pair[0], loaded))
        why = "only" if len(fitting) == 1 else "cheapest"
        return Decision(model.id, why, asked, share)
    model, share = max(known, key=lambda pair: (pair[1].value, -_cost(pair[0], loaded)))
    if len(known) == len(fitting) and share.value < HOPELESS:
        return Decision(None, "hopeless", asked, share)
    return Decision(model.id, "only" if len(fitting) == 1 else "best", asked, share)


def described(decided: Decision, models: Sequence[Able]) -> dict[str, object]:
    """For the trace: none of the user's words. What the answer will cost, where that was
    measured."""
    by = "model" if decided.model else "nobody"
    told: dict[str, object] = {"by": by, "what": decided.model or "", "why": decided.why}
    told["kind"] = decided.kind
    if decided.share is not None:
        told["right"] = f"{decided.share.right} of {decided.share.asked}"
    able = next((model for model in models if model.id == decided.model), None)
    if able is not None and able.seconds is not None:
        told["expected_seconds"] = round(able.seconds, 2)
        if able.joules is not None:
            told["expected_joules"] = round(able.joules, 1)
    return told


def caller(
    language: str, models: Sequence[Able], *, loaded: Collection[str], free_mb: float
) -> Able | None:
    """Which model chooses functions: of those that can, the cheapest that has room."""
    able = [
        m
        for m in models
        if m.calls and m.speaks(language) and (m.id in loaded or m.ram_mb <= free_mb)
    ]
    return min(able, key=lambda m: _cost(m, loaded)) if able else None


def reader(
    language: str, models: Sequence[Able], *, loaded: Collection[str], free_mb: float
) -> Able | None:
    """Which model puts into words what a document says: of those that were measured to be good at
    that, the cheapest that has room."""
    able = []
    for model in models:
        share = model.quality.get(f"{language} read")
        known = share is not None and share.asked >= _LEAST_ASKED and share.value >= READS
        if known and model.speaks(language) and (model.id in loaded or model.ram_mb <= free_mb):
            able.append(model)
    return min(able, key=lambda m: _cost(m, loaded)) if able else None


def _cost(model: Able, loaded: Collection[str]) -> float:
    """Joules of an answer where they are known, else seconds; to load it counts, too."""
    answer = model.seconds or 0.0
    waits = answer + (0.0 if model.id in loaded else model.load_seconds)
    if model.joules is None or not answer:
        return waits
    return model.joules * waits / answer
