"""Reads a document of any supported format. What cannot be read is told in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path

from assistant.think.documents.blocks import (
    MAX_CHARACTERS,
    Block,
    Content,
    UnreadableError,
    one_line,
)
from assistant.think.documents.encoding import decoded

MAX_TEXT_BYTES = 20_000_000
MAX_BYTES = 300_000_000
"""Of a PDF, DOCX or EPUB file, whose pictures are not read."""

_MOST_OF_TITLE = 5  # words
_LONG_LINE = 35  # characters
_AHEAD = 40  # lines in which a paragraph ends
_UNDERLINE = re.compile(r"^(=|-|~|\*){3,}$")
_TITLE = re.compile(r"[^\W\d_][^\d:;=,.!?…]*[^\W\d_]")
_TELLS = frozenset(
    "is are was were has have had need needs can must should will do does goes"
    " es son era está están hay tiene tienen hace puede debe va".split()
)
"""Words by which a line tells something, and is no title."""
_LISTED = re.compile(r"^([-*•·]|\d{1,3}[.)])\s+")


def read(path: Path) -> Content:
    """The content of a file, by its ending. Raises UnreadableError."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableError(f"Files that end in {path.suffix or 'nothing'} are not read.")
    try:
        size = path.stat().st_size
        plain = path.suffix.lower() in _PLAIN
        if size > (MAX_TEXT_BYTES if plain else MAX_BYTES):
            raise UnreadableError(f"It is too large ({size / 1e6:.0f} MB).")
        if size == 0:
            raise UnreadableError("It is empty.")
        content = reader(path)
    except UnreadableError:
        raise
    except OSError as error:
        raise UnreadableError(f"It cannot be opened: {error.strerror or error}.") from error
    except (MemoryError, RecursionError) as error:
        raise UnreadableError("It is nested too deeply, or too large.") from error
    except Exception as error:  # whatever an odd file makes of a library, the others are read
        raise UnreadableError("It is damaged, or not what its name says.") from error
    if not any(block.text for block in content.blocks):
        raise UnreadableError("No text was found in it (a scan is a picture, not text).")
    if sum(len(block.text) for block in content.blocks) > MAX_CHARACTERS:
        raise UnreadableError("It holds more text than can be searched.")
    return content


def supported(path: Path) -> bool:
    return path.suffix.lower() in _READERS


def _text(path: Path) -> Content:
    return Content("", list(_paragraphs(decoded(path.read_bytes()))))


def _paragraphs(text: str) -> Iterator[Block]:
    """Paragraphs are parted by empty lines; a heading is underlined, in capitals, or a title right
    above its paragraph."""
    text = re.sub(r".\x08", "", text)  # what a typewriter made bold or underlined
    lines = text.replace("\f", "\n\n").splitlines()
    waiting: list[str] = []
    for number, raw in enumerate(lines):
        line = raw.strip()
        if _UNDERLINE.match(line):
            if len(waiting) == 1:
                yield Block(one_line(waiting.pop()), 1 if line[0] in "=*" else 2)
            continue
        alone = not waiting and _is_heading(raw)
        starts = _LISTED.match(line) is not None
        if (not line or alone or starts) and waiting:
            yield Block(one_line(" ".join(waiting)))
            waiting = []
        underlined = number + 1 < len(lines) and _UNDERLINE.match(lines[number + 1].strip())
        first = not waiting and (number == 0 or not lines[number - 1].strip())
        if alone and not underlined:
            yield Block(one_line(line), 1)
        elif first and not underlined and _is_title(line, lines[number + 1 : number + _AHEAD]):
            yield Block(one_line(line), 2)
        elif line:
            waiting.append(line)
    if waiting:
        yield Block(one_line(" ".join(waiting)))


def _is_heading(line: str) -> bool:
    """A short line in capitals at the margin, as in manual pages."""
    letters = [c for c in line if c.isalpha()]
    capitals = len(letters) > 2 and all(c.isupper() for c in letters)
    return capitals and not line[0].isspace() and len(line) <= 60 and line.rstrip()[-1] not in ".,;"


def _is_title(line: str, following: Sequence[str]) -> bool:
    """A few words without a full stop, right above a longer line that begins a sentence, in a
    paragraph that ends one: where lines are wrapped, the next word would have fitted here."""
    paragraph = list(takewhile(str.strip, following))
    if not paragraph or not line[:1].isupper() or not _TITLE.fullmatch(line):
        return False
    words, below, last = line.lower().split(), paragraph[0].strip(), paragraph[-1].rstrip()
    few = len(words) <= _MOST_OF_TITLE and _TELLS.isdisjoint(words)
    longer = len(below) >= max(_LONG_LINE, 1.5 * len(line))
    begins = not below[0].islower() and not paragraph[0][0].isspace()
    return few and longer and begins and last[-1] in ".!?"


def _markdown(path: Path) -> Content:
    from assistant.think.documents.markup import from_markdown

    return from_markdown(decoded(path.read_bytes()))


def _html(path: Path) -> Content:
    from assistant.think.documents.markup import from_html

    return from_html(path.read_bytes())


def _docx(path: Path) -> Content:
    from assistant.think.documents.office import from_docx

    return from_docx(path)


def _epub(path: Path) -> Content:
    from assistant.think.documents.office import from_epub

    return from_epub(path)


def _pdf(path: Path) -> Content:
    from assistant.think.documents.pdf import from_pdf

    return from_pdf(path)


_PLAIN: Mapping[str, Callable[[Path], Content]] = {
    ".txt": _text,
    ".text": _text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
}
_READERS: Mapping[str, Callable[[Path], Content]] = {
    **_PLAIN,
    ".pdf": _pdf,
    ".docx": _docx,
    ".epub": _epub,
}
