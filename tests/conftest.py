"""Guards for every test: no network, no thread left behind, nothing of the user's touched."""

from __future__ import annotations

import ipaddress
import os
import sys
import threading
import time
from pathlib import Path

from assistant import paths  # before onnxruntime, which it keeps from reporting to its maker

# isort: split
import hypothesis
import onnxruntime
import pytest

from tests.running import running  # noqa: F401 - a fixture
from tests.sound import sound  # noqa: F401 - a fixture
from tests.undisturbed import (  # noqa: F401 - hooks
    pytest_collection_modifyitems,
    pytest_runtest_protocol,
    pytest_terminal_summary,
)

REAL_MODELS = Path(os.environ.get("ASSISTANT_MODELS") or paths.data_dir() / "models")
"""Where scripts/test has installed the embedded models."""

onnxruntime.set_seed(1)  # Piper's voice varies from one rendering to the next: here, repeatably

# A busy machine is no failure. The same examples each time: `scripts/fuzz` looks for new ones.
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis.settings.load_profile("repeatable")

_attempts: list[str] = []


def _watch(event: str, args: tuple[object, ...]) -> None:
    """Refuse every connection but those to this machine."""
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = args[1]
        if not isinstance(address, tuple):
            return  # a Unix socket, or a connected one
        host = address[0]
    else:
        return
    if not _is_local(host):
        _attempts.append(f"{event} {host}")
        raise PermissionError(f"a test tried to reach the network: {event} {host}")


def _is_local(host: object) -> bool:
    text = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return text == "localhost"


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def no_network():
    """Fails the test in which a connection was tried, even if the attempt was swallowed."""
    before = len(_attempts)
    yield
    assert _attempts[before:] == []


@pytest.fixture(autouse=True)
def no_thread_survives():
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 30
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"threads still alive: {sorted(t.name for t in left)}"


@pytest.fixture(scope="session")
def embeddings(tmp_path_factory):
    """The vectors of our own examples, made once: they take eight seconds."""
    return tmp_path_factory.mktemp("embeddings")


@pytest.fixture(scope="session")
def layouts(tmp_path_factory):
    """The layouts of our own functions, made once: they take two seconds."""
    return tmp_path_factory.mktemp("grammar")


@pytest.fixture(scope="session")
def compacts(tmp_path_factory):
    """The copy of the sentence model with small weights, made once: it takes two seconds."""
    return tmp_path_factory.mktemp("compact")


@pytest.fixture(scope="session")
def kept_examples(tmp_path_factory):
    """Examples take a second to draw for all functions; they are kept for all tests together."""
    return tmp_path_factory.mktemp("examples")


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch, embeddings, layouts, compacts, kept_examples):
    """A home of its own for each test; the models, the vectors of examples and how they were drawn,
    the layouts of functions and the small sentence model are shared."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "cache").mkdir()
    (folder / "cache" / "embeddings").symlink_to(embeddings)
    (folder / "cache" / "grammar").symlink_to(layouts)
    (folder / "cache" / "compact").symlink_to(compacts)
    (folder / "cache" / "examples").symlink_to(kept_examples)
    monkeypatch.setenv("ASSISTANT_HOME", str(folder))
    monkeypatch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
    return folder


@pytest.fixture(autouse=True)
def skip_without_models(request):
    """Tests of real engines say why they do not run where no model is installed."""
    if request.node.get_closest_marker("models") and not (REAL_MODELS / "whisper-tiny.en").is_dir():
        pytest.skip("the embedded models are not installed; scripts/test installs them")
