"""What counts the connections of all tests (scripts/connections) sees them, with their senders."""

import os
import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from scripts._packets import Packet, read

ROOT = Path(__file__).parent.parent


def four(protocol, to, rest):
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(rest), 0, 0, 64, protocol, 0)
    return head + bytes(4) + socket.inet_aton(to) + rest


def six(protocol, to, rest):
    head = struct.pack("!IHBB", 6 << 28, len(rest), protocol, 64)
    return head + bytes(16) + socket.inet_pton(socket.AF_INET6, to) + rest


ASKED = bytes(12) + b"\7example\3org\0" + struct.pack("!HH", 1, 1)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (four(6, "1.1.1.1", struct.pack("!HH", 40_000, 443) + bytes(16)),
         Packet("TCP", "1.1.1.1", 443, 40_000)),
        (four(17, "9.9.9.9", struct.pack("!HHHH", 5, 53, 0, 0) + ASKED),
         Packet("UDP", "9.9.9.9", 53, 5, "example.org")),
        (six(17, "2001:db8::9", struct.pack("!HHHH", 5, 9, 0, 0)),
         Packet("UDP", "2001:db8::9", 9, 5)),
        (four(1, "1.1.1.1", b"\x08\0\0\0"), Packet("ICMP", "1.1.1.1")),
        (six(58, "2001:db8::9", b"\x80\0\0\0"), Packet("ICMPv6", "2001:db8::9")),
        (four(132, "1.1.1.1", b""), Packet("protocol 132", "1.1.1.1")),
        (six(58, "ff02::2", b"\x85\0\0\0"), None),  # the kernel looks for a router
        (six(0, "ff02::16", bytes([58, 0]) + bytes(6) + b"\x8f\0\0\0"), None),  # and for groups
    ],
)  # fmt: skip
def test_packets(raw, expected):
    assert read(raw) == expected


@pytest.mark.parametrize("question", [b"", b"\xff", b"\7exa", b"\3a\xffb\0"])
def test_a_damaged_question_is_a_packet_as_well(question):
    raw = four(17, "9.9.9.9", struct.pack("!HHHH", 5, 53, 0, 0) + bytes(12) + question)
    assert read(raw).port == 53


def counting(program):
    """scripts/connections about a program of Python: (code, what it prints)."""
    if shutil.which("unshare") is None or not os.access("/dev/net/tun", os.R_OK | os.W_OK):
        pytest.skip("a network of its own cannot be made here")
    user = [] if os.geteuid() == 0 else ["-r"]
    made = subprocess.run(["unshare", *user, "--net", "--mount", "true"], check=False)
    if made.returncode:
        pytest.skip("a network of its own is not allowed here")
    script = [sys.executable, "scripts/_connections.py", "--command", sys.executable, "-c", program]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_what_reaches_out_is_counted_with_its_program():
    code, told = counting(
        "import socket\n"
        "for kind in (socket.SOCK_STREAM, socket.SOCK_STREAM, socket.SOCK_DGRAM):\n"
        "    one = socket.socket(socket.AF_INET, kind); one.setblocking(False)\n"
        "    one.connect_ex(('203.0.113.5', 443))\n"
        "    kind == socket.SOCK_DGRAM and one.send(b'x')\n"
        "try: socket.getaddrinfo('leaks.invalid', 80)\n"
        "except OSError: pass\n"
    )
    assert code == 1
    assert "connections attempted to other machines: 4" in told, told
    assert "x TCP to 203.0.113.5 port 443, by " in told
    assert "UDP to 203.0.113.5 port 443, by " in told
    assert "port 53 for leaks.invalid, by " in told


def test_loopback_is_no_other_machine_and_the_code_is_passed_on():
    code, told = counting(
        "import socket, sys\n"
        "with socket.create_server(('127.0.0.1', 0)) as server:\n"
        "    socket.create_connection(server.getsockname()).close()\n"
        "sys.exit(7)\n"
    )
    assert code == 7
    assert "connections attempted to other machines: 0" in told, told
