"""The program under soak, from outside: what it is told, what it holds, what it leaves behind."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

from assistant.daemon import client, offline
from assistant.models import models_dir
from scripts._soak_turns import COFFEE

ROOT = Path(__file__).parent.parent
REST = 6
"""Seconds without a turn after which all engines are unloaded."""
SETTINGS = (
    "think.max_tokens=12", "wake.word=alexa", "wake.chime=false", f"memory.idle_unload={REST}",
)  # fmt: skip
PATIENCE = 900.0
"""Seconds for one turn, or for a sample. The machine may be busy, or asleep."""
BLOCK = 16_000
"""Bytes of sound written at a time: half a second."""


class Child:
    """home: where it keeps what it keeps; its temporary files have a folder of their own there."""

    def __init__(self, home: Path, out: Path, sound: Any, settings: list[str]) -> None:
        self.home, self.calls = home, out / "system-calls"
        self.temporary = home / "tmp"
        self.temporary.mkdir()
        nowhere = "unix:path=/nonexistent"
        gone = {"DISPLAY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"}
        kept = {k: v for k, v in os.environ.items() if k not in gone}
        self.env = {
            **kept, **sound.env, "ASSISTANT_HOME": str(home), "HOME": str(home),
            "TMPDIR": str(self.temporary), "ASSISTANT_MODELS": str(models_dir()),
            "XDG_DATA_DIRS": str(home), "DBUS_SESSION_BUS_ADDRESS": nowhere,
            "DBUS_SYSTEM_BUS_ADDRESS": nowhere, "PYTHONUNBUFFERED": "1",
        }  # fmt: skip
        self._log = (out / "stderr").open("wb")
        tracer = [
            "strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket,connect,bind",
            "-e", "signal=none", "-o", str(self.calls),
        ]  # fmt: skip
        program = [sys.executable, "-m", "assistant.bench.soaking", *SETTINGS, *settings]
        os.environ["ASSISTANT_HOME"] = str(home)  # where its socket is looked for
        self.process = subprocess.Popen(
            [*tracer, *offline._without_network(), *program],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, env=self.env, cwd=ROOT,
        )  # fmt: skip
        self._told: dict[str, float] = {}
        self._new = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()
        self.pid = self._there()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._told = json.loads(line)
            self._new.set()

    def _there(self) -> int:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with client.Connection() as connection:
                    status = connection.request("status")
                    if status["state"] == "waiting":
                        return int(status["process"])
            except client.NotRunningError:
                pass
            time.sleep(0.5)
        raise SystemExit("the program did not start; see stderr in the folder of the figures")

    def hear(self, samples: np.ndarray) -> None:
        assert self.process.stdin is not None
        data = samples.astype("<i2").tobytes()
        for at in range(0, len(data), BLOCK):
            self.process.stdin.write(data[at : at + BLOCK])
            self.process.stdin.flush()

    def sample(self) -> dict[str, float]:
        """What it holds, once it has given back to the system what it does not use: what only
        waits to be used again is no growth. MB, and counts."""
        self._new.clear()
        os.kill(self.pid, signal.SIGUSR1)
        if not self._new.wait(PATIENCE):
            raise OSError("the program tells nothing of its memory any more")
        proc = Path(f"/proc/{self.pid}")
        status, rollup = (proc / "status").read_text(), (proc / "smaps_rollup").read_text()

        def number(text: str, name: str) -> float:
            found = re.search(rf"^{name}:\s+(\d+)", text, re.MULTILINE)
            return float(found.group(1)) if found else 0.0

        kept = [file.lstat().st_size for file in self.home.rglob("*") if file.is_file()]
        return {
            "rss_mb": number(status, "VmRSS") / 1024,
            "anonymous_mb": number(status, "RssAnon") / 1024,
            "pss_mb": number(rollup, "Pss") / 1024,
            **self._told,
            "threads": number(status, "Threads"),
            "descriptors": float(len(list((proc / "fd").iterdir()))),
            "processes": float(len(self._children())),
            "files": float(len(kept)),
            "files_mb": sum(kept) / 1e6,
        }

    def _children(self) -> list[str]:
        """Processes that it has started, those that nobody has waited for included."""
        lists = Path(f"/proc/{self.pid}/task").glob("*/children")
        found: list[str] = []
        for each in lists:
            with contextlib.suppress(OSError):  # a thread that has just ended
                found += each.read_text().split()
        return found

    def end(self) -> int:
        assert self.process.stdin is not None
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        self._log.close()
        return code

    def left(self) -> list[str]:
        """What a program that has ended should not have left: sockets, temporary files, files that
        were being written."""
        found = [*self.temporary.iterdir()]
        found += [f for f in self.home.rglob("*") if f.is_socket() or f.suffix in {".new", ".tmp"}]
        return [str(file.relative_to(self.home)) for file in found]


def make_home(folder: Path, data: Path, env: dict[str, str]) -> None:
    """A user's sentences and documents."""
    (folder / "config" / "sentences").mkdir(parents=True)
    (folder / "config" / "sentences" / "coffee.yaml").write_text(COFFEE)
    subprocess.run(
        [sys.executable, "-m", "assistant", "docs", "add", str(data / "documents" / "en")],
        env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
