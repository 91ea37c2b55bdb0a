"""What a document consists of, whatever its format: headings and paragraphs, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.errors import AssistantError

MAX_CHARACTERS = 20_000_000
"""Of the text of one document: ten times a very thick book."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, an entry of a list or a row of a table."""

    text: str  # one line, single spaces
    level: int = 0  # of a heading, 1 the highest; 0 is no heading
    page: int | None = None  # counted from 1; None in formats without pages


@dataclass(frozen=True, slots=True)
class Content:
    """A document that was read."""

    title: str  # "" when it does not say
    blocks: Sequence[Block]


class UnreadableError(AssistantError):
    """A document cannot be read; the others can. The message is a whole sentence, without its
    path."""

    stage = "documents"


def one_line(text: str) -> str:
    """Without the line breaks, soft hyphens and control characters of its layout."""
    kept = (c if c.isprintable() or c.isspace() else "" for c in text.replace("\xad", ""))
    return " ".join("".join(kept).split())
