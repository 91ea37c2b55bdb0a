"""The user's documents, put together: the index, what embeds, and who watches the folders."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from assistant import models
from assistant.embedding import Embedder, OnnxEmbedder, Vectors
from assistant.errors import fault
from assistant.settings import Config
from assistant.stages import Known, Library, Quote
from assistant.think.director import OwnMemory
from assistant.think.documents.catalog import Catalog
from assistant.think.documents.library import Library as Documents
from assistant.think.documents.store import Store, default_path
from assistant.think.documents.watch import Watcher
from assistant.types import Origin
from assistant.worker import STILL, Worker

log = logging.getLogger(__name__)

UNKNOWN: Mapping[str, str] = {
    "en": "I do not find that in your documents.",
    "es": "No encuentro eso en tus documentos.",
}
OWN: Mapping[str, str] = {
    "en": "Your documents do not say. From memory:",
    "es": "Tus documentos no lo dicen. De memoria:",
}


class Shelf:
    """What a run needs of the documents.

    embedders: those of the understanding, by language: where one is of the same model, it serves
    both, and is in memory once.
    """

    def __init__(self, config: Config, embedders: Mapping[str, Worker[Embedder]]) -> None:
        self._own_memory = config.documents.own_memory
        model = config.documents.embedding
        shared = [w for name, w in embedders.items() if config.route.nearest(name) == model]
        self.own_embedder: Worker[Embedder] | None = None
        """One that only the documents use; nothing loads it before there are any."""
        if not shared and model != "none" and models.current(model):
            self.own_embedder = Worker("embed", partial(embedder_of, model), still=STILL)
        self._embedder = next(iter(shared), self.own_embedder)
        self.catalog = Catalog(default_path())
        self.library: Worker[Library] = Worker("documents", self._load)

    def workers(self) -> list[Worker[Any]]:
        """To be closed in this order: the library asks the embedder."""
        own = self.own_embedder
        return [self.library] if own is None else [self.library, own]

    def _load(self) -> Library:
        return Documents(Store(), self.embed if self._embedder is not None else None)

    def embed(self, texts: Sequence[str], longest: int) -> Vectors:
        """Vectors made by the thread that owns the model."""
        assert self._embedder is not None
        return self._embedder.ask(lambda e: e.embed(texts, longest))

    def answer(self, question: str, language: str) -> Known | None:
        """What the documents say, with its source; None when they do not know, or cannot be asked.
        It is a source of the director's."""
        if not self.catalog.titles():
            return None
        try:
            quote = self.library.ask(lambda lib: lib.answer(question, language))
        except Exception as error:  # noqa: BLE001  one source less, as if there were no documents
            log.warning("the documents cannot be asked: %s", fault(error))
            return None
        return None if quote is None else self._known(quote, f"{quote.source}:", language)

    def _known(self, quote: Quote, before: str, language: str) -> Known:
        origin = Origin("documents", quote.source.partition(" ")[2], place=quote.place)
        more = partial(self._goes_on, quote, language)
        return Known(quote.text, origin, more, before, quote.excerpt if before else None)

    def _goes_on(self, quote: Quote, language: str) -> Known | None:
        """Whoever hears on knows the source: it is not said again."""
        try:
            next_ = self.library.start(lambda lib: lib.goes_on(quote, language)).result()
        except Exception as error:  # noqa: BLE001  the document ends here
            log.warning("the documents cannot be asked: %s", fault(error))
            return None
        return None if next_ is None else self._known(next_, "", language)

    def own_memory(self, language: str) -> OwnMemory:
        """Of the language model, as the user set it, where there are documents."""
        setting = self._own_memory
        if setting == "plain" or not self.catalog.titles():
            return OwnMemory()
        if setting == "off":
            return OwnMemory(False, UNKNOWN.get(language, UNKNOWN["en"]))
        return OwnMemory(before=OWN.get(language, OWN["en"]))

    def watcher(self) -> Watcher:
        """Keeps the index as the folders are, from its `start` to its `close`."""
        worker = self._embedder
        model = (lambda: worker.ask(lambda e: e.name)) if worker is not None else None
        return Watcher(default_path(), model=model, embed=self.embed, changed=self.catalog.changed)

    def embedders(self) -> tuple[Worker[Embedder], ...]:
        """What only the documents use, to be loaded ahead; nothing where there are none."""
        own = self.own_embedder
        return (own,) if own is not None and self.catalog.titles() else ()


def embedder_of(model: str) -> Embedder:
    return OnnxEmbedder(models.locate(model))
