"""A text as tokens: words, runs of digits and signs, each with its place in the text."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from assistant.understand.normalize import without_accents

T = TypeVar("T")

_TOKEN = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?|\d+|[^\w\s]|_")
_THREE_DECIMALS = re.compile(r"(\d)\.(\d{3}(?!\d))")
_KEPT = "ºª°²³½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"


def folded(text: str) -> str:
    """Lower case without accents; signs such as º and ½ stay as they are."""
    if text in _KEPT:
        return text
    return without_accents(unicodedata.normalize("NFC", text).lower()).replace("’", "'")


@dataclass(slots=True)
class Scan:
    """The tokens of a text in a language, at a moment.

    spoken: the plain words of a command, without signs or capitals to go by. What was left open
    then means what lies ahead, and little words before a value ("at", "in") are not part of it.
    """

    text: str
    language: str
    now: dt.datetime
    spoken: bool = False
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    known: dict[tuple[Callable[..., Any], int], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for match in _TOKEN.finditer(self.text):
            self.words.append(folded(match[0]))
            self.starts.append(match.start())
            self.ends.append(match.end())

    @classmethod
    def of_words(cls, words: Sequence[str], language: str, now: dt.datetime) -> Scan:
        """The plain words of a command (see `normalize`), which has its decimals with a point."""
        if language == "es":
            words = [_THREE_DECIMALS.sub(r"\1,\2", word) for word in words]
        return cls(" ".join(words), language, now, spoken=True)

    def __len__(self) -> int:
        return len(self.words)

    def at(self, i: int) -> str:
        """The word at an index; empty beyond the ends."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def glued(self, i: int) -> bool:
        """Whether token i follows the one before it without a space."""
        return 0 < i < len(self.words) and self.starts[i] == self.ends[i - 1]

    def gap(self, i: int) -> str:
        """The text between token i and the one before it."""
        return self.text[self.ends[i - 1] : self.starts[i]] if 0 < i < len(self.words) else ""

    def skip(self, i: int, signs: str) -> int:
        """The index after a token that is one of these signs."""
        word = self.at(i)
        return i + 1 if word and word in signs else i

    def match(self, i: int, phrases: Phrases) -> tuple[str, int] | None:
        """The meaning of the longest phrase that stands here, and the index after it."""
        for phrase, meaning in phrases.by_first.get(self.at(i), ()):
            if tuple(self.words[i : i + len(phrase)]) == phrase:
                return meaning, i + len(phrase)
        return None

    def after(self, i: int, phrases: Phrases) -> int:
        """The index after the longest phrase that stands here, or the same index."""
        found = self.match(i, phrases)
        return found[1] if found else i

    def once(self, parser: Callable[[Scan, int], T], i: int) -> T:
        """What a parser finds at an index, found out once."""
        key = (parser, i)
        if key not in self.known:
            self.known[key] = parser(self, i)
        return self.known[key]  # type: ignore[no-any-return]


class Phrases:
    """Phrases and what each means; looked up by their first word, the longest first."""

    def __init__(self, table: dict[str, str] | str) -> None:
        """table: {meaning: "phrase|phrase"}, or phrases that mean themselves."""
        entries = table if isinstance(table, dict) else {"": table}
        self.by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for meaning, texts in entries.items():
            for text in texts.split("|"):
                words = tuple(folded(word) for word in _TOKEN.findall(text))
                if words:
                    entry = (words, meaning or text)
                    self.by_first.setdefault(words[0], []).append(entry)
        for group in self.by_first.values():
            group.sort(key=lambda entry: -len(entry[0]))


def by_language(**tables: dict[str, str] | str) -> dict[str, Phrases]:
    return {language: Phrases(table) for language, table in tables.items()}


@dataclass(frozen=True, slots=True)
class Value:
    """What a stretch of text says.

    kind: "number", "ordinal", "date", "daterange", ...; choices: what it may be, the past
    before the future; a range is a pair of which one end may be None. None: nothing definite.
    """

    kind: str
    start: int
    end: int
    choices: Sequence[Any]
    unit: str = ""
