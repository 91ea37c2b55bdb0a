"""What is said before an answer that may be wrong, or is nobody's but the model's; and what is
said instead of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

CANNOT = {
    "en": {
        "language": "I know no such command, and no model here answers in English.",
        "memory": "Sorry, there is not enough memory free to think about that.",
        "hopeless": "Sorry, I do not know enough to answer that.",
        "unsure": "Sorry, I do not know enough to answer that.",
    },
    "es": {
        "language": "No conozco esa orden, y aquí ningún modelo contesta en español.",
        "memory": "Lo siento, no queda memoria para pensar en eso.",
        "hopeless": "Lo siento, no sé lo bastante para contestar a eso.",
        "unsure": "Lo siento, no sé lo bastante para contestar a eso.",
    },
}
UNSURE = {"en": "I am not sure of this:", "es": "No estoy seguro de esto:"}
"""Said before what a model writes that is not known to be right in nearly all such questions."""


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
