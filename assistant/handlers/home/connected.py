"""From settings to a home: who listens to what the broker tells, and who is told of new names."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from assistant import paths
from assistant.errors import ConfigError
from assistant.handlers.home.broker import Broker, Link, NoLink
from assistant.handlers.home.discovery import Discovery
from assistant.handlers.home.entity import Entity, Message
from assistant.handlers.home.family import Home
from assistant.handlers.home.house import House
from assistant.handlers.home.own_names import NO_NAMES, OwnNames, read_names
from assistant.handlers.home.zigbee import Zigbee
from assistant.settings import HomeSettings

_QUIET = 0.7  # seconds without a new name after which the names are taken in
_FIRST = 1.5  # seconds that a start waits for the broker to tell what there is, at most


def connected_home(settings: HomeSettings, problems: list[str]) -> Home:
    """The home, connected to its broker if one is set. What cannot be used goes into `problems`."""
    house = House(_names(settings, problems))
    if not settings.broker:
        return Home(house, NoLink(), settings)
    try:
        listener = Listener(settings, house)
    except ConfigError as error:
        problems.append(str(error))
        return Home(house, NoLink(), settings)
    home = Home(house, listener, settings)
    listener.named = home.renamed
    listener.open()
    return home


class Listener(Link):
    """Sorts what the broker tells: lists of devices, and how each of them is."""

    def __init__(self, settings: HomeSettings, house: House) -> None:
        """Raises ConfigError when the settings cannot be used."""
        self.named: Callable[[], object] = lambda: None  # called when names came or went
        self._house = house
        self._zigbee = Zigbee(settings.zigbee) if settings.zigbee else None
        self._discovery = (
            Discovery(settings.discovery, settings.zigbee) if settings.discovery else None
        )
        self._topics: set[str] = set()
        self._calm = Calm(self._told_names, _QUIET)
        self._broker = Broker(settings, self.heard, self._all_topics)

    @property
    def connected(self) -> bool:
        return self._broker.connected

    def open(self) -> None:
        """Connect, and wait a moment for the first devices, so that their names can be said."""
        self._broker.open()
        if self._broker.wait(_FIRST):
            self._calm.settle(_FIRST)

    def send(self, messages: Sequence[Message]) -> bool:
        return self._broker.send(messages)

    def close(self) -> None:
        self._broker.close()
        self._calm.close()

    def heard(self, topic: str, payload: str) -> None:
        """A message of the broker, in its thread."""
        if self._zigbee and (told := self._zigbee.heard(topic, payload)) is not None:
            self._told(f"zigbee {self._zigbee.base}", told)
        elif self._discovery and (found := self._discovery.heard(topic, payload)) is not None:
            self._told(topic, found)
        else:
            self._house.heard(topic, payload)

    def _told(self, source: str, entities: Iterable[Entity]) -> None:
        made = tuple(entities)
        if self._house.told(source, made):
            self._calm.stir()
        topics = self._house.topics()
        new, self._topics = topics - self._topics, topics  # one that comes back is asked for again
        self._broker.listen(sorted(new))
        self._broker.send([message for entity in made for message in entity.asks])

    def _told_names(self) -> None:
        self.named()

    def _all_topics(self) -> list[str]:
        """At each connection: the lists of devices, and the topics of those that are known."""
        lists = [*(self._zigbee.subscriptions() if self._zigbee else ())]
        lists += self._discovery.subscriptions() if self._discovery else ()
        return [*lists, *sorted(self._topics)]


class Calm:
    """Calls `then` once, in a thread of its own, when nothing has stirred for some seconds."""

    def __init__(self, then: Callable[[], object], quiet: float) -> None:
        self._then = then
        self._quiet = quiet
        self._lock = threading.Lock()
        self._last = 0.0
        self._waiting = False
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    def stir(self) -> None:
        with self._lock:
            self._last = time.monotonic()
            if self._waiting or self._closed.is_set():
                return
            self._waiting = True
            former = self._thread
            self._thread = threading.Thread(
                target=self._wait, args=[former], name="home names", daemon=True
            )
            self._thread.start()

    def settle(self, most: float) -> None:
        """Wait until nothing has stirred for a third of the quiet time, at most so long."""
        end = time.monotonic() + most
        started = time.monotonic()
        while (now := time.monotonic()) < end:
            if now - max(self._last, started) > self._quiet / 3:
                return
            time.sleep(0.02)

    def close(self) -> None:
        self._closed.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _wait(self, former: threading.Thread | None) -> None:
        if former is not None:
            former.join()  # one at a time, in their order
        while not self._closed.is_set():
            with self._lock:
                left = self._last + self._quiet - time.monotonic()
                if left <= 0:
                    self._waiting = False
                    break
            self._closed.wait(left)
        else:
            return
        self._then()


def _names(settings: HomeSettings, problems: list[str]) -> OwnNames:
    folder = paths.config_dir()
    places = (
        [Path(settings.names).expanduser()]
        if settings.names
        else [folder / f"home{suffix}" for suffix in (".toml", ".yaml", ".yml")]
    )
    path = next((p for p in places if p.is_file()), None)
    if path is None:
        if settings.names:
            problems.append(f"home.names: there is no file {places[0]}.")
        return NO_NAMES
    try:
        return read_names(path)
    except ConfigError as error:
        problems.append(str(error))
        return NO_NAMES
