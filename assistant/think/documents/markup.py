"""Markdown and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.think.documents.blocks import Block, Content, UnreadableError, one_line
from assistant.think.documents.encoding import decoded

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_FRONT = re.compile(r"\A---\s*\n(.*?)\n(?:---|\.\.\.)\s*\n", re.DOTALL)
_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_SKIPPED = frozenset(
    "script style template noscript nav svg math form button iframe object head select".split()
)
_BLOCKS = frozenset(
    "p div section article main li ul ol dl dt dd pre blockquote table thead tbody tfoot caption"
    " figure figcaption header footer aside address details summary hr body html center"
    " tr td th".split()
)
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|table|ul|ol|dl|blockquote|font|b|i|em|strong|a)\b",
    re.IGNORECASE,
)
_DEEPEST = 1_000  # elements in each other: more than a page has, and slow to walk through
_ENOUGH = 2_000_000  # elements of a page: more is an attack, or no page


def from_markdown(text: str) -> Content:
    """By way of HTML, which it is defined by. Its own HTML is taken as such."""
    from markdown_it import MarkdownIt

    title = ""
    if (front := _FRONT.match(text)) is not None:
        named = _TITLE.search(front.group(1))
        title = one_line(named.group(1)) if named else ""
        text = text[front.end() :]
    made = MarkdownIt("commonmark").enable("table").render(text)
    content = from_html(made)
    return Content(title or content.title, content.blocks)


def from_html(page: str | bytes) -> Content:
    from selectolax.lexbor import LexborHTMLParser

    if isinstance(page, bytes):
        page = _decoded_html(page)
    if _too_deep(page):
        raise UnreadableError("It is nested too deeply to be a page that somebody wrote.")
    try:
        parser = LexborHTMLParser(page)
    except Exception as error:
        raise UnreadableError("It is not HTML that can be read.") from error
    named = parser.css_first("title")
    title = one_line(named.text()) if named is not None else ""
    root = parser.body
    return Content(title, list(_blocks(root)) if root is not None else [])


def _too_deep(page: str) -> bool:
    depth = 0
    for tag in _NESTING.finditer(page):
        depth = max(0, depth + (-1 if tag.group(1) else 1))
        if depth > _DEEPEST:
            return True
    return False


def _decoded_html(page: bytes) -> str:
    """By the encoding that it names, if it does."""
    named = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", page[:2048], re.IGNORECASE)
    if named and named.group(1).lower() not in (b"utf-8", b"utf8"):
        try:
            return page.decode(named.group(1).decode("ascii"), "replace")
        except (LookupError, UnicodeError):  # "idna" is one, but not of pages
            pass
    return decoded(page)


class _Walk:
    """Collects the text of a page, block by block."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.level = 0
        self.cells: list[str] = []

    def flush(self) -> Iterator[Block]:
        text = one_line("".join(self.parts))
        self.parts = []
        if text:
            yield Block(text, self.level)


def _blocks(root: LexborNode) -> Iterator[Block]:
    """Walks without recursion: a page may be nested as deeply as it likes."""
    walk = _Walk()
    node: LexborNode | None = root.child
    seen = 0
    while node is not None and seen < _ENOUGH:
        seen += 1
        tag = node.tag or ""
        is_row = tag == "tr" and not _lays_out(node)
        if tag == "-text":
            walk.parts.append(node.text_content or "")
        elif tag in _HEADINGS:
            yield from walk.flush()
            walk.level = _HEADINGS[tag]
        elif is_row:
            yield from walk.flush()
            if row := _row(node):
                yield Block(row)
        elif tag == "br":
            walk.parts.append(" ")
        elif tag in _BLOCKS:
            yield from walk.flush()
        inside = node.child if tag not in _SKIPPED and not is_row else None
        if inside is not None:
            node = inside
            continue
        while node is not None and node.next is None:
            node = node.parent
            if node is None or node.mem_id == root.mem_id:  # `==` would compare their HTML
                yield from walk.flush()
                return
            yield from _left(node, walk)
        node = node.next if node is not None else None
    yield from walk.flush()


def _left(node: LexborNode, walk: _Walk) -> Iterator[Block]:
    """The end of an element."""
    if node.tag in _HEADINGS or node.tag in _BLOCKS:
        yield from walk.flush()
        walk.level = 0


def _lays_out(row: LexborNode) -> bool:
    """Whether a row of a table is there for the looks: what is in it is a page like any other. Read
    as cells, each of tables within tables would tell again all that is inside of it."""
    return row.css_first("table, h1, h2, h3, h4, h5, h6") is not None or any(
        len(cell.css("p, div")) > 1 for cell in row.css("td, th")
    )


def _row(row: LexborNode) -> str:
    """A row of a table, as one would read it out: "Front tires: 32 psi."."""
    cells = [one_line(cell.text(separator=" ")) for cell in row.css("td, th")]
    cells = [cell for cell in cells if cell]
    if len(cells) == 2:
        return f"{cells[0].rstrip(':')}: {cells[1]}"
    return ", ".join(cells)
