"""A home of its own for each test, a way to write a catalog, and a hub on loopback."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import tomli_w

from assistant import paths

REAL_MODELS = Path(os.environ.get("ASSISTANT_MODELS") or paths.data_dir() / "models")
"""Where the embedded models are, if they are installed; read before a test has a home."""

LARGE = 1000
"""Bytes from which the hub keeps a file apart and states its SHA-256, as the real one does."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ASSISTANT_MODELS", raising=False)
    return tmp_path / "home"


def entry(model_id: str = "mine", **changes) -> dict[str, Any]:
    """A valid table of the catalog."""
    table = {
        "id": model_id,
        "task": "embedding",
        "languages": ["en"],
        "licence": "MIT",
        "bytes": 3,
        "ram_mb": 1,
        "note": "a model",
        "files": [{"name": "model.onnx"}],
    } | changes
    return {key: value for key, value in table.items() if value is not None}


@pytest.fixture
def catalog(home: Path):
    """Write the user's catalog: `catalog(table, ...)`."""

    def write(*tables: dict[str, Any]) -> Path:
        path = paths.private_dir(paths.config_dir()) / "catalog.toml"
        path.write_text(tomli_w.dumps({"model": list(tables)}))
        return path

    return write


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def git_blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


class Hub:
    """One repository, "me/model", and a package index. What it does wrong is set by data."""

    def __init__(self) -> None:
        self.commit = "a" * 40
        self.files: dict[str, bytes] = {}
        self.pages: dict[str, bytes] = {}  # further addresses: a package index
        self.digests: dict[str, str] = {}  # lies about files
        self.cuts: list[int] = []  # break the next transfers after so many bytes
        self.status = 0  # answer everything with this
        self.headers: dict[str, str] = {}  # of those answers
        self.ranges = True
        self.log: list[str] = []  # "GET path [range]"
        self.agents: set[str] = set()
        self.tokens: set[str] = set()
        self.page = b""  # instead of the listing
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def transfers(self, name: str) -> list[str]:
        """The byte ranges that were asked for of a file ("" for all of it)."""
        parts = [line.split() for line in self.log if "/resolve/" in line]
        return [" ".join(asked) for _, path, *asked in parts if path.endswith(f"/{name}")]

    def listing(self) -> bytes:
        siblings = []
        for name, content in self.files.items():
            about = {"rfilename": name, "size": len(content), "blobId": git_blob(content)}
            if len(content) >= LARGE:
                digest = self.digests.get(name, sha256(content))
                about["lfs"] = {"sha256": digest, "size": len(content), "pointerSize": 130}
                about["blobId"] = "b" * 40
            elif name in self.digests:
                about["blobId"] = self.digests[name]
            siblings.append(about)
        return json.dumps({"id": "me/model", "sha": self.commit, "siblings": siblings}).encode()

    def find(self, path: str) -> bytes | None:
        if path == "/api/models/me/model/revision/main":
            return self.page or self.listing()
        for prefix in (f"/me/model/resolve/{self.commit}/", "/cdn/"):
            if path.startswith(prefix):
                return self.files.get(path.removeprefix(prefix))
        return self.pages.get(path)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path)
                wanted = self.headers.get("Range", "")
                hub.log.append(f"GET {path} {wanted}".strip())
                hub.agents.add(self.headers.get("User-Agent", ""))
                hub.tokens.add(self.headers.get("Authorization", ""))
                content = hub.find(path)
                if hub.status or content is None:
                    return self._answer(hub.status or 404, b"no", hub.headers)
                if "/resolve/" in path and len(content) >= LARGE:
                    # the real hub sends large files from another address
                    name = path.rpartition(f"{hub.commit}/")[2]
                    return self._answer(302, b"", {"Location": f"{hub.url}/cdn/{name}"})
                kind = "text/html" if path.endswith("/") else "application/octet-stream"
                start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
                if start and hub.ranges:
                    span = f"bytes {start}-{len(content) - 1}/{len(content)}"
                    return self._answer(206, content[start:], {"Content-Range": span})
                return self._answer(200, content, {"Content-Type": kind})

            def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if len(body) >= LARGE and hub.cuts:
                    self.wfile.write(body[: hub.cuts.pop(0)])
                    self.close_connection = True
                    return
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def running(hub: Hub) -> Iterator[Hub]:
    thread = threading.Thread(target=hub.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hub
    finally:
        hub.server.shutdown()
        hub.server.server_close()
        thread.join()


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub that runs, and that HF_ENDPOINT names."""
    with running(Hub()) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.delenv("HF_TOKEN", raising=False)
        yield hub
