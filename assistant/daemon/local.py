"""Unix sockets: the only ones that this package opens, so that no peer is ever a network.

Whoever connects, or is connected to, must belong to the same user: the kernel says so.
"""

from __future__ import annotations

import os
import select
import socket
import struct
from pathlib import Path

from assistant.errors import StorageError

LONGEST_PATH = 107
"""Bytes of the path of a Unix socket (`sun_path` of unix(7), without its final zero)."""

Socket = socket.socket


def listening(path: Path, backlog: int) -> Socket:
    """A socket at `path` for its owner only, in the place of one that nobody listens at any more.

    The folder must be for the owner only, too: between `bind` and `chmod` its mode guards the
    socket. Raises StorageError: the path is too long, or cannot be written.
    """
    if len(os.fsencode(path)) > LONGEST_PATH:
        raise StorageError(
            f"The path of the control socket is longer than {LONGEST_PATH} bytes: {path}. "
            "Set XDG_RUNTIME_DIR (or ASSISTANT_HOME) to a shorter one."
        )
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        path.unlink(missing_ok=True)
        server.bind(str(path))
        path.chmod(0o600)
        server.listen(backlog)
        server.setblocking(False)
    except OSError as error:
        server.close()
        raise StorageError(
            f"The control socket {path} cannot be made: {error.strerror}."
        ) from error
    return server


def connected(path: Path, timeout: float) -> Socket:
    """A connection to `path`. Raises OSError: nobody listens there, or another user does."""
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        client.settimeout(timeout)
        client.connect(str(path))
        if not same_user(client):
            raise PermissionError(f"{path} belongs to another user")
    except OSError:
        client.close()
        raise
    return client


def send_datagram(address: str, message: bytes) -> None:
    """One message to a datagram socket; an address that begins with "@" is an abstract one.

    Never waits. Raises OSError: nobody is there, or nobody reads.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        sender.connect(f"\0{address[1:]}" if address.startswith("@") else address)
        sender.send(message)


def pair() -> tuple[Socket, Socket]:
    """Two ends, so that a thread that waits for sockets can be woken."""
    near, far = socket.socketpair(socket.AF_UNIX)
    near.setblocking(False)
    far.setblocking(False)
    return near, far


def hung_up(peer: Socket) -> bool:
    """Whether the other end is closed: not only will it send nothing more, it cannot read."""
    look = select.poll()
    look.register(peer, 0)
    return any(found & (select.POLLHUP | select.POLLERR) for _, found in look.poll(0))


def same_user(peer: Socket) -> bool:
    """Whether the process at the other end runs as our user (SO_PEERCRED: it cannot lie)."""
    size = struct.calcsize("3i")
    credentials = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    _process, user, _group = struct.unpack("3i", credentials)
    return bool(user == os.geteuid())
