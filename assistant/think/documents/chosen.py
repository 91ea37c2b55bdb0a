"""Which pieces of the passages are read out, in all of at most 35 words. Pure.

The best piece is the one that is most likely to hold the answer. Where the room allows it, a second
and third follow: a listener would rather hear both of two sentences in question than the wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from assistant.think.documents.likely import Floats, Sentence
from assistant.think.documents.windows import LONGEST, Piece, going_on, pieces

SHORTEST = 4
"""Words: a shorter piece says nothing alone, unless it is a whole sentence."""
_SENTENCES = 4  # the likeliest, out of which pieces are chosen
_START, _END = 0.010, 0.003
"""Shares of likelihood that it is worth to begin and end as the sentence does."""
_ANOTHER = 0.012
"""The share that a further piece must bring."""


_REACHES = np.array([0.48, 0.70, 0.80, 0.86, 0.89, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 1.0])
"""The share of answers that reach at most so many words to a side of a word of theirs: counted on
the questions that the weights were fitted to."""
_FAR = len(_REACHES) - 1


@dataclass(frozen=True, slots=True)
class Chosen:
    """A piece with the sentence it is of, and what it is worth."""

    sentence: Sentence
    piece: Piece
    worth: float


def choose(found: Sequence[Sentence], shares: Sequence[Floats]) -> list[Chosen]:
    """The pieces to read, in the order in which to read them: the best first, those of one passage
    in the order of its text. shares: see `likely.shares`."""
    order = sorted(range(len(found)), key=lambda n: (-float(shares[n].sum()), n))[:_SENTENCES]
    worth_of = _Worth(found, shares)
    offered = [_worthwhile(found, n, worth_of) for n in order]
    best = max((c for some in offered for c in some), key=lambda c: c.worth, default=None)
    if best is None:
        return []
    taken, worth = [best], best.worth
    for some, others in combinations(offered, 2):
        for one in some:
            for other in others:
                both = one.worth + other.worth - _ANOTHER
                if both > worth and _fit(one, other):
                    taken, worth = [one, other], both
    rest = [c for some in offered for c in some if all(c.sentence is not t.sentence for t in taken)]
    rest = [c for c in rest if c.worth > _ANOTHER and _fit(*taken, c)]
    taken += sorted(rest, key=lambda c: -c.worth)[:1]
    return _in_order(taken)


def _fit(*chosen: Chosen) -> bool:
    """Within the words, nothing twice, and of one document: the source is said once."""
    if sum(each.piece.words for each in chosen) > LONGEST:
        return False
    rows = [each.sentence.hit.row for each in chosen]
    apart = all(
        a.sentence.rank != b.sentence.rank
        or a.piece.end <= b.piece.start
        or b.piece.end <= a.piece.start
        for a, b in combinations(chosen, 2)
    )
    return apart and len({row.file for row in rows}) == 1


def _in_order(taken: Sequence[Chosen]) -> list[Chosen]:
    best = max(taken, key=lambda c: c.worth).sentence.rank
    return sorted(taken, key=lambda c: (c.sentence.rank != best, c.sentence.rank, c.piece.start))


def _worthwhile(found: Sequence[Sentence], number: int, worth: _Worth) -> list[Chosen]:
    """The pieces of a sentence, and those that go on into the next ones, to which no shorter one is
    equal, the shortest first."""
    best: list[Chosen] = []
    sentence = found[number]
    for piece in sorted(_pieces(found, number), key=lambda p: (p.words, p.start)):
        if piece.words < SHORTEST and not (piece.whole_start and piece.whole_end):
            continue
        value = worth.of(sentence.rank, piece)
        if not best or value > best[-1].worth:
            if best and best[-1].piece.words == piece.words:
                best.pop()
            best.append(Chosen(sentence, piece, value))
    return best


def _pieces(found: Sequence[Sentence], number: int) -> list[Piece]:
    sentence = found[number]
    text = sentence.hit.row.text
    own = pieces(text, sentence.start, sentence.end)
    made = list(own)
    for other in found[number + 1 : number + 3]:
        if other.rank == sentence.rank:
            made += going_on(text, other.start, other.end, own)
    return made


class _Worth:
    """How likely the whole answer is in a piece, and what it is worth that it is a whole sentence.

    Each word is in the answer by its share. How far the answer reaches from it is not known, so a
    word at a cut counts less than one well within the piece; over the end of a sentence no answer
    reaches.
    """

    def __init__(self, found: Sequence[Sentence], shares: Sequence[Floats]) -> None:
        tables: dict[int, list[Floats]] = {}
        for sentence, share in zip(found, shares, strict=True):
            rows = tables.setdefault(sentence.rank, [])
            first, count = sum(len(row) for row in rows), len(sentence.tokens)
            starts = [token.start for token in sentence.tokens]
            bounds = np.full((count, 2), (first, first + count), float)
            rows.append(np.column_stack([np.array(starts, float), share, bounds]))
        self._tables = {rank: np.concatenate(rows) for rank, rows in tables.items()}

    def of(self, rank: int, piece: Piece) -> float:
        value, start = 0.0, piece.start
        for begin, last in piece.left_out:
            value += self._between(rank, start, begin)
            start = last
        value += self._between(rank, start, piece.end)
        return value + _START * piece.whole_start + _END * piece.whole_end

    def _between(self, rank: int, start: int, end: int) -> float:
        table = self._tables[rank]
        first, last = np.searchsorted(table[:, 0], [start, end])
        _, share, begins, ends = table[first:last].T
        places = np.arange(first, last)
        left, right = places - first, last - 1 - places
        left = np.where(begins >= first, _FAR, np.minimum(left, _FAR))
        right = np.where(ends <= last, _FAR, np.minimum(right, _FAR))
        return float((share * _REACHES[left] * _REACHES[right]).sum())
