"""Which templates can fit a sentence at all, so that hassil need not try them all.

A deterministic machine over the layout of the grammar reads the sentence; its nodes are made when
they are first reached, and thrown away when there are too many. It may let through a template that
does not fit (limits of words and numbers are left to hassil), but never leaves out one that does
(but where hassil would let a wildcard begin in the middle of a word, as it can).
"""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import hassil
import numpy as np
from hassil.intents import Intent as HassilIntent, IntentData, SlotList

from assistant.understand.grammar import Grammar
from assistant.understand.layout import Layout, Numbers
from assistant.understand.sentence_graph import AnyWords, Value

MOST_NODES = 10_000
"""Kept at a time: about 8 MB. A sentence of ten words reaches some twenty."""
_MOST_SHORTLISTS = 256

# A slot that touches letters ("{name}'s", "{n}x"): the words of the sentence do not end there.
_GLUED = re.compile(r"[}>][)\]]*['\w]|['\w][(\[]*[{<]")

OTHER = ""
"""A word that no template has at this point."""
Reads = str | frozenset[type]
"""What a machine reads at a time: a word, or the types that a value may have."""


@dataclass(slots=True)
class _Node:
    """A point in the sentences.

    points: of the layout, sorted. loops: points that a wildcard led to, which may take further
    words. arcs: of both.
    """

    points: Numbers
    loops: Numbers
    arcs: Numbers
    ends: frozenset[int]
    next: dict[Reads, _Node] = field(default_factory=dict)  # where somebody went


class Shortlist:
    """For a sentence, the intents with those templates only that can fit it."""

    def __init__(self, grammar: Grammar, layout: Layout) -> None:
        self._grammar = grammar
        self._layout = layout
        self._fillers = {word for phrase in grammar.fillers for word in phrase.split()}
        labels = [*enumerate(layout.labels)]
        self._any_words = [n for n, label in labels if isinstance(label, AnyWords)]
        self._values = [(n, k.token.kind) for n, k in labels if isinstance(k, Value)]
        self._nodes: dict[tuple[bytes, bytes], _Node] = {}
        self._blocks: dict[int, IntentData] = {}
        self._lists: dict[str, dict[str, SlotList]] = {}  # one for all blocks of a function
        self._made: OrderedDict[frozenset[int], hassil.Intents] = OrderedDict()
        self._always = frozenset(
            layout.begins[name] + n
            for name, function in grammar.functions.items()
            for n, template in enumerate(function.sentences[grammar.language])
            if _glued(template, function.rules.get(grammar.language, {}))
        )

    def intents(self, sentence: Sequence[Reads]) -> hassil.Intents | None:
        """None when no template can fit."""
        numbers = self.numbers(sentence)
        if not numbers:
            return None
        made = self._made
        if numbers not in made:
            made[numbers] = self._only(numbers)
            if len(made) > _MOST_SHORTLISTS:
                made.popitem(last=False)
        return made[numbers]

    def rest(self) -> None:
        """Let go of all nodes and templates that were made; another thread may be reading."""
        self._nodes, self._blocks, self._lists, self._made = {}, {}, {}, OrderedDict()

    def numbers(self, sentence: Sequence[Reads]) -> frozenset[int]:
        """The templates that can fit, by their numbers in the layout."""
        if len(self._nodes) > MOST_NODES:
            self._nodes.clear()
        node = self._node(self._layout.starts, _NO_POINTS)
        for read in sentence:
            node = node.next.get(read) or self._advance(node, read)
            if not (len(node.points) or len(node.loops)):
                return self._always
        return node.ends | self._always

    def _only(self, numbers: frozenset[int]) -> hassil.Intents:
        blocks, lists = self._blocks, self._lists
        chosen: dict[str, list[int]] = defaultdict(list)
        for number in sorted(numbers):
            chosen[self._layout.functions[number]].append(number)
        intents = {}
        for name, mine in chosen.items():
            new = [number for number in mine if number not in blocks]
            if new:
                begin = self._layout.begins[name]
                if name not in lists:
                    lists[name] = self._grammar.lists(name)
                wanted = [number - begin for number in new]
                made = self._grammar.blocks(name, wanted, lists[name])
                blocks.update(zip(new, made, strict=True))
            intents[name] = HassilIntent(name, [blocks[number] for number in mine])
        return hassil.Intents(self._grammar.language, intents, skip_words=[*self._grammar.fillers])

    def _advance(self, node: _Node, read: Reads) -> _Node:
        """The next node; a word that changes nothing here is like any other."""
        after = self._after(node, read)
        if isinstance(read, str) and not len(after) and read not in self._fillers:
            if OTHER in node.next:
                return node.next[OTHER]
            read = OTHER
        elif isinstance(read, str) and read in self._fillers:
            after = np.union1d(after, node.points)
        wild = self._taking(node, self._any_words)
        reached = self._node(np.unique(after), np.union1d(node.loops, wild))
        node.next[read] = reached
        return reached

    def _after(self, node: _Node, read: Reads) -> Numbers:
        """The points after a word or a value, some perhaps twice."""
        if isinstance(read, str):
            number = self._layout.numbers.get(read)
            return _NO_POINTS if number is None else self._taking(node, [number])
        return self._taking(node, [number for number, kind in self._values if kind in read])

    def _taking(self, node: _Node, labels: Sequence[int]) -> Numbers:
        """The points after the arcs that take one of some labels."""
        taken = self._layout.taken[node.arcs]
        found = taken == labels[0] if len(labels) == 1 else np.isin(taken, labels)
        after: Numbers = self._layout.after[node.arcs[found]]
        return after

    def _node(self, points: Numbers, loops: Numbers) -> _Node:
        key = points.tobytes(), loops.tobytes()
        node = self._nodes.get(key)
        if node is None:
            both = np.union1d(points, loops)
            ends = frozenset(self._layout.ending(both).tolist())
            arcs = self._layout.arcs(both).astype(np.uint32)
            node = self._nodes[key] = _Node(points, loops, arcs, ends)
        return node


_NO_POINTS: Numbers = np.zeros(0, np.uint32)


def _glued(template: str, rules: Mapping[str, str]) -> bool:
    todo, seen, texts = [template], set[str](), list[str]()
    while todo:
        texts.append(text := todo.pop())
        new = {name for name in re.findall(r"<(\w+)>", text) if name in rules} - seen
        seen |= new
        todo += (rules[name] for name in new)
    return any("{" in t for t in texts) and any(_GLUED.search(t) for t in texts)
