"""The connection to the broker of the home, over MQTT.

The only module that talks to anything but this machine, and only when the user has named a broker.
The library for it is not even loaded before that. What is private stays private: an address that
is neither of this machine nor of a private network is refused before a byte is sent to it, unless
the user allowed that; and nothing is ever sent but what a device is told to do.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.errors import ConfigError
from assistant.handlers.home.entity import Message
from assistant.handlers.home.payloads import MOST
from assistant.handlers.secrets import BROKER, KEYRING, secret
from assistant.settings import HomeSettings

if TYPE_CHECKING:
    from paho.mqtt.client import Client

log = logging.getLogger(__name__)

_KEEP_ALIVE = 30  # seconds; a broker that is silent for longer is gone
_CONNECT = 3.0  # seconds to open a connection
_BACK_OFF = (1, 60)  # seconds between attempts: the first, and the longest


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


class NotAllowedError(OSError):
    """The address of the broker is on the internet."""


class Broker:
    """Keeps a connection in a thread of its own, and makes it again, more and more seldom, when it
    is lost. heard: told each message, in that thread. topics: what to listen to, at each
    connection."""

    def __init__(
        self,
        settings: HomeSettings,
        heard: Callable[[str, str], object],
        topics: Callable[[], Iterable[str]],
    ) -> None:
        """Raises ConfigError when the settings cannot be used."""
        self._settings = settings
        self._heard = heard
        self._topics = topics
        self._connected = threading.Event()
        self._tried = threading.Event()
        self.refused = ""
        _check_literal(settings)
        self._client = self._made()

    @property
    def connected(self) -> bool:
        return self._connected.is_set()

    def open(self) -> None:
        """Begin to connect, in the background."""
        port = self._settings.port or (8883 if self._settings.tls else 1883)
        self._client.connect_async(self._settings.broker, port, keepalive=_KEEP_ALIVE)
        self._client.loop_start()

    def wait(self, seconds: float) -> bool:
        """Until the first attempt has succeeded or failed, at most that long."""
        self._tried.wait(seconds)
        return self.connected

    def listen(self, topics: Iterable[str]) -> None:
        wanted = [(topic, 0) for topic in topics]
        if wanted and self.connected:
            self._client.subscribe(wanted)

    def send(self, messages: Sequence[Message]) -> bool:
        if not self.connected:
            return False
        for message in messages:
            self._client.publish(message.topic, message.payload, qos=0)
        return True

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()
        self._connected.clear()

    def _made(self) -> Client:
        from paho.mqtt.client import Client
        from paho.mqtt.enums import CallbackAPIVersion

        client = Client(CallbackAPIVersion.VERSION2)
        client.connect_timeout = _CONNECT
        client.reconnect_delay_set(*_BACK_OFF)
        client.on_pre_connect = self._before
        client.on_socket_open = self._opened
        client.on_connect = self._on_connect
        client.on_connect_fail = self._on_fail
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        if self._settings.user:
            client.username_pw_set(self._settings.user, _password(self._settings))
        if self._settings.tls:
            _encrypt(client, self._settings.ca_file)
        return client

    def _before(self, client: Client, _: Any) -> None:
        """Raises NotAllowedError where the broker's name leads to the internet."""
        if self._settings.allow_internet:
            return
        for *_, address in socket.getaddrinfo(self._settings.broker, None):
            self._check(str(address[0]))

    def _opened(self, client: Client, _: Any, opened: Any) -> None:
        """Once more, since a name may lead elsewhere a moment later."""
        if not self._settings.allow_internet:
            self._check(str(opened.getpeername()[0]))

    def _check(self, address: str) -> None:
        if not _is_near(address):
            self.refused = address
            log.error("the broker of the home is at %s, which is no private address", address)
            raise NotAllowedError(address)

    def _on_connect(self, client: Client, _: Any, flags: Any, reason: Any, properties: Any) -> None:
        if reason.is_failure:
            log.warning("the broker of the home refuses us: %s", reason)
            self._tried.set()
            return
        self._connected.set()
        client.subscribe([(topic, 0) for topic in self._topics()])
        self._tried.set()

    def _on_fail(self, client: Client, _: Any) -> None:
        self._tried.set()

    def _on_disconnect(self, *_: Any) -> None:
        self._connected.clear()

    def _on_message(self, client: Client, _: Any, message: Any) -> None:
        if len(message.payload) > MOST:
            log.warning("a message of the home is too long")
            return
        try:
            self._heard(message.topic, message.payload.decode("utf-8", "replace"))
        except Exception as error:  # noqa: BLE001  the connection must outlive any message
            log.error("a message of the home failed: %s", type(error).__name__)


def _check_literal(settings: HomeSettings) -> None:
    try:
        address = ipaddress.ip_address(settings.broker)
    except ValueError:
        return  # a name: looked at when it is connected to
    if not settings.allow_internet and not _is_near(str(address)):
        raise ConfigError(
            f"home.broker: {address} is on the internet. Name a broker in your own network, or set "
            "home.allow_internet."
        )


def _is_near(address: str) -> bool:
    """Of this machine or of a private network."""
    try:
        where = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(where, "ipv4_mapped", None)
    where = mapped or where
    return (
        where.is_loopback or where.is_link_local or (where.is_private and not where.is_unspecified)
    )


def _password(settings: HomeSettings) -> str | None:
    """Raises ConfigError when the file of the password cannot be read."""
    if not settings.password_file:
        return None
    if settings.password_file == KEYRING:
        return secret(BROKER, "home.password_file")
    path = Path(os.path.expandvars(settings.password_file)).expanduser()
    try:
        if path.stat().st_mode & 0o077:
            log.warning("%s, with the password of the broker, can be read by others", path)
        return path.read_text("utf-8").partition("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"home.password_file: {path} cannot be read: {error}.") from error


def _encrypt(client: Client, ca_file: str) -> None:
    """Raises ConfigError for certificates that are none."""
    path = str(Path(ca_file).expanduser()) if ca_file else None
    try:
        client.tls_set(ca_certs=path)
    except (OSError, ValueError) as error:
        raise ConfigError(f"home.ca_file: {path} cannot be used: {error}.") from error
