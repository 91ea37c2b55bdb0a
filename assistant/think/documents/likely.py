"""How likely each word of the passages is a part of what was asked for. Pure.

A word is likely where its sentence is about the question, where words of the question stand near
it, and where it is of the kind that was asked for. Each of these adds to its score by a weight;
the scores of all words of the passages become shares of one (a softmax). What a piece of the text
is worth to the listener is then the sum of the shares of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
import numpy.typing as npt

from assistant.embedding import Vectors
from assistant.think.documents import expected
from assistant.think.documents.search import Hit, Query
from assistant.think.documents.words import Token, sentences, tokens

Floats = npt.NDArray[np.float64]
Embed = Callable[[Sequence[str]], Vectors]

_CLOSE, _NEAR = 3.0, 10.0  # words in which nearness falls to a third
_EMBEDDED = 12  # sentences, the best by words, whose meaning is looked at
_NEVER = 999.0  # words between what is not in one sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """One of a passage that was found."""

    hit: Hit
    rank: int  # of its passage among those found
    number: int  # of it in its passage
    start: int  # in the text of the passage
    end: int
    tokens: Sequence[Token]
    covered: float  # 0..1: share of the question's words, by weight, that it holds

    @property
    def text(self) -> str:
        return self.hit.row.text[self.start : self.end]

    def word(self, token: Token) -> str:
        return self.hit.row.text[token.start : token.end]


# What each thing that speaks for a word adds to its score: fitted to 261 questions each in English
# and Spanish on 11 encyclopedia articles, one table for both. Fits on half of the articles read out
# a right answer to some 83 % (English) and 78 % (Spanish) of the questions on the other half.
OF_A_SENTENCE: Mapping[str, float] = {
    "gap": 0.51,
    "first passage": 0.51,
    "covered": 3.29,
    "covered before": 0.59,
    "covered behind": 0.24,
    "pairs": 1.43,
    "opens": 0.53,
    "cosine": 2.42,
}
OF_A_WORD: Mapping[str, float] = {
    "close before": 0.86,
    "close behind": 0.85,
    "near before": 4.54,
    "near behind": 1.48,
    "focus": 2.44,
    "acts before": 0.12,
    "acts behind": 2.93,
    "brackets": -1.34,
}
OF_A_SORT: Mapping[expected.Kind, Sequence[float]] = {
    #         year number name first plain
    "":       (-1.36, 0.50, 0.98, 0.20, -0.35),
    "person": (-0.39, -0.73, 1.81, 0.09, -0.89),
    "time":   (3.53, -0.33, -1.52, -0.57, -2.25),
    "place":  (-0.76, -0.02, 1.21, 0.97, -1.40),
    "number": (0.57, 1.84, -1.32, 0.56, -1.63),
    "why":    (0.00, -0.27, -0.32, -0.15, 0.75),
}  # fmt: skip
_WEIGHTS = np.array([*OF_A_SENTENCE.values(), *OF_A_WORD.values(), *chain(*OF_A_SORT.values())])


class Question:
    """What of a question is looked for in every sentence."""

    def __init__(self, query: Query) -> None:
        self.query = query
        whole = sum(term.weight for term in query.terms) or 1.0
        self.terms: Mapping[str, tuple[int, float]] = {
            stem: (number, term.weight / whole)
            for number, term in enumerate(query.terms)
            for stem in term.stems
        }
        self.kind = expected.asked(query.text, query.language)
        found = tokens(query.text, query.language)
        content = [token for token in found if not token.stop]
        self.pairs = set(pairwise(token.stem for token in content))
        after, subject = expected.asking(query.text, query.language)
        behind = [token for token in found if token.start >= after >= 0]
        self.subject = subject and bool(behind) and not behind[0].stop
        """Whether it asks who did something: that stands before what was done."""
        self.focus = next((token for token in behind[:4] if not token.stop), None)
        """The word that tells what is asked for: "town" of "what town"."""

    def open(self, token: Token) -> bool:
        """Whether a word may be an answer: it carries meaning, and is not in the question."""
        return not token.stop and token.stem not in self.terms

    def split(self, hits: Sequence[Hit]) -> list[Sentence]:
        made = []
        for rank, hit in enumerate(hits):
            found = tokens(hit.row.text, self.query.language)
            for number, (start, end) in enumerate(sentences(hit.row.text)):
                inside = [t for t in found if start <= t.start and t.end <= end]
                held = dict(self.terms[t.stem] for t in inside if t.stem in self.terms)
                covered = sum(held.values())
                made.append(Sentence(hit, rank, number, start, end, inside, covered))
        return made


def shares(question: Question, found: Sequence[Sentence], embed: Embed | None) -> list[Floats]:
    """Of each sentence, one number for each of its words: how likely it is (a part of) the answer.
    All of them add up to one. embed: None where meaning is not looked at."""
    scores = [table @ _WEIGHTS for table in features(question, found, embed)]
    best = max((float(s.max()) for s in scores if len(s)), default=0.0)
    made = []
    for sentence, score in zip(found, scores, strict=True):
        may_be = np.array([question.open(t) for t in sentence.tokens], bool)
        made.append(np.where(may_be, np.exp(score - best), 0.0) if len(score) else score)
    whole = sum(float(share.sum()) for share in made) or 1.0
    return [share / whole for share in made]


def features(question: Question, found: Sequence[Sentence], embed: Embed | None) -> list[Floats]:
    """Of each sentence, what speaks for its words: shape (words, features)."""
    cosines = _cosines(question.query, found, embed)
    best = max((sentence.hit.score for sentence in found), default=0.0)
    made = []
    for place, sentence in enumerate(found):
        around = [
            other.covered if 0 <= at < len(found) and other.rank == sentence.rank else 0.0
            for at in (place - 1, place + 1)
            for other in [found[at % len(found)]]
        ]
        whole = _of_sentence(question, sentence, around)
        whole |= {"gap": sentence.hit.score - best, "cosine": cosines[place]}
        words = _of_words(question, sentence)
        columns = [np.full(len(sentence.tokens), whole[name]) for name in OF_A_SENTENCE]
        columns += [words[name] for name in OF_A_WORD]
        made.append(np.column_stack([*columns, _sorts(question, sentence)]))
    return made


def _of_sentence(
    question: Question, sentence: Sentence, around: Sequence[float]
) -> dict[str, float]:
    content = [token.stem for token in sentence.tokens if not token.stop]
    pairs = question.pairs & set(pairwise(content))
    return {
        "first passage": float(sentence.rank == 0),
        "covered": sentence.covered,
        "covered before": around[0],
        "covered behind": around[1],
        "pairs": len(pairs) / max(1, len(question.pairs)),
        "opens": float(sentence.number == 0),
    }


def _of_words(question: Question, sentence: Sentence) -> dict[str, Floats]:
    """How near words of the question are, before and behind each word."""
    places = np.arange(len(sentence.tokens))
    made = {name: np.zeros(len(places)) for name in
            ("close before", "close behind", "near before", "near behind", "focus")}  # fmt: skip
    held: dict[int, tuple[float, list[int]]] = {}
    for place, token in enumerate(sentence.tokens):
        if (term := question.terms.get(token.stem)) is not None:
            held.setdefault(term[0], (term[1], []))[1].append(place)
    focus = question.terms.get(question.focus.stem, (-1,))[0] if question.focus else -1
    for number, (weight, at) in held.items():
        apart = places[:, None] - np.array(at)[None, :]
        before = np.where(apart > 0, apart, _NEVER).min(1)
        behind = np.where(apart < 0, -apart, _NEVER).min(1)
        for side, away in (("before", before), ("behind", behind)):
            made[f"close {side}"] += weight * np.exp(-away / _CLOSE)
            made[f"near {side}"] += weight * np.exp(-away / _NEAR)
        if number == focus:
            made["focus"] = np.exp(-np.minimum(before, behind) / _CLOSE)
    made["acts before"] = question.subject * made["near before"]
    made["acts behind"] = question.subject * made["near behind"]
    made["brackets"] = _in_brackets(sentence)
    return made


def _in_brackets(sentence: Sentence) -> Floats:
    text = sentence.text
    ahead = (text[: token.start - sentence.start] for token in sentence.tokens)
    return np.array([float(part.count("(") > part.count(")")) for part in ahead])


def _sorts(question: Question, sentence: Sentence) -> Floats:
    """One column for each kind of question and sort of word."""
    made = np.zeros((len(sentence.tokens), len(expected.KINDS) * len(expected.SORTS)))
    offset = expected.KINDS.index(question.kind) * len(expected.SORTS)
    for place, token in enumerate(sentence.tokens):
        sort = expected.sort_of(sentence.word(token), first=place == 0)
        made[place, offset + expected.SORTS.index(sort)] = 1.0
    return made


def _cosines(query: Query, found: Sequence[Sentence], embed: Embed | None) -> list[float]:
    """Of the sentences with the question; one that was not looked at has that of the least."""
    if query.vector is None or embed is None or not found:
        return [0.0] * len(found)
    best = sorted(range(len(found)), key=lambda n: (-found[n].covered, n))[:_EMBEDDED]
    made = embed([found[n].text for n in best])
    known = {n: float(vector @ query.vector) for n, vector in zip(best, made, strict=True)}
    least = min(known.values())
    return [known.get(n, least) for n in range(len(found))]
