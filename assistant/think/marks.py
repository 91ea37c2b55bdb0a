"""What is said before an answer that may be wrong, or is nobody's but the model's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def marked(before: str, sentences: Iterator[str]) -> Iterator[str]:
    """`before`, as soon as there is something that follows it: a model may fail instead."""
    for sentence in sentences:
        if before:
            yield before
            before = ""
        yield sentence


def unmarked(text: str, marks: Sequence[str]) -> str:
    """An answer as it was without such a beginning."""
    for mark in marks:
        if mark:
            text = text.removeprefix(mark).lstrip()
    return text
