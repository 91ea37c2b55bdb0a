"""A real media player for tests: mpv with its MPRIS plugin, without a screen and without sound."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from assistant.handlers import bus
from assistant.handlers.media import players
from tests.bus import Buses

PLUGIN = Path("/usr/lib/mpv-mpris/mpris.so")
MPV = "org.mpris.MediaPlayer2.mpv"


def flac(path: Path, seconds: int = 120, **tags: str) -> Path:
    """Silence, with a title and the like."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as container:
        container.metadata.update(tags)
        stream = container.add_stream("flac", rate=8000, layout="mono")
        samples = np.zeros((1, 8000 * seconds), np.int16)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = 8000
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    return path


@contextlib.contextmanager
def mpv(buses: Buses, *files: Path, paused: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    """mpv with these files, while the block runs; playing when it is given."""
    if shutil.which("mpv") is None or not PLUGIN.exists():
        pytest.skip("mpv is not installed (apt install mpv mpv-mpris)")
    process = subprocess.Popen(
        [
            *"mpv --no-config --idle --ao=null --vo=null --no-terminal --keep-open=always".split(),
            *(["--pause"] if paused else []),
            "--load-scripts=no",
            f"--script={PLUGIN}",
            *map(str, files),
        ]
    )
    try:
        buses.session.wait_for(MPV)
        if files:
            until(lambda: state().track.length is not None)
        yield process
    finally:
        process.kill()
        process.wait()


def state(service: str = MPV) -> players.Player:
    """The player as it is now."""
    with bus.session(patience=10) as desktop:
        found = [p for p in players.running(desktop) if p.object.service == service]
    assert found, f"{service} does not answer"
    return found[0]


def position(service: str = MPV) -> float:
    """In seconds."""
    with bus.session(patience=10) as desktop:
        object_ = desktop.object(service, players.PATH)
        return float(object_.get(players.PLAYER, "Position")) / 1e6


def until(holds: object, seconds: float = 60) -> None:
    """Wait until `holds()` is true."""
    assert callable(holds)
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it does not come to that"
        time.sleep(0.02)
