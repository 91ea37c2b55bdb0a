"""Sound in real time, on a machine that may stand still.

A test that records what a real server plays fails where the machine stops for a second, or gives
its processors to others, and says nothing of the assistant then. Such a test is tried again, but
only when this machine did not keep time while it failed. It fails where it fails each time, and
the summary names those that were tried again:

    @pytest.mark.real_time
    def test_stop_does_not_click(sound): ...
"""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from _pytest.runner import runtestprotocol

TRIES = 3
LATE = 0.02
"""Seconds, a block of sound: who is later than that to do what takes a millisecond is disturbed."""
again: dict[str, int] = {}
"""How often, by the name of the test."""

SHARE = 0.05
"""Of the time, for which our threads together may wait for a processor."""

# Sleeps and computes by turns; tells at the end by how much it was ever late, or for how long the
# threads of its parent waited for a processor, beyond SHARE.
PULSE = """
import glob, os, select, sys, time

def waited():
    found = {}
    for file in glob.glob(f"/proc/{os.getppid()}/task/*/schedstat"):
        try:
            found[file] = int(open(file).read().split()[1]) / 1e9
        except (OSError, IndexError):  # it has just ended
            pass
    return found

worst, started, before = 0.0, time.monotonic(), waited()
print(worst, flush=True)
while not select.select([sys.stdin], [], [], 0)[0]:
    began, spent = time.monotonic(), time.thread_time()
    time.sleep(0.01)
    until = time.thread_time() + 0.0005
    while time.thread_time() < until:
        pass
    took = time.monotonic() - began - 0.01 - (time.thread_time() - spent)
    worst = max(worst, took)
delay = sum(seconds - before.get(file, 0.0) for file, seconds in waited().items())
print(max(worst, delay - float(sys.argv[1]) * (time.monotonic() - started)))
"""


class Pulse:
    """Whether the machine keeps time while inside: a process of its own looks."""

    def __enter__(self) -> Pulse:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-W", "ignore", "-c", PULSE, str(SHARE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()  # it looks
        return self

    def __exit__(self, *_: object) -> None:
        worst, _none = self._process.communicate()
        self.late = float(worst)  # seconds


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Try a test of real time again, with its fixtures, when it failed and the machine was late;
    it fails when the machine was not."""
    if item.get_closest_marker("real_time") is None:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for number in range(TRIES):
        if number:
            time.sleep(number)  # whoever needs the processors may be done soon
            again[item.nodeid] = number
            item._initrequest()  # type: ignore[attr-defined]
        with Pulse() as pulse:
            reports = runtestprotocol(item, nextitem=nextitem, log=False)
        if pulse.late < LATE or not any(report.failed for report in reports):
            break
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


REAL = {"sound", "buses", "broker", "manager"}
"""Fixtures that are real servers, with which the product has so much patience and no more."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if REAL & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.real_time)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, times in again.items():
        terminalreporter.write_line(f"tried again {times} x, the machine did not keep time: {name}")
