"""The user's documents, put together: the index, what embeds, and who watches the folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from assistant import models
from assistant.embedding import Embedder, OnnxEmbedder, Vectors
from assistant.settings import Config
from assistant.stages import Library
from assistant.think.documents.catalog import Catalog
from assistant.think.documents.library import Library as Documents
from assistant.think.documents.store import Store, default_path
from assistant.think.documents.watch import Watcher
from assistant.worker import Worker


class Shelf:
    """What a run needs of the documents.

    embedders: those of the understanding, by language: where one is of the same model, it serves
    both, and is in memory once.
    """

    def __init__(self, config: Config, embedders: Mapping[str, Worker[Embedder]]) -> None:
        model = config.documents.embedding
        shared = [w for name, w in embedders.items() if config.route.nearest(name) == model]
        self.own_embedder: Worker[Embedder] | None = None
        """One that only the documents use; nothing loads it before there are any."""
        if not shared and model != "none" and models.current(model):
            self.own_embedder = Worker("embed", partial(embedder_of, model))
        self._embedder = next(iter(shared), self.own_embedder)
        self.catalog = Catalog(default_path())
        self.library: Worker[Library] = Worker("documents", self._load)

    def _load(self) -> Library:
        return Documents(Store(), self.embed if self._embedder is not None else None)

    def embed(self, texts: Sequence[str], longest: int) -> Vectors:
        """Vectors made by the thread that owns the model."""
        assert self._embedder is not None
        return self._embedder.start(lambda e: e.embed(texts, longest)).result()

    def watcher(self) -> Watcher:
        """Keeps the index as the folders are, from its `start` to its `close`."""
        worker = self._embedder
        model = (lambda: worker.start(lambda e: e.name).result()) if worker is not None else None
        return Watcher(default_path(), model=model, embed=self.embed, changed=self.catalog.changed)

    def embedders(self) -> tuple[Worker[Embedder], ...]:
        """What only the documents use, to be loaded ahead; nothing where there are none."""
        own = self.own_embedder
        return (own,) if own is not None and self.catalog.titles() else ()


def embedder_of(model: str) -> Embedder:
    return OnnxEmbedder(models.locate(model))
