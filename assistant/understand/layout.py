"""The sentences of a grammar laid out as rows of numbers, which may lie in a file.

Each template is a small machine (see `sentence_graph`), and all of them stand one after the other.
`automaton` and `shortlist` read them side by side. A function that is as it was in an earlier
layout is taken from there: so names that come and go cost only the functions that have them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.understand.grammar import (
    Grammar,
    Token,
    forget_parsed,
    phrases_of,
    word_limit,
    words_of,
)
from assistant.understand.layout_digest import digest_of, kind_name
from assistant.understand.sentence_graph import AnyWords, Label, Value, machine

Numbers = npt.NDArray[np.uint32]

ENDS, GOES_ON = 1, 2


@dataclass(frozen=True, slots=True)
class Part:
    """One function: where its templates, points, arcs and phrases are, `start` to `stop`."""

    name: str
    digest: str
    templates: tuple[int, int]
    points: tuple[int, int]
    arcs: tuple[int, int]
    phrases: tuple[int, int]
    own: tuple[int, int]


@dataclass(frozen=True)
class Layout:
    """All sentences of a grammar.

    labels: what arcs take, by number. parts: the functions, in the order of preference.
    firsts: by template its first point, and at last the number of all points; a template's
        sentences begin at the last of its points.
    rows: by point its first arc, and at last the number of all arcs.
    taken, after: by arc the number of its label, and the point after it.
    marks: by point ENDS where a sentence may end, and GOES_ON where it may end later.
    phrases: pairs of words that are neighbours in a phrase of a slot, by their numbers.
    own: the words of the phrases of the user's own functions.
    """

    labels: Sequence[Label]
    parts: Sequence[Part]
    firsts: Numbers
    rows: Numbers
    taken: Numbers
    after: Numbers
    marks: npt.NDArray[np.uint8]
    phrases: Numbers
    own: Numbers

    @cached_property
    def functions(self) -> Sequence[str]:
        """By template the function that it calls."""
        return [part.name for part in self.parts for _ in range(*part.templates)]

    @cached_property
    def begins(self) -> Mapping[str, int]:
        """By function its first template."""
        return {part.name: part.templates[0] for part in self.parts}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """By word its number."""
        return {label: n for n, label in enumerate(self.labels) if isinstance(label, str)}

    @property
    def starts(self) -> Numbers:
        """The points at which sentences begin."""
        starts: Numbers = self.firsts[1:] - np.uint32(1)
        return starts

    def ending(self, points: Numbers) -> Numbers:
        """The templates of which a sentence may end at one of some points."""
        return self.templates(points[self.marks[points] & ENDS != 0])

    def going_on(self, points: Numbers) -> Numbers:
        """Those of which a sentence may end later."""
        return self.templates(points[self.marks[points] & GOES_ON != 0])

    def templates(self, points: Numbers) -> Numbers:
        """By point its template."""
        found = np.searchsorted(self.firsts, points, side="right") - 1
        return found.astype(np.uint32)

    def arcs(self, points: Numbers) -> npt.NDArray[np.intp]:
        """The arcs of some points, one point after the other."""
        begin = self.rows[points].astype(np.intp)
        count = self.rows[points + np.uint32(1)] - begin
        return np.repeat(begin - (np.cumsum(count) - count), count) + np.arange(count.sum())

    def steps(self, points: Numbers) -> tuple[Sequence[Label], Sequence[int], Numbers]:
        """What may follow any of some points: each label once, where in the last row the points
        after it begin, and those points."""
        arcs = self.arcs(points)
        taken = self.taken[arcs]
        order = np.argsort(taken, kind="stable")
        found, first = np.unique(taken[order], return_index=True)
        labels = [self.labels[number] for number in found.tolist()]
        return labels, [*first.tolist(), len(arcs)], self.after[arcs[order]]


class _Writer:
    """Collects the rows of a layout."""

    def __init__(self) -> None:
        self.numbers: dict[Label, int] = {}
        self._parts: list[Part] = []
        self._rows: list[list[Numbers]] = [[] for _ in range(7)]
        self._sizes = [0] * 5  # templates, points, arcs, phrases, words of own phrases

    def number(self, label: Label) -> int:
        return self.numbers.setdefault(label, len(self.numbers))

    def add(
        self, name: str, digest: str, firsts: Numbers, rows: Numbers, taken: Numbers,
        after: Numbers, marks: Numbers, phrases: Numbers, own: Numbers,
    ) -> None:  # fmt: skip
        """A function, its numbers counted from its own beginning; those of labels are ours."""
        _, points, arcs, *_ = old = self._sizes
        more = map(len, (firsts, rows, taken, phrases, own))
        self._sizes = [size + n for size, n in zip(old, more, strict=True)]
        self._parts.append(Part(name, digest, *zip(old, self._sizes, strict=True)))
        point, arc = np.uint32(points), np.uint32(arcs)
        found = (firsts + point, rows + arc, taken, after + point, marks, phrases, own)
        for kept, row in zip(self._rows, found, strict=True):
            kept.append(row)

    def made(self) -> Layout:
        """With those labels only that something takes."""
        empty = [_row()] * 5 + [_row().reshape(0, 2), _row()]
        firsts, rows, taken, after, marks, phrases, own = (
            np.concatenate([none, *kept]) for none, kept in zip(empty, self._rows, strict=True)
        )
        used = np.unique(np.concatenate([taken, phrases.ravel(), own]))
        ours = np.zeros(len(self.numbers), np.uint32)
        ours[used] = np.arange(len(used), dtype=np.uint32)
        labels = [*self.numbers]
        return Layout(
            [labels[number] for number in used.tolist()],
            self._parts,
            np.append(firsts, np.uint32(len(rows))),
            np.append(rows, np.uint32(len(taken))),
            ours[taken],
            after,
            marks.astype(np.uint8),
            ours[phrases],
            ours[own],
        )


def lay_out(
    grammar: Grammar, earlier: Layout | None = None, go_on: Callable[[], None] = lambda: None
) -> Layout:
    """Takes a second for 230 functions, nearly nothing for those that `earlier` has, too.

    go_on: called before each function; what it raises ends that.
    """
    writer = _Writer()
    known = {part.digest: part for part in earlier.parts} if earlier else {}
    ours = _row([writer.number(label) for label in earlier.labels] if earlier else [])
    made_anew = False
    for name in grammar.functions:
        go_on()
        digest = digest_of(grammar, name)
        if earlier is not None and digest in known:
            _take_over(writer, name, earlier, known[digest], ours)
        else:
            _write(writer, grammar, name, digest)
            made_anew = True
    if made_anew:
        forget_parsed()
    return writer.made()


def _take_over(writer: _Writer, name: str, earlier: Layout, part: Part, ours: Numbers) -> None:
    templates, points, arcs = slice(*part.templates), slice(*part.points), slice(*part.arcs)
    first, arc = np.uint32(part.points[0]), np.uint32(part.arcs[0])
    writer.add(
        name,
        part.digest,
        earlier.firsts[templates] - first,
        earlier.rows[points] - arc,
        ours[earlier.taken[arcs]],
        earlier.after[arcs] - first,
        earlier.marks[points].astype(np.uint32),
        ours[earlier.phrases[slice(*part.phrases)]],
        ours[earlier.own[slice(*part.own)]],
    )


def _write(writer: _Writer, grammar: Grammar, name: str, digest: str) -> None:
    function = grammar.functions[name]
    limits = {slot: word_limit(kind) for slot, kind in function.slots.items()}
    firsts: list[int] = []
    rows: list[int] = []
    taken: list[int] = []
    after: list[int] = []
    marks: list[int] = []
    blocks = grammar.blocks(name)
    for block in blocks:
        first = len(rows)
        firsts.append(first)
        for point in machine(block, limits):
            rows.append(len(taken))
            marks.append(ENDS * point.ends + GOES_ON * point.goes_on)
            taken += map(writer.number, point.arcs)
            after += (first + number for number in point.arcs.values())
    phrases = [[*map(writer.number, words_of(phrase))] for phrase in phrases_of(blocks[0])]
    pairs = _row(sorted({pair for words in phrases for pair in itertools.pairwise(words)}))
    own = sorted({word for words in phrases for word in words if function.drawn_examples})
    found = (firsts, rows, taken, after, marks, own)
    at, start, arcs, reached, marked, mine = (_row(numbers) for numbers in found)
    writer.add(name, digest, at, start, arcs, reached, marked, pairs.reshape(-1, 2), mine)


def _row(numbers: Sequence[Any] = ()) -> Numbers:
    return np.array(numbers, np.uint32)


def label_as_data(label: Label) -> Any:
    if isinstance(label, str):
        return label
    if isinstance(label, AnyWords):
        return [None if label.most == float("inf") else label.most]
    among = label.token.among
    span = None if among is None else [among.start, among.stop, among.step]
    return [kind_name(label.token.kind), span]


class _Gone:
    """A kind of value that nothing wants any more."""


def label_of_data(data: Any, kinds: Mapping[str, type]) -> Label:
    """kinds: of values, by their `kind_name`."""
    if isinstance(data, str):
        return data
    if len(data) == 1:
        return AnyWords(float("inf") if data[0] is None else data[0])
    kind, span = data
    return Value(Token(0, kinds.get(kind, _Gone), range(*span) if span else None))
