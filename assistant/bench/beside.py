"""An index of other text, to be put beside the documents that questions are about.

To embed 10,000 passages takes a quarter of an hour and more, so the index is kept, in the user's
cache: a run that is broken off is gone on with by the next one, and the next measurement of the
same folder begins at once.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

from assistant import models, paths
from assistant.embedding import OnnxEmbedder
from assistant.errors import ConfigError
from assistant.think.documents import index
from assistant.think.documents.index import Progress
from assistant.think.documents.store import Store


def prepare(folder: Path, model: str, progress: Progress) -> Path:
    """The index of a folder, made or brought up to date; model: what embeds, or "none".

    Raises ConfigError when there is no such folder, or nothing in it that can be read.
    """
    folder = folder.expanduser().resolve()
    if not folder.is_dir():
        raise ConfigError(f"There is no folder {folder}. Check its name.")
    name = hashlib.blake2b(str(folder).encode(), digest_size=6).hexdigest()
    store = Store(paths.private_dir(paths.cache_dir() / "bench") / f"beside-{name}.db")
    try:
        store.add_place(folder)
        index.update(store, progress)
        if not any(file.passages for file in store.files()):
            raise ConfigError(
                f"There is nothing to read in {folder}: Markdown, text, PDF, HTML, DOCX, EPUB are."
            )
        if model != "none":
            embedder = OnnxEmbedder(models.locate(model))
            index.embed(store, embedder.name, embedder.embed, progress)
    finally:
        store.close()
    return store.path


def copied(made: Path, to: Path) -> Store:
    """A copy of the index, to take in what questions are about."""
    with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    return Store(to)
