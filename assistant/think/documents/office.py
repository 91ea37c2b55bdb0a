"""DOCX and EPUB: both are zip files, which may unpack to anything."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from assistant.think.documents.blocks import (
    MAX_CHARACTERS,
    Block,
    Content,
    UnreadableError,
    one_line,
)
from assistant.think.documents.markup import from_html

MAX_UNPACKED = 400_000_000
"""Bytes of all that a zip file holds; each is read no further than it says it is long."""
MAX_PART = 60_000_000
"""Bytes of one text in it."""
_MAX_PARTS = 20_000
_CONTAINER = "META-INF/container.xml"
_DOCX = "word/document.xml"


def _opened(path: Path, needs: str, what: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableError(f"It is damaged, or no {what} file.") from error
    parts = archive.infolist()
    text = [part for part in parts if not part.filename.lower().endswith(_PICTURES)]
    if (
        len(parts) > _MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_UNPACKED
        or any(part.file_size > MAX_PART for part in text)
    ):
        archive.close()
        raise UnreadableError("It would unpack to far more than a document holds.")
    names = set(archive.namelist())
    if "META-INF/encryption.xml" in names and "META-INF/rights.xml" in names:
        archive.close()
        raise UnreadableError("It is protected against being read by other programs.")
    if any(part.flag_bits & 1 for part in parts):
        archive.close()
        raise UnreadableError("It is encrypted. Save a copy without a password.")
    if needs not in names:
        archive.close()
        raise UnreadableError(f"It is no {what} file, whatever its name says.")
    return archive


_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp3", ".mp4", ".ttf", ".otf", ".woff2")


def from_docx(path: Path) -> Content:
    from docx import Document
    from docx.table import Table

    with path.open("rb") as file:
        if file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":  # what Word wraps a password in
            raise UnreadableError("It is encrypted, or of Word before 2007. Save it anew as .docx.")
    _opened(path, _DOCX, "DOCX").close()
    try:
        document = Document(str(path))
        blocks: list[Block] = []
        for item in document.iter_inner_content():
            if isinstance(item, Table):
                blocks += _rows(item)
            elif text := one_line(item.text):
                style = item.style.name if item.style is not None else ""
                blocks.append(Block(text, _level(style or "")))
        return Content(one_line(document.core_properties.title or ""), blocks)
    except (OSError, MemoryError, RecursionError):
        raise
    except Exception as error:  # the library's errors and lxml's have no common kind
        raise UnreadableError("It is damaged, or no DOCX file.") from error


def _level(style: str) -> int:
    """Of a heading, by the name of its style, which is English in every language of Word."""
    name, _, number = style.rpartition(" ")
    if style == "Title":
        return 1
    return int(number) if name == "Heading" and number.isdigit() else 0


def _rows(table: object) -> Iterator[Block]:
    for row in table.rows:  # type: ignore[attr-defined]
        cells = list(dict.fromkeys(one_line(cell.text) for cell in row.cells))
        cells = [cell for cell in cells if cell]
        if cells:
            yield Block(": ".join(cells) if len(cells) == 2 else ", ".join(cells))


def from_epub(path: Path) -> Content:
    """The chapters in the order in which they are read."""
    with _opened(path, _CONTAINER, "EPUB") as archive:
        try:
            container = ElementTree.fromstring(archive.read(_CONTAINER))
            package = next(
                e.attrib["full-path"] for e in container.iter() if e.tag.endswith("}rootfile")
            )
            tree = ElementTree.fromstring(archive.read(package))
            title, names = _package(tree, posixpath.dirname(package))
            blocks: list[Block] = []
            held = 0
            for name in names:
                chapter = from_html(archive.read(name)).blocks
                blocks += chapter
                held += sum(len(block.text) for block in chapter)
                if held > MAX_CHARACTERS:  # refused by whoever asked; the rest would cost memory
                    break
        except (ElementTree.ParseError, KeyError, StopIteration, zipfile.BadZipFile) as error:
            raise UnreadableError("It is damaged, or no EPUB file.") from error
        except (zipfile.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise UnreadableError("It is damaged, or packed in a way that is not known.") from error
    return Content(title, blocks)


def _package(tree: ElementTree.Element, folder: str) -> tuple[str, list[str]]:
    """The title of the book, and the files of its chapters, each once."""
    title, items, order = "", {}, []
    for element in tree.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "title" and not title:
            title = one_line(element.text or "")
        elif tag == "item" and "html" in element.get("media-type", ""):
            items[element.get("id", "")] = unquote(element.get("href", ""))
        elif tag == "itemref":
            order.append(element.get("idref", ""))
    files = (posixpath.join(folder, items[each]) for each in order if each in items)
    return title, list(dict.fromkeys(files))
