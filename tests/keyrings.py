"""A real keyring, unlocked, on a session bus of its own: a fixture."""

from __future__ import annotations

import os
import subprocess
import time

import pytest

from assistant.handlers.memory.keys import SecretService
from tests.bus import buses  # noqa: F401 - a fixture


@pytest.fixture
def keyring(buses, tmp_path):  # noqa: F811
    """GNOME Keyring, unlocked, on a bus of its own."""
    command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
    env = {**os.environ, **buses.env, "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "xdg"),
           "XDG_RUNTIME_DIR": str(tmp_path)}  # fmt: skip
    try:
        process = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        pytest.skip("gnome-keyring is not installed (apt install gnome-keyring)")
    process.stdin.write(b"password")
    process.stdin.close()
    buses.session.wait_for("org.freedesktop.secrets")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            SecretService().get()
            break
        except LookupError:
            time.sleep(0.05)
    yield process
    process.kill()
    process.wait()
