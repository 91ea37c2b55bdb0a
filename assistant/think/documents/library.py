"""The user's documents: what is in them, and what they answer. Keeps `stages.Library`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.embedding import LONGEST_SENTENCE, Vectors
from assistant.errors import ConfigError, StorageError
from assistant.stages import Excerpt, Quote
from assistant.think.documents.answer import KNOWN, KNOWN_BY_WORDS, Reading, read_out, tidy
from assistant.think.documents.onward import following
from assistant.think.documents.records import File
from assistant.think.documents.search import Hit, Query, Search
from assistant.think.documents.store import Store

Embed = Callable[[Sequence[str], int], Vectors]
_READ = 3  # passages out of which an answer is read
_FOUND = 3  # passages that a search tells of


class Library:
    """Answers from one index; used by one thread.

    embed: vectors of texts, of so many tokens each; None searches by words alone.
    """

    def __init__(self, store: Store, embed: Embed | None = None) -> None:
        self.store = store
        self._embed = embed
        self._search = Search(store)

    def close(self) -> None:
        self.store.close()

    def documents(self) -> list[File]:
        """Those that could be read."""
        return [file for file in self.store.files() if not file.problem]

    def titles(self) -> list[str]:
        return [file.title for file in self.documents()]

    def answer(self, question: str, language: str, title: str = "") -> Quote | None:
        """What the documents say to a question; None when they do not know. title: ask only those
        of that title, and take the best that they have."""
        reading = self.reading(question, language, self._named(title))
        if reading is None or not self.certain(reading, language, named=bool(title)):
            return None
        return self._quote(reading, language)

    def reading(
        self, question: str, language: str, files: Collection[int] | None = None
    ) -> Reading | None:
        """The best that can be read out, however uncertain. files: only of these."""
        query = self._query(question, language)
        if not query.terms:
            return None
        return read_out(query, self._search.find(query, _READ, files), self._sentences)

    def certain(self, reading: Reading, language: str, *, named: bool = False) -> bool:
        """Whether it is said. Who names a document wants to hear what it has: something of the
        question must be there."""
        known = KNOWN.get(language, KNOWN["en"]) if reading.by_meaning else KNOWN_BY_WORDS
        return reading.certainty >= (known / 2 if named else known)

    def search(self, text: str, language: str, title: str = "") -> list[Quote]:
        """The best passages about something, each by the piece that fits best."""
        query = self._query(text, language)
        found = self._search.find(query, _FOUND, self._named(title))
        readings = [read_out(query, [hit]) for hit in found if hit.coverage > 0 or hit.cosine > 0.3]
        return [self._quote(reading, language) for reading in readings if reading is not None]

    def goes_on(self, quote: Quote, language: str) -> Quote | None:
        """What stands behind it in its document; None at the end of that, or when it is gone."""
        number, start = quote.onward
        row = next(iter(self.store.rows([number])), None)
        if row is None:
            return None
        text, end = following(row.text, start)
        named = ""
        if not text:
            before, row = row.heading, self.store.next_passage(row)
            if row is None:
                return None
            text, end = following(row.text, 0)
            named = "" if row.heading == before else row.heading.rpartition(" > ")[2]
        read = tidy(text, whole_start=True)
        file = next(file for file in self.store.files() if file.id == row.file)
        return replace(
            quote,
            text=f"{named}: {read}" if named else read,
            source=spoken_source(file.title, row.page, language),
            place=written_source(file.path, row.heading, row.page, language),
            onward=(row.id, end),
        )

    def hits(self, text: str, language: str, most: int) -> list[Hit]:
        """The best passages, whole: for measuring, and for a language model to read."""
        return self._search.find(self._query(text, language), most)

    def _query(self, text: str, language: str) -> Query:
        embed = self._embed
        if embed is None:
            return self._search.query(text, language)
        return self._search.query(text, language, lambda t: embed([t], LONGEST_SENTENCE)[0])

    def _sentences(self, texts: Sequence[str]) -> Vectors:
        assert self._embed is not None  # else there is no vector of the question
        return self._embed(texts, LONGEST_SENTENCE)

    def _named(self, title: str) -> Collection[int] | None:
        if not title:
            return None
        return [file.id for file in self.documents() if file.title.lower() == title.lower()]

    def _quote(self, reading: Reading, language: str) -> Quote:
        row = reading.hit.row
        found = (f for f in self.store.files() if f.id == row.file)
        if (file := next(found, None)) is None:
            raise StorageError(
                "The index of the documents is damaged: run `assistant docs update`."
            )
        reason = (
            f"certainty {reading.certainty:.2f}: words {reading.hit.words:.1f}, cosine"
            f" {reading.hit.cosine:.2f}, coverage {reading.hit.coverage:.2f}"
        )
        return Quote(
            reading.text,
            spoken_source(file.title, row.page, language),
            written_source(file.path, row.heading, row.page, language),
            reading.certainty,
            reason,
            (row.id, reading.onward),
            Excerpt(reading.excerpt, reading.keeps_to),
        )


def spoken_source(title: str, page: int | None, language: str) -> str:
    """Briefly: "From car manual, page 41"."""
    title = title if len(title) <= 60 else f"{title[:60].rsplit(' ', 1)[0]}"
    if language == "es":
        return f"De {title}" + (f", página {page}" if page else "")
    return f"From {title}" + (f", page {page}" if page else "")


def written_source(path: Path, heading: str, page: int | None, language: str) -> str:
    """In full: "/home/ann/car.pdf, Wheels > Tire pressure, page 41"."""
    named = f"página {page}" if language == "es" else f"page {page}"
    return ", ".join(part for part in (str(path), heading, named if page else "") if part)


def place_of(given: Path) -> Path:
    """A folder or file to be added, as it is kept. Raises ConfigError."""
    place = given.expanduser().resolve()
    if not place.exists():
        raise ConfigError(f"There is no {place}. Check its name.")
    try:
        str(place).encode()
    except UnicodeEncodeError as error:
        raise ConfigError(f"The name {str(place)!a} is not UTF-8. Rename it.") from error
    return place
