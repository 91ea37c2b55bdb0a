"""Text out of bytes whose encoding nobody told. Pure."""

from __future__ import annotations

from assistant.think.documents.blocks import UnreadableError


def decoded(raw: bytes) -> str:
    """Text of an unknown encoding: UTF-8, UTF-16 with its mark, else Windows-1252, in which old
    English and Spanish files are written. Raises UnreadableError for what is no text."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    odd = sum(1 for c in text[:4000] if (c < " " and c not in "\n\r\t\f\v\b\x1b") or c == "�")
    if "\0" in text[:4000] or odd > len(text[:4000]) * 0.02:
        raise UnreadableError("It is not text, whatever its name says.")
    return text
