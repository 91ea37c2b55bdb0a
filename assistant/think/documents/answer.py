"""What is read out of the passages that were found, and whether it is an answer at all.

Nothing is written that is not in the document: what is read are pieces of its sentences, chosen so
that they most likely hold the answer, of 35 words in all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.think.documents.chosen import choose
from assistant.think.documents.keeping import excerpt, keeper
from assistant.think.documents.likely import Embed, Question, shares
from assistant.think.documents.onward import behind
from assistant.think.documents.search import Hit, Query

KNOWN: Mapping[str, float] = {"en": 1.15, "es": 1.55}
"""Certainty from which a question is taken to be answered, by its language; see `certainty`. Of 261
questions each whose article was left out, 94 % (English) and 93 % (Spanish) are below it; of those
with it, none and 6 %."""
KNOWN_BY_WORDS = 0.6
"""The same without an embedding: some 92 % below it; of those that can be answered, 5 %."""

_JOINS = re.compile(r"^(?:and|but|or|y|e|o|pero)\s+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What would be read out, and how sure it is that it answers."""

    hit: Hit  # the passage that the first piece is of
    text: str
    certainty: float
    by_meaning: bool  # the embedding had a say in it
    onward: int  # where the text of the passage goes on
    excerpt: str  # the likeliest sentences, for a model that is able to put them into words
    keeps_to: Callable[[str], bool]  # whether what it made of them may be said


def read_out(query: Query, hits: Sequence[Hit], embed: Embed | None = None) -> Reading | None:
    """The best pieces of the passages; None without any."""
    question = Question(query)
    found = question.split(hits)
    likely = shares(question, found, embed)
    taken = choose(found, likely)
    if not taken:
        return None
    best = max((s.covered for s in found if s.rank == 0), default=0.0)
    text = " ".join(
        tidy(c.piece.text(c.sentence.hit.row.text), whole_start=c.piece.whole_start) for c in taken
    )
    hit = taken[0].sentence.hit
    onward = behind(max((c for c in taken if c.sentence.hit is hit), key=lambda c: c.worth))
    shown = [n for n in excerpt(found, likely) if found[n].hit.row.file == hit.row.file]
    return Reading(
        hit,
        text,
        certainty(hits[0], best, hits),
        query.vector is not None,
        onward,
        " ".join(found[n].text for n in shown),
        keeper(question, [found[n] for n in shown], [likely[n] for n in shown]),
    )


def certainty(hit: Hit, sentence: float, hits: Sequence[Hit]) -> float:
    """How sure it is that the documents answer: the share of the question's words that the best
    passage holds, half of that of its best sentence, and twice the best cosine."""
    return hit.coverage + 0.5 * sentence + 2 * max(h.cosine for h in hits)


def tidy(text: str, *, whole_start: bool) -> str:
    """A clause as a sentence: a capital, a full stop, and no half bracket."""
    text = text.strip().strip(",;:—–-").strip()
    for left, right in ("()", "[]", "“”", "«»"):
        if text.count(left) > text.count(right):
            text = text.replace(left, "", 1) if text.startswith(left) else f"{text}{right}"
        elif text.count(right) > text.count(left):
            text = text.replace(right, "", 1)
    if not whole_start:
        text = _JOINS.sub("", text)  # to a clause that is not read
        text = text[:1].upper() + text[1:]
    return text if text[-1:] in '.!?…"”»' else f"{text}."
