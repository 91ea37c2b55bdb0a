"""The connection to the broker of the home, over MQTT."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.handlers.home.entity import Message


class Link(Protocol):
    """The way to the broker."""

    @property
    def connected(self) -> bool:
        """Whether the broker is there at the moment."""

    def send(self, messages: Sequence[Message]) -> bool:
        """Hand messages to the broker; false when it is not there."""

    def close(self) -> None:
        """End the connection, and the thread that keeps it."""


class NoLink:
    """No broker is set."""

    connected = False

    def send(self, messages: Sequence[Message]) -> bool:
        return False

    def close(self) -> None:
        pass
