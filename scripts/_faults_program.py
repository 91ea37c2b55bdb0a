"""The assistant of the room, as its service manager runs it: restarted, watched, listened to."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from _faults_manager import RESTART_AFTER, Watchdog

from assistant.daemon.client import Connection, DeclinedError, NotRunningError
from assistant.power.load import tree

LIGHT = (
    "think.model=none",
    "route.nearest_en=none",
    "wake.chime=false",
    "governor.enabled=false",
    "speak.voice_en=espeak",
)
"""What the faults are not about is left out, so that several rooms fit into a small machine."""

Told = tuple[float, dict[str, Any]]
"""An event, and the monotonic second at which it was told."""


class Assistant:
    """folder: for its home and its log. settings: "key=value". environment: of the program.
    alone: nobody keeps it but itself."""

    def __init__(
        self,
        folder: Path,
        settings: tuple[str, ...],
        environment: Mapping[str, str],
        alone: bool = False,
    ) -> None:
        self._alone = alone
        self.folder, self.home = folder, folder / "home"
        self.starts = 0
        self._settings, self._environment = (*LIGHT, *settings), environment
        self._watchdog = Watchdog(folder / "notify")
        self._ending = False
        self._process: subprocess.Popen[bytes] | None = None
        self._events: list[Told] = []
        self._changed = threading.Condition()
        self._threads = [threading.Thread(target=self._keep), threading.Thread(target=self._follow)]

    def start(self) -> None:
        self._log = (self.folder / "assistant.log").open("wb")
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._ending = True
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
        for thread in self._threads:
            thread.join()
        self._watchdog.close()
        self._log.close()

    @property
    def pid(self) -> int:
        assert self._process is not None
        started = self._process.pid
        return tree(Path("/"), started)[:2][-1] if self._alone else started

    def engine(self, stage: str) -> int | None:
        """The process of an engine, if there is one."""
        for child in tree(Path("/"), self.pid)[1:]:
            with contextlib.suppress(OSError):
                if Path(f"/proc/{child}/comm").read_text().strip() == stage:
                    return child
        return None

    def _keep(self) -> None:
        """Run it, again and again, as a service manager does."""
        arguments = [part for setting in self._settings for part in ("--set", setting)]
        environment = {**os.environ, **self._environment, **self._watchdog.env}
        if self._alone:
            environment.pop("NOTIFY_SOCKET")
        environment["ASSISTANT_HOME"] = str(self.home)
        while not self._ending:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "assistant", *arguments, "run", "--quiet"],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
            )
            if self._ending:
                self._process.kill()
            self.starts += 1
            self._watchdog.follow(self._process)
            self._process.wait()
            self._watchdog.follow(None)
            time.sleep(RESTART_AFTER)

    def _follow(self) -> None:
        """Note what it tells, as long as the room is there."""
        path = self.home / "run" / "control"
        while not self._ending:
            try:
                with Connection(path) as connection:
                    connection.request("events")
                    for event in connection.events():
                        with self._changed:
                            self._events.append((time.monotonic(), event))
                            self._changed.notify_all()
                        if event["event"] == "timer":  # a person at once says stop
                            threading.Thread(target=self.ask, args=("stop",)).start()
            except (NotRunningError, DeclinedError, OSError):
                time.sleep(0.05)

    def ask(self, do: str, **fields: Any) -> dict[str, Any]:
        """A request of the control socket; {"ok": False, "error": ...} when it is declined."""
        try:
            with Connection(self.home / "run" / "control") as connection:
                return connection.request(do, **fields)
        except (DeclinedError, NotRunningError) as error:
            return {"ok": False, "error": str(error)}

    def says(self, text: str) -> str:
        """What it answers to a text."""
        return str(self.ask("ask", text=text).get("reply", ""))

    def since(self, moment: float) -> list[Told]:
        """All that it told since then."""
        return [event for event in list(self._events) if event[0] >= moment]

    def event(self, kinds: set[str], since: float, word: str = "") -> Told | None:
        """The first event of these kinds since a moment, whose text has a word in it."""
        found = (e for e in self.since(since) if e[1]["event"] in kinds)
        return next((e for e in found if word in e[1].get("text", "").lower()), None)

    def wait_for(
        self, kinds: set[str], since: float, seconds: float, word: str = ""
    ) -> Told | None:
        with self._changed:
            self._changed.wait_for(lambda: self.event(kinds, since, word) is not None, seconds)
        return self.event(kinds, since, word)

    @contextlib.contextmanager
    def stopped(self, process: int) -> Iterator[None]:
        with self._watchdog.paused():
            os.kill(process, signal.SIGSTOP)
            try:
                yield
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What is on disk, whatever the assistant says."""
        [path] = (self.home / "data").glob("*.db")
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()
