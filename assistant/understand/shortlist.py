"""Which templates can fit a sentence at all, so that hassil need not try them all.

A deterministic machine over the graph of the grammar reads the sentence; its nodes are made when
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
from hassil.intents import Intent as HassilIntent

from assistant.understand.grammar import Grammar
from assistant.understand.sentence_graph import AnyWords, Graph, Template, Value

MOST_NODES = 20_000
"""Kept at a time: about 10 MB. A sentence of ten words reaches some twenty."""
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

    loops: states that a wildcard led to, which may take further words.
    words, values, any_words: what may follow, and to which states that leads.
    """

    states: frozenset[int]
    loops: frozenset[int]
    words: Mapping[str, Sequence[int]]
    values: Sequence[tuple[type, frozenset[int]]]
    any_words: set[int]
    ends: frozenset[int]
    next: dict[Reads, _Node] = field(default_factory=dict)  # where somebody went


class Shortlist:
    """For a sentence, the intents with those templates only that can fit it."""

    def __init__(self, grammar: Grammar, graph: Graph) -> None:
        self._grammar = grammar
        self._graph = graph
        fillers = grammar.intents.skip_words
        self._fillers = {word for phrase in fillers for word in phrase.split()}
        self._always = frozenset(n for n, t in enumerate(graph.templates) if _glued(t))
        self._nodes: dict[tuple[frozenset[int], frozenset[int]], _Node] = {}
        self._made: OrderedDict[frozenset[int], hassil.Intents] = OrderedDict()

    def intents(self, sentence: Sequence[Reads]) -> hassil.Intents | None:
        """None when no template can fit."""
        numbers = self.numbers(sentence)
        if not numbers:
            return None
        if numbers not in self._made:
            self._made[numbers] = self._only(numbers)
            if len(self._made) > _MOST_SHORTLISTS:
                self._made.popitem(last=False)
        return self._made[numbers]

    def numbers(self, sentence: Sequence[Reads]) -> frozenset[int]:
        """The templates that can fit, by their numbers in the graph."""
        if len(self._nodes) > MOST_NODES:
            self._nodes.clear()
        node = self._node(frozenset([0]), frozenset())
        for read in sentence:
            if isinstance(read, str) and read not in node.words and read not in self._fillers:
                read = OTHER  # noqa: PLW2901
            node = node.next.get(read) or self._advance(node, read)
            if not (node.states or node.loops):
                return self._always
        return node.ends | self._always

    def _only(self, numbers: frozenset[int]) -> hassil.Intents:
        blocks = defaultdict(list)
        for number in sorted(numbers):
            template = self._graph.templates[number]
            blocks[template.function].append(template.block)
        intents = {name: HassilIntent(name, made) for name, made in blocks.items()}
        return hassil.Intents(
            self._grammar.language, intents, skip_words=self._grammar.intents.skip_words
        )

    def _advance(self, node: _Node, read: Reads) -> _Node:
        states: set[int] = set()
        loops = set(node.loops) | node.any_words
        if isinstance(read, str):
            states.update(node.words.get(read, ()))
            if read in self._fillers:
                states |= node.states
        else:
            states |= {s for kind, after in node.values if kind in read for s in after}
        reached = self._node(frozenset(states), frozenset(loops))
        node.next[read] = reached
        return reached

    def _node(self, states: frozenset[int], loops: frozenset[int]) -> _Node:
        if (states, loops) not in self._nodes:
            self._nodes[states, loops] = self._make(states, loops)
        return self._nodes[states, loops]

    def _make(self, states: frozenset[int], loops: frozenset[int]) -> _Node:
        words: dict[str, set[int]] = defaultdict(set)
        values: list[tuple[type, frozenset[int]]] = []
        any_words: set[int] = set()
        for state in states | loops:
            for label, after in self._graph.step(state).items():
                if isinstance(label, str):
                    words[label].update(after)
                elif isinstance(label, Value):
                    values.append((label.token.kind, frozenset(after)))
                elif isinstance(label, AnyWords):
                    any_words.update(after)
        ends = frozenset(self._graph.ends[end] for end in words.pop("", ()))
        plain = {
            word: tuple(after) for word, after in words.items()
        }  # a set takes four times as much
        return _Node(states, loops, plain, values, any_words, ends)


def _glued(template: Template) -> bool:
    block = template.block
    text, seen = block.sentence_texts[0], set()
    todo = re.findall(r"<(\w+)>", text)
    texts = [text]
    while todo:
        name = todo.pop()
        if name not in seen and name in block.expansion_rules:
            seen.add(name)
            texts.append(block.expansion_rules[name].text or "")
            todo += re.findall(r"<(\w+)>", texts[-1])
    return any("{" in t for t in texts) and any(_GLUED.search(t) for t in texts)
