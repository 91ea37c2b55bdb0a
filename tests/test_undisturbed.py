"""A test of real time is tried again only where the machine was late."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.undisturbed import LATE, Pulse

CONFTEST = """
from tests import undisturbed
from tests.undisturbed import pytest_runtest_protocol

lates = iter({lates})

class Pulse:
    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.late = next(lates)

undisturbed.Pulse, undisturbed.TRIES = Pulse, 2

def pytest_configure(config):
    config.addinivalue_line("markers", "real_time: ...")
"""
TEST = """
import pytest

marks = []

@pytest.fixture
def made():
    marks.append("made")
    yield
    marks.append("gone")

@pytest.mark.real_time
def test_it(made):
    assert len(marks) >= {works}
"""


@pytest.mark.parametrize(
    ("works", "lates", "outcome"),
    [
        (1, [9], "1 passed"),  # at once, however late the machine was
        (3, [9, 0.001], "1 passed"),  # with its fixtures made anew
        (3, [0.001], "1 failed"),  # the machine kept time
        (99, [9, 9], "1 failed"),  # never excused
        (99, [9, 0.001], "1 failed"),
    ],
)
def test_tries(tmp_path, works, lates, outcome):
    (tmp_path / "conftest.py").write_text(CONFTEST.format(lates=lates))
    (tmp_path / "pytest.ini").touch()
    (tmp_path / "test_it.py").write_text(TEST.format(works=works))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--rootdir=.", "-c", "pytest.ini", "test_it.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1].startswith(outcome), done.stdout + done.stderr


def test_who_is_stopped_is_late():
    with Pulse() as pulse:
        time.sleep(0.1)
        os.kill(pulse._process.pid, signal.SIGSTOP)
        time.sleep(0.2)
        os.kill(pulse._process.pid, signal.SIGCONT)
        time.sleep(0.1)
    assert pulse.late > LATE
