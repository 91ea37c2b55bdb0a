"""Message buses of their own for tests: a real session bus and a real system bus.

    def test_it(buses):
        with buses.session.mock("org.example.Lamp", "/lamp", "org.example.Lamp") as lamp:
            lamp.properties("org.example.Lamp", On=("b", False))
            lamp.method("org.example.Lamp", "Blink", "u", "s", 'ret = "blinked %d" % args[0]')
            ...                                   # the code under test finds it by the environment
            assert lamp.calls("Blink") == [(3,)]

`mock` is python-dbusmock, in a process of its own: for services that cannot run here. Programs
that bring a service of their own are started with `buses.env`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.handlers import bus

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>{kind}</type>
  <listen>unix:path={folder}/{kind}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{folder}/{kind}-services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    <deny send_destination="org.example.Forbidden"/>
  </policy>
</busconfig>
"""
MOCK = "org.freedesktop.DBus.Mock"
MOCK_PROGRAM = ["/usr/bin/python3", "-m", "dbusmock"]  # Debian's own, with its compiled bindings
MOCK_FOLDER = Path("/usr/lib/python3/dist-packages/dbusmock")


class Mock:
    """A service of python-dbusmock."""

    def __init__(self, daemon: Daemon, name: str, path: str) -> None:
        self._daemon, self._name, self.path = daemon, name, path

    def _tell(self, member: str, signature: str, *values: Any, path: str = "") -> tuple[Any, ...]:
        with self._daemon.connect() as connection:
            return connection.call(
                self._name, path or self.path, MOCK, member, signature, *values, start=False
            )

    def object(self, path: str, interface: str, **properties: tuple[str, Any]) -> None:
        """A further object, with its properties as pairs of signature and value."""
        self._tell("AddObject", "ssa{sv}a(ssss)", path, interface, properties, [])

    def properties(self, interface: str, *, path: str = "", **values: tuple[str, Any]) -> None:
        self._tell("AddProperties", "sa{sv}", interface, values, path=path)

    def method(
        self, interface: str, name: str, takes: str, gives: str, code: str, *, path: str = ""
    ) -> None:
        """A method. In `code`, `args` is what it is called with and `ret` what it returns."""
        self._tell("AddMethod", "sssss", interface, name, takes, gives, code, path=path)

    def calls(self, method: str, *, path: str = "") -> list[tuple[Any, ...]]:
        """What a method was called with, each time."""
        return [
            tuple(values) for _, values in self._tell("GetMethodCalls", "s", method, path=path)[0]
        ]


class Daemon:
    """One bus."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.kind = kind
        self.socket = folder / kind
        self.services = folder / f"{kind}-services"  # what may be started when it is called
        self.services.mkdir()
        self._config = folder / f"{kind}.conf"
        self._config.write_text(CONFIG.format(kind=kind, folder=folder))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"unix:path={self.socket}"

    def start(self) -> None:
        command = ["dbus-daemon", f"--config-file={self._config}", "--nofork", "--nopidfile"]
        self._process = subprocess.Popen([*command, "--print-address=1"], stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert self._process.stdout.readline(), "dbus-daemon does not start"

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None
        self.socket.unlink(missing_ok=True)

    def restart(self) -> None:
        self.kill()
        self.start()

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """The daemon is there and answers nobody."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def connect(self) -> contextlib.AbstractContextManager[bus.Bus]:
        """A connection of the test itself, which has time."""
        return (bus.session if self.kind == "session" else bus.system)(patience=60)

    def wait_for(self, name: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        with self.connect() as connection:
            while name not in connection.names():
                assert time.monotonic() < deadline, f"{name} does not come"
                time.sleep(0.01)

    @contextlib.contextmanager
    def mock(self, name: str, path: str, interface: str) -> Iterator[Mock]:
        """A mocked service with one object, while the block runs."""
        if not MOCK_FOLDER.is_dir():
            pytest.skip("python-dbusmock is not installed (apt install python3-dbusmock)")
        process = subprocess.Popen(
            [*MOCK_PROGRAM, f"--{self.kind}", name, path, interface],
            stdout=subprocess.DEVNULL,
        )
        try:
            self.wait_for(name)
            yield Mock(self, name, path)
        finally:
            process.kill()
            process.wait()


class Buses:
    """Both buses, and what a child process needs to find them."""

    def __init__(self, folder: Path) -> None:
        self.session = Daemon(folder, "session")
        self.system = Daemon(folder, "system")
        self.env = {
            "DBUS_SESSION_BUS_ADDRESS": self.session.address,
            "DBUS_SYSTEM_BUS_ADDRESS": self.system.address,
        }


@pytest.fixture
def buses() -> Iterator[Buses]:
    """Fresh buses, as those of this process and of its children."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed (apt install dbus-daemon)")
    # A short path: the address of a Unix socket has at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="bus-") as folder, pytest.MonkeyPatch.context() as env:
        made = Buses(Path(folder))
        for name, value in made.env.items():
            env.setenv(name, value)
        try:
            made.session.start()
            made.system.start()
            yield made
        finally:
            made.session.kill()
            made.system.kill()


@pytest.fixture
def no_buses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any message bus, such as a container."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/no-session")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/no-system")


def environment() -> dict[str, str]:
    """Of a child process that must not find the user's own things."""
    return {name: text for name, text in os.environ.items() if not name.startswith("XDG_")}
