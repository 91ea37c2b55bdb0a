"""The proof finds what is sent; that real turns send nothing is in tests/e2e/test_offline."""

import shutil
import socket
import subprocess
import sys

import pytest

from assistant.daemon import offline
from assistant.daemon.offline import Means, Step, means, read
from assistant.errors import AssistantError
from tests.cli.conftest import cli  # noqa: F401 - a fixture

STRACE = ["strace", "-f", "-qq", "-e", "trace=%network", "-s", "60"]


def traced(program, tmp_path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed (scripts/test installs it)")
    file = tmp_path / "calls"
    subprocess.run([*STRACE, "-o", str(file), sys.executable, "-c", program], check=True)
    return read(file.read_text().splitlines())


def test_lines():
    found = read(
        [
            "12 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3",
            '12 connect(3, {sa_family=AF_UNIX, sun_path="/run/pulse"}, 110) = 0',
            "12 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 4",
            "12 bind(4, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 0",
            "12 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 5",
            "--- SIGCHLD {si_signo=SIGCHLD} ---",
        ]
    )
    assert (found.calls, found.opened, found.local) == (5, 1, ("/run/pulse",))
    assert found.clean


@pytest.mark.parametrize(
    "line",
    [
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("1.1.1.1")}, 16)',
        '7 sendto(3, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(53)}, 28 <unfinished ...>',
        "connect(3, {sa_family=AF_INET, sin_port=htons(80)}, 16) = -1 ENETUNREACH",
        '7 connect(3, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42)',
        "7 sendmmsg(3, [{msg_hdr={msg_name={sa_family=AF_INET, sin_port=htons(53)}}}], 1, 0) = 1",
    ],
)
def test_what_is_sent_or_tried_is_found(line):
    assert read([line]).internet == (line,)


def test_a_real_connection_is_found_by_a_real_trace(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        found = traced(f"import socket; socket.create_connection(('127.0.0.1', {port}))", tmp_path)
    assert not found.clean and f"htons({port})" in found.internet[0]


def test_nothing_is_found_where_nothing_is_sent(tmp_path):
    found = traced("print('hello')", tmp_path)
    assert found.clean and found.opened == 0


def test_what_cannot_be_shown_is_told(monkeypatch):
    """A machine without strace, one that allows no namespaces, and one with neither."""
    assert Means("/bin/strace", ("unshare",)).missing == []
    assert "apt install strace" in Means("", ("unshare",)).missing[0]
    assert "namespaces" in Means("/bin/strace", ()).missing[0]
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(AssistantError, match=r"apt install strace.*namespaces"):
        means()


def test_the_evidence_as_it_is_printed(cli, monkeypatch):  # noqa: F811
    """Told step by step, and what is sent is shown, and fails it."""
    clean = read(['1 connect(3, {sa_family=AF_UNIX, sun_path="/run/pulse"}, 110) = 0'])
    sent = read(["1 connect(3, {sa_family=AF_INET, sin_port=htons(443)}, 16) = 0"])
    steps = [
        Step("a command", "traced", 0, "words\nIt's noon.", clean),
        Step("a command", "no network", 0, "It's noon."),
    ]
    monkeypatch.setattr(offline, "means", lambda: Means("", ("unshare",)))
    monkeypatch.setattr(offline, "prove", lambda *_, **__: iter(steps))
    done = cli("doctor", "--offline-proof")
    assert done.code == 0
    assert done.out.splitlines()[1:] == [
        "No calls are traced: strace is not installed (apt install strace).",
        "works   a command             traced      It's noon.",
        "        calls to the network 1, sockets of the internet 0, sent or connected 0",
        "        connected to /run/pulse on this machine",
        "works   a command             no network  It's noon.",
        "Nothing was sent anywhere.",
    ]
    steps.append(Step("language model", "traced", 0, "Blue.", sent))
    done = cli("doctor", "--offline-proof")
    assert done.code == 1 and "htons(443)" in done.out
    assert done.out.endswith("See above what was not as it should be.\n")
