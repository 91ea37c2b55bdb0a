"""Keeps the index as the folders are, while the assistant runs.

The kernel tells of changes (inotify, by watchdog); where it cannot (a network disk, too many
folders) they are looked through now and then, which costs a `stat` a file.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import paths
from assistant.embedding import Vectors
from assistant.errors import fault
from assistant.think.documents import index
from assistant.think.documents.store import Store, told_by

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent

log = logging.getLogger(__name__)

QUIET = 2.0
"""Seconds without a further change after which the index is brought up to date."""
LOOK = 300.0
"""Seconds after which the folders are looked through in any case."""


class Watcher:
    """A thread beside the loop, with a connection of its own.

    model: gives the name of what embeds, waiting until it is loaded; None without one.
    embed: gives vectors. changed: told, by this thread, after documents came or went.
    """

    def __init__(
        self,
        path: Path,
        *,
        model: Callable[[], str] | None,
        embed: Callable[[Sequence[str], int], Vectors],
        changed: Callable[[], object],
        quiet: float = QUIET,
    ) -> None:
        self._path = path
        self._model = model
        self._embed = embed
        self._changed = changed
        self._quiet = quiet
        self._stop = threading.Event()
        self._dirty = threading.Event()
        self._observer: Any = None
        self._watched: tuple[Path, ...] | None = None
        self._thread = threading.Thread(target=self._run, name="watch")

    def start(self) -> None:
        """Return at once."""
        self._thread.start()

    def close(self) -> None:
        """End it, after the document that is being read."""
        self._stop.set()
        self._dirty.set()
        self._thread.join()

    def look(self) -> None:
        """Look through the folders now."""
        self._dirty.set()

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                self._dirty.clear()
                self._once()
                self._dirty.wait(LOOK)
                while not self._stop.is_set() and self._dirty.is_set():
                    self._dirty.clear()  # wait until whoever writes has done
                    self._stop.wait(self._quiet)
        finally:
            self._unwatch()

    def _once(self) -> None:
        """Bring the index up to date. Without documents, nothing is opened or made."""
        if not self._path.exists():
            self._watch(())
            return
        try:
            store = Store(self._path)
        except Exception as error:  # noqa: BLE001  told by whoever searches; tried again later
            log.warning("the documents cannot be watched: %s", fault(error))
            return
        try:
            self._watch(store.places())
            if index.update(store, stop=self._stop.is_set).any:
                self._changed()
            if self._model is not None and store.vectors_missing():
                index.embed(store, self._model(), self._embed, stop=self._stop.is_set)
        except Exception as error:  # noqa: BLE001  a full disk, say: tried again later
            log.warning("the documents are not up to date: %s", fault(error))
        finally:
            store.close()

    def _watch(self, places: Sequence[Path]) -> None:
        if tuple(places) == self._watched:
            return
        from watchdog.events import FileSystemEventHandler
        from watchdog.observers import Observer

        self._unwatch()
        tell = self._told

        class Handler(FileSystemEventHandler):
            def on_any_event(self, event: FileSystemEvent) -> None:
                tell(event)

        observer = Observer()
        try:
            for folder in {place if place.is_dir() else place.parent for place in places}:
                observer.schedule(Handler(), str(folder), recursive=folder in places)
            # another process may add a place: it tells by a file beside the index
            paths.private_dir(self._path.parent)
            observer.schedule(Handler(), str(self._path.parent), recursive=False)
            observer.start()
        except OSError as error:
            log.info("changes are looked for every %d s: %s", LOOK, fault(error))
            return
        self._observer, self._watched = observer, tuple(places)

    def _told(self, event: FileSystemEvent) -> None:
        path = Path(str(event.src_path))
        if event.event_type in ("opened", "closed_no_write"):
            return
        if path.parent != self._path.parent or path == told_by(self._path):
            self._dirty.set()

    def _unwatch(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer, self._watched = None, None
