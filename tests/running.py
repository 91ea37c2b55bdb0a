"""`assistant run` as a process of its own: a fixture."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest


class Running:
    """`assistant run` as a process of its own, its lines being read."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "assistant", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            text=True,
        )
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    @property
    def pid(self):
        """Of the program: what was started keeps it, unless a service manager does."""
        started = self.process.pid
        if "NOTIFY_SOCKET" in os.environ:
            return started
        children = Path(f"/proc/{started}/task/{started}/children")
        deadline = time.monotonic() + 60
        while not (found := children.read_text().split()) and time.monotonic() < deadline:
            time.sleep(0.02)
        return int(found[0])

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.strip())
        self.lines.put(None)

    def wait_for(self, text, seconds=200):
        """The first line that holds `text`."""
        deadline = time.monotonic() + seconds
        while True:
            line = self.lines.get(timeout=max(0.01, deadline - time.monotonic()))
            assert line is not None, f"it ended: {self.process.stderr.read()}"
            if text in line:
                return line

    def wait_for_all(self, texts):
        """Until each of them was in a line, in any order."""
        while texts:
            line = self.wait_for("")
            texts = {text for text in texts if text not in line}

    def wait_to_be_ended(self, seconds=200):
        """Until it catches SIGTERM."""
        deadline, status = time.monotonic() + seconds, Path(f"/proc/{self.pid}/status")
        while time.monotonic() < deadline:
            caught = int(re.search(r"SigCgt:\s*(\w+)", status.read_text()).group(1), 16)
            if caught >> (signal.SIGTERM - 1) & 1:
                return
            time.sleep(0.02)
        raise AssertionError("it does not catch SIGTERM")

    def end(self, number=None, within=60.0):
        """Send a signal; (exit code, stderr, what was still printed)."""
        began = time.monotonic()
        if number is not None:
            self.process.send_signal(number)
        code = self.process.wait(90)
        took = time.monotonic() - began
        self.reader.join()
        rest = []
        while (line := self.lines.get()) is not None:
            rest.append(line)
        assert number is None or took < within, f"{took:.1f} s"
        return code, self.process.stderr.read(), rest

    def close(self):
        self.process.kill()
        self.process.wait()
        self.reader.join()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()


@pytest.fixture
def running(sound):
    started = []

    def start(*arguments):
        started.append(Running(*arguments))
        return started[-1]

    yield start
    for one in started:
        one.close()
