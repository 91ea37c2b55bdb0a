"""The pieces of a passage that may be read out: whole sentences, and clauses of long ones. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 35
"""Words that are read out: about twelve seconds."""
_CLAUSE = re.compile(
    r"(?<=[,;:])\s+(?!\d)|\s+(?=[(—–-]\s?\w)|(?<=[)])\s+|\s+(?=\b(?:and|but|which|who|because|while|although|y|pero|que|porque|mientras|aunque)\b)"
)


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of a passage, by where it begins and ends in its text."""

    start: int
    end: int
    first: int  # the sentences in which it begins and ends
    last: int
    whole_start: bool  # it begins as a sentence does
    whole_end: bool
    words: int


def windows(text: str, spans: Sequence[tuple[int, int]], longest: int = LONGEST) -> list[Window]:
    """Every piece of at most two sentences and `longest` words that begins and ends where one may
    breathe, and could not go on within those limits."""
    found: dict[tuple[int, int], Window] = {}
    cuts = [_cuts(text, start, end) for start, end in spans]
    for number, places in enumerate(cuts):
        ends = places[1:] + (cuts[number + 1][1:] if number + 1 < len(cuts) else [])
        for start in places[:-1]:
            for window in _from(
                text, spans, number, start, [e for e in ends if e > start], longest
            ):
                found.setdefault((window.start, window.end), window)
    return list(found.values())


def _from(
    text: str,
    spans: Sequence[tuple[int, int]],
    number: int,
    start: int,
    ends: Sequence[int],
    longest: int,
) -> Iterator[Window]:
    """From one place: up to the end of each sentence, and as far as the words go."""
    fitting = [end for end in ends if len(text[start:end].split()) <= longest]
    chosen = {end for end in fitting if end in (spans[number][1],)}
    if fitting:
        chosen.add(fitting[-1])
    for end in sorted(chosen) or [_cut_at(text, start, longest)]:
        last = number if end <= spans[number][1] else number + 1
        yield Window(
            start, end, number, last,
            start == spans[number][0], end == spans[last][1], len(text[start:end].split()),
        )  # fmt: skip


def _cut_at(text: str, start: int, longest: int) -> int:
    """Where a clause that never ends is cut: after so many words."""
    match = re.compile(rf"(?:\S+\s+){{{longest - 1}}}\S+").match(text, start)
    return match.end() if match else len(text)


def _cuts(text: str, start: int, end: int) -> list[int]:
    """The places at which a sentence may be cut, its beginning and end among them."""
    places = [start]
    for match in _CLAUSE.finditer(text, start, end):
        places.append(match.end())
    return [*dict.fromkeys(places), end]
