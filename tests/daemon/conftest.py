"""A control server on a socket of its own."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import msgspec
import pytest

from assistant.daemon.server import ControlServer


class Raw:
    """A peer that may send anything."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        self.socket.connect(str(path))
        self._lines = self.socket.makefile("rb")

    def send(self, data):
        self.socket.sendall(data)

    def ask(self, **fields):
        self.send(msgspec.json.encode({"v": 1, **fields}) + b"\n")
        return self.next()

    def next(self):
        """The next message; None when the server has let us go."""
        with contextlib.suppress(ConnectionResetError):
            line = self._lines.readline()
            return msgspec.json.decode(line) if line.endswith(b"\n") else None

    def close(self):
        self._lines.close()
        self.socket.close()


class Served:
    """The server, its peers, and the requests that reached it (all answered with their text)."""

    def __init__(self, folder):
        self.path = folder / "control"
        self.requests = []
        self.held = []
        self.hold = threading.Event()
        self.time = 0.0
        self.server = ControlServer(self.path, self.handle, lambda: time.monotonic() + self.time)
        self._peers = []

    def handle(self, request, answer):
        self.requests.append(request)
        text = getattr(request, "text", "")
        if text == "fail":
            raise ValueError("inside")
        if text == "hold":
            self.held.append(answer)
            return
        answer({"ok": True, "text": text})

    def connect(self):
        peer = Raw(self.path)
        self._peers.append(peer)
        assert peer.next()["hello"] == "assistant"
        return peer

    def raw(self):
        peer = Raw(self.path)
        self._peers.append(peer)
        return peer

    def wait(self, condition, seconds=60):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def close(self):
        for peer in self._peers:
            peer.close()
        self.server.close()


@pytest.fixture
def served(tmp_path):
    one = Served(tmp_path)
    one.server.start()
    yield one
    one.close()
