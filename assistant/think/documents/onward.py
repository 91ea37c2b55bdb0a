"""Where a text goes on behind what was read out of it, and what is read next. Pure."""

from __future__ import annotations

from assistant.think.documents.chosen import Chosen
from assistant.think.documents.windows import LONGEST, pieces
from assistant.think.documents.words import sentences


def behind(chosen: Chosen) -> int:
    """Where the passage of a piece goes on: behind it, or, of a sentence that was not read whole,
    with all of that."""
    piece, text = chosen.piece, chosen.sentence.hit.row.text
    if not piece.whole_start or piece.left_out:
        return chosen.sentence.start
    if piece.whole_end:
        return piece.end
    return next((start for start, end in sentences(text) if end > piece.end), piece.end)


def following(text: str, start: int) -> tuple[str, int]:
    """The next sentences of a passage, of at most LONGEST words, and where they end. A longer
    sentence is read in parts. "" at the end of the passage."""
    start += len(text[start:]) - len(text[start:].lstrip())
    ends = [start + end for _, end in sentences(text[start:])]
    fit = [end for end in ends if len(text[start:end].split()) <= LONGEST]
    if fit:
        return text[start : fit[-1]], fit[-1]
    if not ends:
        return "", start
    parts = [piece for piece in pieces(text, start, ends[0]) if piece.start == start]
    last = max((piece for piece in parts if not piece.left_out), key=lambda piece: piece.end)
    return last.text(text), last.end
