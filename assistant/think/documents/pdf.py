"""PDF: lines of pages, put together to paragraphs again. Headings come from its outline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.think.documents.blocks import Block, Content, UnreadableError, one_line

if TYPE_CHECKING:
    import pypdfium2 as pdfium

MAX_PAGES = 5_000
_OUTLINE = 4  # levels of it
_SHORT_LINE = 0.8  # of the longest line: with a full stop at its end, a paragraph ends there
_DIGITS = re.compile(r"\d+")


def from_pdf(path: Path) -> Content:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableError("It is encrypted. Save a copy without a password.") from error
        raise UnreadableError("It is damaged, or no PDF file.") from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableError(f"It has more than {MAX_PAGES} pages.")
        pages = [_lines(document, number) for number in range(len(document))]
        title = one_line(document.get_metadata_dict().get("Title", ""))
        return Content(title, list(_blocks(_without_margins(pages), _outline(document))))
    except pdfium.PdfiumError as error:
        raise UnreadableError("It is damaged: one of its pages cannot be read.") from error
    finally:
        document.close()


def _lines(document: pdfium.PdfDocument, number: int) -> list[str]:
    page = document[number]
    text = page.get_textpage()
    try:
        found: str = text.get_text_bounded()
    finally:
        text.close()
        page.close()
    # U+FFFE and U+0002 stand for a hyphen at the end of a line
    joined = re.sub("[\ufffe\x02]\\s*", "", found)
    return [line.strip() for line in joined.splitlines()]


def _outline(document: pdfium.PdfDocument) -> dict[int, list[tuple[int, str]]]:
    """The headings of each page, by its number from 0."""
    found: dict[int, list[tuple[int, str]]] = {}
    for entry in document.get_toc(max_depth=_OUTLINE):
        title, page = _entry(entry)
        if title and page is not None:
            found.setdefault(page, []).append((entry.level + 1, title))
    return found


def _entry(entry: Any) -> tuple[str, int | None]:
    """Its title and page."""
    destination = entry.get_dest()
    return one_line(entry.get_title()), destination.get_index() if destination else None


def _without_margins(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Without the lines at the top and bottom that most pages share but for a number."""
    ends = [(page[:2], page[-2:]) for page in (list(filter(None, page)) for page in pages)]
    counts = Counter(
        _DIGITS.sub("#", line) for top, bottom in ends for line in {*top, *bottom} if line
    )
    often = {line for line, count in counts.items() if count >= max(3, len(pages) // 2)}
    return [
        [
            line
            for place, line in enumerate(page)
            if not (_DIGITS.sub("#", line) in often and (place < 3 or place >= len(page) - 3))
        ]
        for page in pages
    ]


def _blocks(
    pages: Sequence[Sequence[str]], outline: dict[int, list[tuple[int, str]]]
) -> Iterator[Block]:
    for number, lines in enumerate(pages):
        headings = list(outline.get(number, ()))
        on_page = {_plain(line) for line in lines}
        for level, title in [h for h in headings if _plain(h[1]) not in on_page]:
            yield Block(title, level, number + 1)
        waiting: list[str] = []
        widest = max(map(len, lines), default=0)
        for line in lines:
            named = [level for level, title in headings if _plain(title) == _plain(line)]
            if (not line or named) and waiting:
                yield Block(_joined(waiting), 0, number + 1)
                waiting = []
            if named:
                yield Block(one_line(line), named[0], number + 1)
            elif line:
                waiting.append(line)
                if line[-1] in ".!?:" and len(line) < _SHORT_LINE * widest:
                    yield Block(_joined(waiting), 0, number + 1)
                    waiting = []
        if waiting:
            yield Block(_joined(waiting), 0, number + 1)


def _plain(line: str) -> str:
    """Without the number before a heading: "3.2 Tires" is "tires"."""
    return re.sub(r"^[\d.]+\s+", "", line.strip()).lower()


def _joined(lines: Sequence[str]) -> str:
    """Words that a line broke are whole again."""
    text = ""
    for line in lines:
        if text.endswith("-") and line[:1].islower() and text[-2:-1].isalpha():
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return one_line(text)
