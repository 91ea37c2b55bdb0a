"""The pieces of a sentence that may be read out: all of it, or some of its clauses, with what is in
brackets or without. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.think.documents.words import STOP

LONGEST = 35
"""Words that are read out: about twelve seconds."""
_CLAUSE = re.compile(
    r"(?<=[,;:])\s+(?!\d)|\s+(?=[(—–-]\s?\w)|(?<=[)])\s+|\s+(?=\b(?:and|but|which|who|because|while|although|y|pero|que|porque|mientras|aunque)\b)"
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_PHRASE = re.compile(
    r"\s+(?=\b(?:in|on|at|by|for|from|with|after|before|during|since|until|when|where"
    r"|en|por|para|con|desde|hasta|durante|cuando|donde|tras)\b)"
)
"""Where a piece may end, but none begins: what follows tells more of the clause."""
_FEWEST = 6  # words of a piece that ends before such a phrase
_NO_END = STOP["en"] | STOP["es"]
"""No piece ends behind one of these: "the state in" which."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence, by where it begins and ends in the text of its passage."""

    start: int
    end: int
    words: int
    whole_start: bool  # it begins as the sentence does
    whole_end: bool
    left_out: Sequence[tuple[int, int]] = ()  # brackets in it that are not read

    def text(self, passage: str) -> str:
        return _without(passage, self.start, self.end, self.left_out)


def pieces(text: str, start: int, end: int, longest: int = LONGEST) -> list[Piece]:
    """Every piece of a sentence of at most `longest` words that begins and ends where one may
    breathe. Where a clause alone is longer, it is cut behind so many words."""
    places = _cuts(text, start, end)
    brackets = [m.span() for m in _BRACKETS.finditer(text, start, end)]
    phrases = {last for last in _ends(_PHRASE, text, start, end) if last not in places}
    made = []
    for number, begin in enumerate(places[:-1]):
        for last in [*places[number + 1 :], *(each for each in phrases if each > begin)]:
            inside = [b for b in brackets if begin < b[0] and b[1] <= last]
            for left_out in [(), *([tuple(inside)] if inside else [])]:
                words = len(_without(text, begin, last, left_out).split())
                if (_FEWEST if last in phrases else 1) <= words <= longest:
                    made.append(Piece(begin, last, words, begin == start, last == end, left_out))
        if len(text[begin : places[number + 1]].split()) > longest:
            cut = _cut_at(text, begin, longest)
            made.append(Piece(begin, cut, longest, begin == start, False))
    return made


def going_on(text: str, next_start: int, next_end: int, ended: Sequence[Piece]) -> list[Piece]:
    """Pieces that begin in a sentence, reach its end, and go on to a place in a following one.
    ended: those of the sentence."""
    begins = {piece.start: piece for piece in ended if piece.whole_end and not piece.left_out}
    made = []
    for begin, piece in begins.items():
        for last in _cuts(text, next_start, next_end)[1:]:
            words = len(text[begin:last].split())
            if words <= LONGEST:
                made.append(Piece(begin, last, words, piece.whole_start, last == next_end))
    return made


def _without(text: str, start: int, end: int, left_out: Sequence[tuple[int, int]]) -> str:
    kept = []
    for begin, last in left_out:
        kept.append(text[start:begin])
        start = last
    return "".join([*kept, text[start:end]]).strip()


def _cut_at(text: str, start: int, longest: int) -> int:
    """Where a clause that never ends is cut: after so many words."""
    match = re.compile(rf"(?:\S+\s+){{{longest - 1}}}\S+").match(text, start)
    return match.end() if match else len(text)


def _cuts(text: str, start: int, end: int) -> list[int]:
    """The places at which a sentence may be cut, its beginning and end among them."""
    return [*dict.fromkeys([start, *_ends(_CLAUSE, text, start, end)]), end]


def _ends(boundary: re.Pattern[str], text: str, start: int, end: int) -> Iterator[int]:
    for match in boundary.finditer(text, start, end):
        before = text[start : match.start()].rsplit(None, 1)[-1:]
        if before and before[0].lower() not in _NO_END:
            yield match.end()
