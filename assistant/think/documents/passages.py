"""Cuts a document into passages: what is found, and what an answer is read out of. Pure.

A passage never runs over a heading, and holds whole sentences. Paragraphs of a sensible length are
left as their author made them: an author's paragraph is about one thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.think.documents.blocks import Block
from assistant.think.documents.words import sentences

SHORTEST = 60
"""Words up to which a paragraph is joined with what follows it under the same heading."""
LONGEST = 220
"""Words over which one is cut, at the end of a sentence. Its vector sees 256 tokens of it."""
_HEADING = 200  # characters of a heading path that are kept


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document."""

    text: str
    heading: str = ""  # the path of headings that it stands under, "Wheels > Tire pressure"
    page: int | None = None  # on which it begins


def passages(blocks: Iterable[Block]) -> Iterator[Passage]:
    """The passages of a document in their order. Headings are in the path, not in the text."""
    path: list[tuple[int, str]] = []
    waiting: list[Block] = []
    for block in blocks:
        if block.level:
            yield from _flushed(waiting, path)
            waiting = []
            path = [(level, text) for level, text in path if level < block.level]
            path.append((block.level, block.text))
            continue
        if waiting and not _joins(waiting, block):
            yield from _flushed(waiting, path)
            waiting = []
        waiting.append(block)
    yield from _flushed(waiting, path)


def _joins(waiting: Sequence[Block], block: Block) -> bool:
    if block.page != waiting[0].page:
        return False  # its page is told to whoever asks for the source
    had = sum(len(each.text.split()) for each in waiting)
    more = len(block.text.split())
    return (had < SHORTEST or more < SHORTEST // 3) and had + more <= LONGEST


def _flushed(waiting: Sequence[Block], path: Sequence[tuple[int, str]]) -> Iterator[Passage]:
    if not waiting:
        return
    heading = " > ".join(text for _, text in path)[:_HEADING]
    closed = " ".join(_closed(each.text) for each in waiting)
    text = closed if len(waiting) > 1 else waiting[0].text
    for piece in _cut(text):
        yield Passage(piece, heading, waiting[0].page)


def _closed(text: str) -> str:
    """An entry of a list ends like a sentence, so that it is read out as one."""
    return text if text[-1:] in ".!?:;…" else f"{text}."


def _cut(text: str) -> Iterator[str]:
    """Pieces of at most LONGEST words, of about the same length."""
    whole = len(text.split())
    if whole <= LONGEST:
        yield text
        return
    aim = whole / -(-whole // LONGEST)
    piece: list[str] = []
    held = 0
    for start, end in sentences(text):
        for part in _halves(text[start:end]):
            words = len(part.split())
            if piece and (held + words > LONGEST or held >= aim):
                yield " ".join(piece)
                piece, held = [], 0
            piece.append(part)
            held += words
    if piece:
        yield " ".join(piece)


def _halves(sentence: str) -> Iterator[str]:
    """A sentence that is longer than a passage (a table without stops, say) is cut anywhere."""
    words = sentence.split(" ")
    for start in range(0, len(words), LONGEST):
        yield " ".join(words[start : start + LONGEST])
