"""What systemd is told, on a real datagram socket."""

import os
import socket

import pytest

from assistant.daemon.notify import Notifier


@pytest.fixture
def manager(tmp_path):
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver.bind(str(tmp_path / "notify"))
    receiver.settimeout(60)
    yield receiver
    receiver.close()


def environment(manager, **more):
    return {"NOTIFY_SOCKET": manager.getsockname(), **more}


def test_ready_status_and_end(manager):
    notifier = Notifier(environment(manager))
    notifier.ready()
    notifier.status("listening\nsecond line")
    notifier.stopping()
    got = [manager.recv(200) for _ in range(3)]
    assert got == [b"READY=1", b"STATUS=listening", b"STOPPING=1"]


def test_signs_of_life_four_times_as_often_as_asked_for(manager):
    now = [0.0]
    notifier = Notifier(
        environment(manager, WATCHDOG_USEC="8000000", WATCHDOG_PID=str(os.getpid())),
        now=lambda: now[0],
    )
    for step in range(100):
        now[0] = step * 0.1  # ten seconds of reads
        notifier.alive()
    manager.settimeout(0.1)
    got = []
    with pytest.raises(TimeoutError):
        while True:
            got.append(manager.recv(100))
    assert got == [b"WATCHDOG=1"] * 5


@pytest.mark.parametrize(
    "given", [{}, {"WATCHDOG_USEC": "8000000", "WATCHDOG_PID": "1"}, {"WATCHDOG_USEC": "soon"}]
)
def test_no_watchdog_for_us(manager, given):
    Notifier(environment(manager, **given)).alive()
    manager.settimeout(0.05)
    with pytest.raises(TimeoutError):
        manager.recv(100)


def test_an_abstract_address():
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver.bind("\0assistant-test")
    receiver.settimeout(60)
    Notifier({"NOTIFY_SOCKET": "@assistant-test"}).ready()
    assert receiver.recv(100) == b"READY=1"
    receiver.close()


def test_a_manager_that_is_gone_or_does_not_read_holds_nobody_up(manager):
    Notifier({"NOTIFY_SOCKET": "/nowhere/at/all"}).ready()
    Notifier({}).ready()
    notifier = Notifier(environment(manager))
    for _ in range(2000):
        notifier.ready()
