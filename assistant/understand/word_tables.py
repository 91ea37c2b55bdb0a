"""What is known of the words of a layout: where they stand, what follows them, how they sound."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assistant.understand.layout import Layout, Numbers
from assistant.understand.sounds import sounds

NONE = 0xFFFFFFFF
"""In the place of a second word."""
_AT_A_TIME = 20_000  # arcs: some 10 MB while they are looked at


@dataclass(frozen=True)
class WordTables:
    """Words, and what else arcs take, by their numbers in a layout.

    stands: the templates that have a label, one label after the other; `first` says by label where
        its own begin, and at last how many there are.
    pairs: the words that follow each other in some sentence, as `first * labels + second`, sorted.
    entries: what a stretch of speech may have been: a word and NONE, or two words; shape (n, 2).
    codes: by entry its sounds, the shortest first; an entry that is said in several ways is there
        several times.
    """

    first: Numbers
    stands: Numbers
    pairs: npt.NDArray[np.uint64]
    entries: Numbers
    codes: Sequence[str]

    def templates(self, label: int) -> Numbers:
        return self.stands[self.first[label] : self.first[label + 1]]

    @cached_property
    def lengths(self) -> npt.NDArray[np.intp]:
        """By entry the letters of its code."""
        return np.array([len(code) for code in self.codes], np.intp)


def tables(
    layout: Layout, light: frozenset[str], language: str, go_on: Callable[[], None] = lambda: None
) -> WordTables:
    """A fifth of a second for all functions.

    light: words that are no part of a pair of `entries`. go_on: called now and then; what it
    raises ends that.
    """
    go_on()
    first, stands = _stands(layout)
    pairs = _pairs(layout, go_on)
    entries = [*_entries(layout, pairs, light)]
    go_on()
    words = [tuple(str(layout.labels[n]) for n in entry) for entry in entries]
    said = [
        ((*entry, NONE)[:2], "".join(codes))
        for entry, word in zip(entries, words, strict=True)
        for codes in itertools.product(*(sounds(w, language) for w in word))
    ]
    said.sort(key=lambda both: (len(both[1]), both))
    kept = np.array([entry for entry, _ in said], np.uint32).reshape(-1, 2)
    return WordTables(first, stands, pairs, kept, [code for _, code in said])


def _stands(layout: Layout) -> tuple[Numbers, Numbers]:
    count = len(layout.functions)
    points = np.repeat(np.arange(len(layout.marks), dtype=np.uint32), np.diff(layout.rows))
    keys = layout.taken.astype(np.uint64) * count + layout.templates(points).astype(np.uint64)
    keys = np.unique(keys)
    edges = np.arange(len(layout.labels) + 1, dtype=np.uint64) * np.uint64(count)
    first = np.searchsorted(keys, edges).astype(np.uint32)
    return first, (keys % max(count, 1)).astype(np.uint32)


def _pairs(layout: Layout, go_on: Callable[[], None]) -> npt.NDArray[np.uint64]:
    is_word = np.array([isinstance(label, str) for label in layout.labels], bool)
    found = [np.zeros(0, np.uint64)]
    for start in range(0, len(layout.taken), _AT_A_TIME):
        go_on()
        here = slice(start, start + _AT_A_TIME)
        before = is_word[layout.taken[here]]
        firsts, points = layout.taken[here][before], layout.after[here][before]
        count = layout.rows[points + np.uint32(1)] - layout.rows[points]
        seconds = layout.taken[layout.arcs(points)]
        keys = np.repeat(firsts, count).astype(np.uint64) * len(layout.labels) + seconds
        found.append(np.unique(keys[is_word[seconds]]))
    return np.unique(np.concatenate(found))


def _entries(
    layout: Layout, pairs: npt.NDArray[np.uint64], light: frozenset[str]
) -> Iterator[tuple[int, ...]]:
    """Words; and pairs of words: those of a slot's phrase, and those of the user's slots that
    follow each other in some sentence ("roast latte"). With the names of a home the latter would
    be twenty thousand."""
    words = {n for word, n in layout.numbers.items() if not word.isdigit()}
    # what only a phrase has, and no sentence, is no word of the grammar
    words &= set(np.unique(layout.taken).tolist())
    yield from ((word,) for word in words)
    single = {n for n in words if layout.labels[n] not in light}
    own = single.intersection(layout.own.tolist())
    following = (divmod(pair, len(layout.labels)) for pair in pairs.tolist())
    found = {(a, b) for a, b in following if a in own and b in own}
    found |= {(a, b) for a, b in layout.phrases.tolist() if a in single and b in single}
    yield from found
