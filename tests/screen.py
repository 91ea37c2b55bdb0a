"""A real X server for tests, without a monitor; with a window manager when it is asked for."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from tests.bus import environment
from tests.players import until


@contextlib.contextmanager
def x_server(*, windows: bool = False) -> Iterator[str]:
    """Its DISPLAY, while the block runs."""
    needed = ["Xvfb", *(["openbox", "wmctrl", "xterm"] if windows else [])]
    if missing := [program for program in needed if shutil.which(program) is None]:
        pytest.skip(f"not installed: {', '.join(missing)} (apt install xvfb openbox wmctrl xterm)")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "320x200x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    assert display != ":", "Xvfb does not start"
    manager = None
    try:
        if windows:
            manager = subprocess.Popen(
                ["openbox", "--sm-disable"],
                env={**environment(), "DISPLAY": display},  # else it finds no theme, and ends
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            until(lambda: _managed(display), seconds=30)
        yield display
    finally:
        for process in filter(None, (manager, server)):
            process.terminate()
            process.wait(60)


def _managed(display: str) -> bool:
    """Whether the window manager is there."""
    command = ["wmctrl", "-m"]
    env = {**os.environ, "DISPLAY": display}
    return subprocess.run(command, env=env, capture_output=True, check=False).returncode == 0
