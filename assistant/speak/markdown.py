"""Markdown, as language models write it, to plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SHORT_CODE = 60  # characters; a longer block of code is of no use to an ear
CODE = "\ue000"
"""Stands where a longer one was."""


@cache
def _parser() -> MarkdownIt:
    """Indentation and underlining mean nothing in what a model writes for the ear."""
    from markdown_it import MarkdownIt  # takes as long as a tenth of the start

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return parser.disable(["code", "lheading"])


def plain(text: str) -> str:
    """The words of `text`: each block a sentence, list items numbered where they were numbered."""
    blocks = _Blocks()
    for token in _parser().parse(text):
        blocks.add(token)
    return blocks.joined()


class _Blocks:
    """Collects the blocks of a document as they come."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._row: list[str] | None = None  # cells of the table row that is being read
        self._numbers: list[int | None] = []  # of the next item, for each open list
        self._label = ""

    def add(self, token: Token) -> None:
        match token.type:
            case "inline":
                self._add_text(_inline(token.children or []))
            case "fence":
                code = token.content.strip()
                self._add_text(code if len(code) <= _SHORT_CODE else CODE)
            case "tr_open":
                self._row = []
            case "tr_close":
                row, self._row = self._row or [], None
                self._add_text(", ".join(cell for cell in row if cell))
            case "ordered_list_open":
                self._numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_open":
                self._numbers.append(None)
            case "ordered_list_close" | "bullet_list_close":
                self._numbers.pop()
            case "list_item_open":
                self._number_item()
            case "list_item_close":
                self._end_item()

    def _number_item(self) -> None:
        number = self._numbers[-1]
        if number is not None:
            self._label = f"{number}:"
            self._numbers[-1] = number + 1

    def _add_text(self, text: str) -> None:
        if self._row is not None:
            self._row.append(text)
        elif text.strip():
            self._done.append(f"{self._label} {text.strip()}".strip())
            self._label = ""

    def _end_item(self) -> None:
        """An item without words: "12." is an answer, not an empty list."""
        if self._label:
            self._done.append(f"{self._label.rstrip(':')}.")
            self._label = ""

    def joined(self) -> str:
        """The blocks in one line. Only one that another follows is given its full stop."""
        *blocks, last = self._done or [""]
        ended = (block if block[-1] in ".!?:;…" else f"{block}." for block in blocks)
        return " ".join([*ended, last])


def _inline(tokens: Sequence[Token]) -> str:
    """Text and code as they are; of a link or a picture its words; of HTML nothing."""
    text = ""
    for token in tokens:
        match token.type:
            case "text" | "code_inline" | "image":
                text += token.content
            case "softbreak":
                text += " "
            case "hardbreak":
                text += ", "
    return text
