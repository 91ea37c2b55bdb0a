"""Services of the machine that cannot run here, by the templates of python-dbusmock.

with template(buses.system, "logind", "/org/freedesktop/login1", CanPowerOff="no") as logind:
    logind.tell("AddUser", "usb", 1000, "ana", True)
"""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.bus import MOCK, MOCK_FOLDER, MOCK_PROGRAM, Daemon, Mock

NAMES = {
    "logind": "org.freedesktop.login1",
    "networkmanager": "org.freedesktop.NetworkManager",
    "bluez5": "org.bluez",
}


class Service(Mock):
    def __init__(self, daemon: Daemon, name: str, path: str) -> None:
        super().__init__(daemon, name, path)
        self.daemon, self.name = daemon, name

    def tell(
        self, member: str, signature: str, *values: Any, interface: str = MOCK, path: str = ""
    ) -> Any:
        """Call what the template adds for tests; what it returns, if that is one value."""
        with self.daemon.connect() as connection:
            found = connection.call(
                self.name, path or self.path, interface, member, signature, *values
            )
        return found[0] if found else None

    def get(self, path: str, interface: str, name: str) -> Any:
        with self.daemon.connect() as connection:
            return connection.object(self.name, path).get(interface, name)

    def set(self, path: str, interface: str, name: str, signature: str, value: Any) -> None:
        with self.daemon.connect() as connection:
            connection.object(self.name, path).set(interface, name, signature, value)


@contextlib.contextmanager
def template(daemon: Daemon, kind: str, path: str, **parameters: Any) -> Iterator[Service]:
    """The service of a template of python-dbusmock, its main object at `path`."""
    if not MOCK_FOLDER.is_dir():
        pytest.skip("python-dbusmock is not installed (apt install python3-dbusmock)")
    process = subprocess.Popen(
        [*MOCK_PROGRAM, f"--{daemon.kind}", "--template", kind,
         "--parameters", json.dumps(parameters)],
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        daemon.wait_for(NAMES[kind])
        yield Service(daemon, NAMES[kind], path)
    finally:
        process.kill()
        process.wait()
