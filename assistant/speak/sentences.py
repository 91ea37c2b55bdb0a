"""A stream of text, as a language model writes it, cut into sentences as early as possible.

The first sound of an answer waits for the first thing cut off here, so the first clause may
go out alone. Nothing is lost and nothing doubled: apart from white space and thoughts
(`<think>...</think>`), the sentences joined are the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FIRST_CLAUSE_WORDS = 3
"""A shorter clause, said on its own, sounds chopped ("Yes, ..."). "Light roast mocha, coming up."
is heard 90 ms earlier in two pieces than as one."""
LONGEST = 240  # characters; a sentence that runs on is cut at a clause or a word

_BREATH = re.compile(r"[,;:](?=\s)|\s[–—](?=\s)")
"""Where a speaker may breathe."""
_FENCE = "```"
_MARK = re.compile(r"\n|[.!?…:;,]+[\"'”’»)\]*_]*(?=\s)|[.!?…]+[\"'”’»)\]*_]*$")
_ABBREVIATIONS = frozenset(
    "dr mr mrs ms prof st jr sr vs approx dept est fig ca cf e.g i.e "
    "sra srta dra ud uds núm pág aprox ej p.ej p av tel avda gral".split()
)
"""Words whose full stop ends no sentence."""
_BEFORE_NUMBER = frozenset("no nos núm nº pp vol art cap mt".split())
"""Words whose full stop ends no sentence when a number follows."""


def split_stream(pieces: Iterator[str]) -> Iterator[str]:
    """Sentences from pieces of text of any size, each as soon as its end is certain.

    A fenced block of code comes out as one sentence; an unfinished thought not at all.
    """
    text = ""
    first = True
    for piece in _without_thoughts(pieces):
        text += piece
        sentences, text = _cut(text, first=first, last=False)
        first = first and not sentences
        yield from sentences
    sentences, rest = _cut(text, first=first, last=True)
    yield from sentences
    if rest.strip():
        yield rest.strip()


def clauses(sentence: str, longest: int) -> list[str]:
    """A sentence in pieces of at most `longest` characters, as far as there are places to breathe,
    and none of them a mere scrap."""
    pieces: list[str] = []
    least = longest // 4
    while len(sentence) > longest:
        ends = [mark.end() for mark in _BREATH.finditer(sentence, least)]
        ends = [end for end in ends if len(sentence) - end > least]
        if not ends:
            break
        end = max([end for end in ends if end <= longest], default=ends[0])
        pieces.append(sentence[:end].strip())
        sentence = sentence[end:]
    return [*pieces, sentence.strip()]


def _cut(text: str, *, first: bool, last: bool) -> tuple[list[str], str]:
    """The sentences that are complete, and the rest. `last`: no more text will follow."""
    sentences: list[str] = []
    start = 0
    while (end := _end(text, start, first=first and not sentences, last=last)) is not None:
        sentence = text[start:end].strip()
        if sentence:
            sentences.append(sentence)
        start = end
    return sentences, text[start:]


def _end(text: str, start: int, *, first: bool, last: bool) -> int | None:
    """Where the sentence that begins at `start` ends; None when that is not yet known."""
    while start < len(text) and text[start].isspace():
        start += 1
    if text.startswith(_FENCE, start):
        closing = re.compile(rf"\n[ \t]*{_FENCE}[^\n]*\n").search(text, start)
        return closing.end() if closing else None
    if _FENCE.startswith(text[start:]):  # nothing at all, or what may become a fence
        return None
    for mark in _MARK.finditer(text, start):
        if mark.end() - start > LONGEST:
            break
        if _ends_sentence(text, start, mark, last=last) or (
            first and _ends_first_clause(text[start : mark.end()])
        ):
            return mark.end()
    return _end_of_run_on(text, start) if len(text) - start > LONGEST else None


def _ends_sentence(text: str, start: int, mark: re.Match[str], *, last: bool) -> bool:
    sign = mark.group()[0]
    if sign == "\n":
        return True
    after = text[mark.end() :].lstrip(" \t")
    if sign in "…:;,." and not after and not last:
        return False  # what follows will tell
    if sign in ":;,":
        return False
    if sign in "!?":
        return bool(after) or last
    return _full_stop_ends(text[start : mark.start()], mark.group(), after)


def _full_stop_ends(before: str, mark: str, after: str) -> bool:
    """Whether the full stop between `before` and `after` ends a sentence."""
    words = before.split()
    word = words[-1].lstrip("([\"'“«¿¡*_").lower() if words else ""
    if after[:1].islower() or (len(words) == 1 and word.isdigit() and len(word) < 4):
        return False  # "approx. five", "3. Stir"
    if len(mark) > 1:
        return True
    initial = len(word) == 1 and word.isalpha() and before[-1:].isupper() and word != "i"
    if word in _ABBREVIATIONS or (initial and after[:1].isupper()):
        return False
    return not (word in _BEFORE_NUMBER and after[:1].isdigit())


def _ends_first_clause(clause: str) -> bool:
    return clause[-1] in ",;:" and len(clause.split()) >= FIRST_CLAUSE_WORDS


def _end_of_run_on(text: str, start: int) -> int:
    """Cut a sentence that is too long: after a clause, else between words, else anywhere."""
    window = text[start : start + LONGEST]
    for sign in (", ", "; ", ": ", " "):
        at = window.rfind(sign, LONGEST // 4)
        if at >= 0:
            return start + at + len(sign)
    return start + LONGEST


def _without_thoughts(pieces: Iterator[str]) -> Iterator[str]:
    """The text outside `<think>...</think>`; tags may be spread over pieces."""
    text = ""
    thinking = False
    for piece in pieces:
        text += piece
        while (at := text.find(tag := "</think>" if thinking else "<think>")) >= 0:
            if not thinking:
                yield text[:at]
            text = text[at + len(tag) :]
            thinking = not thinking
        kept = _begun(text, tag)
        if not thinking:
            yield text[: len(text) - kept]
        text = text[len(text) - kept :]
    if not thinking:
        yield text


def _begun(text: str, tag: str) -> int:
    """How many characters at the end of `text` may be the beginning of `tag`."""
    longest = min(len(tag) - 1, len(text))
    return next((n for n in range(longest, 0, -1) if tag.startswith(text[-n:])), 0)
