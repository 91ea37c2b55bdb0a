"""What scripts/connections runs: all tests, where each packet for another machine is counted.

They run in a network of their own: a loopback, and beside it one interface with a way to
everywhere, of which we hold the other end (TUN). Names are looked up there, too. So whoever tries
to reach anything, by whatever library or program, sends a packet that comes to us: it is counted,
with the program that sent it and the test that was on, and never answered.

Before the tests three packets are sent on purpose: what does not see these proves nothing. A test
that runs a part of the program in a network of its own (`assistant doctor --offline-proof` does)
is not seen there; the kernel's account of its system calls is what that test looks at.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from scripts import _packets, _test_on  # noqa: E402

INTERFACE = "out0"
V4, V6 = "192.0.2.2", "2001:db8::2"
"""Ours: addresses that are kept for documentation (RFC 5737, RFC 3849)."""
NAMES_AT = "192.0.2.53"
ELSEWHERE, ELSEWHERE_6, NOBODY = "198.51.100.7", "2001:db8:1::7", "counted.invalid"
_TUNSETIFF, _IFF_TUN, _IFF_NO_PI = 0x400454CA, 0x0001, 0x1000  # of linux/if_tun.h
RESOLVERS = ("/run/systemd/resolve", "/run/nscd", "/var/run/nscd", "/run/avahi-daemon")
"""Folders of sockets by which names could be looked up past our network."""
SEEN_WITHIN, SETTLES = 5.0, 1.0  # seconds: for packets on purpose, and for the last ones of all


@dataclass
class Counted:
    """attempts: packets by what they have in common, and whose they were."""

    attempts: dict[tuple[str, str, int, int], str] = field(default_factory=dict)
    packets: int = 0
    own: int = 0
    """Of the kernel itself, which looks for neighbours."""


class Outside:
    """The other end of the interface."""

    def __init__(self, test_on: Path) -> None:
        self.counted = Counted()
        self._test_on = test_on
        self._device = os.open("/dev/net/tun", os.O_RDWR | os.O_CLOEXEC)
        wanted = struct.pack("16sH22x", INTERFACE.encode(), _IFF_TUN | _IFF_NO_PI)
        fcntl.ioctl(self._device, _TUNSETIFF, wanted)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            packet = _packets.read(os.read(self._device, 65_536))
            if packet is None:
                self.counted.own += 1
                continue
            self.counted.packets += 1
            if packet.attempt not in self.counted.attempts:
                self.counted.attempts[packet.attempt] = self._told(packet)

    def lacks(self, wanted: set[str]) -> set[str]:
        """What stands in no line of those that were seen."""
        lines = [*self.counted.attempts.values()]
        return {part for part in wanted if not any(part in line for line in lines)}

    def _told(self, packet: _packets.Packet) -> str:
        what = f"{packet.protocol} to {packet.to}" + f" port {packet.port}" * bool(packet.port)
        what += f" for {packet.asks}" if packet.asks else ""
        test = self._test_on.read_text() if self._test_on.exists() else ""
        return f"{what}, by {sender(packet) or 'a program that has ended'}, in {test or 'no test'}"


def sender(packet: _packets.Packet) -> str:
    """The command of the process that holds the socket, by the tables of the kernel."""
    wanted = f":{packet.own_port:04X}"
    found = set()
    for table in ("", "6"):
        with contextlib.suppress(OSError):
            rows = Path(f"/proc/net/{packet.protocol.lower()}{table}").read_text().splitlines()
            for words in map(str.split, rows):
                if words[1].endswith(wanted):
                    found.add(f"socket:[{words[9]}]")
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            if str(descriptor.readlink()) in found:
                command = (descriptor.parent.parent / "cmdline").read_bytes()
                return command.replace(b"\0", b" ").decode("utf-8", "replace").strip()[:200]
    return ""


def lay_out(place: Path) -> None:
    """Ways to everywhere, and names that are looked up there. Only loopback answers."""
    quiet = Path(f"/proc/sys/net/ipv6/conf/{INTERFACE}")
    for name in ("accept_ra", "router_solicitations", "accept_dad", "dad_transmits"):
        with contextlib.suppress(OSError):
            (quiet / name).write_text("0")
    with contextlib.suppress(OSError):
        (quiet / "addr_gen_mode").write_text("1")  # else it makes itself one, and tells of it
    for line in (
        "link set lo up",
        f"link set {INTERFACE} up",
        f"addr add {V4}/24 dev {INTERFACE}",
        f"route add default dev {INTERFACE}",
    ):
        subprocess.run(["ip", *line.split()], check=True)
    if quiet.is_dir():
        for line in (
            f"-6 addr add {V6}/64 dev {INTERFACE} nodad",
            f"-6 route add default dev {INTERFACE}",
        ):
            subprocess.run(["ip", *line.split()], check=False)
    for folder in RESOLVERS:
        if Path(folder).is_dir():
            _mount("-t", "tmpfs", "none", folder)
    names = place / "resolv.conf"
    names.write_text(f"nameserver {NAMES_AT}\noptions timeout:1 attempts:1\n")
    target = Path("/etc/resolv.conf").resolve()
    if target.exists():
        _mount("--bind", str(names), str(target))
    else:  # it was in one of these folders
        shutil.copy(names, target)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def on_purpose(outside: Outside) -> None:
    """Send one packet each by TCP, UDP and for a name. SystemExit where one is not seen: then
    nothing is proved."""
    families = {socket.AF_INET: ELSEWHERE}
    if Path("/proc/net/if_inet6").exists() and INTERFACE in Path("/proc/net/if_inet6").read_text():
        families[socket.AF_INET6] = ELSEWHERE_6
    for family, to in families.items():
        with socket.socket(family, socket.SOCK_STREAM) as stream:
            stream.setblocking(False)
            stream.connect_ex((to, 443))
        with socket.socket(family, socket.SOCK_DGRAM) as datagram:
            datagram.sendto(b"?", (to, 9))
    with contextlib.suppress(OSError):
        socket.getaddrinfo(NOBODY, 443)
    wanted = {f"{protocol} to {to} " for protocol in ("TCP", "UDP") for to in families.values()}
    wanted.add(f"for {NOBODY}")
    deadline = time.monotonic() + SEEN_WITHIN
    while time.monotonic() < deadline and (left := outside.lacks(wanted)):
        time.sleep(0.05)
    if left:
        raise SystemExit(f"Sent on purpose and not seen: {sorted(left)}. This proves nothing.")
    print(f"sent on purpose and seen: {', '.join(sorted(wanted))}", flush=True)
    outside.counted = Counted()


def inside(command: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="connections-") as name:
        place = Path(name)
        test_on = place / "test"
        outside = Outside(test_on)
        lay_out(place)
        on_purpose(outside)
        began = time.monotonic()
        environment = {**os.environ, _test_on.WHERE: str(test_on)}
        with ended_with_us(command, environment) as process:
            code = process.wait()
        time.sleep(SETTLES)
        return told(outside.counted, code, time.monotonic() - began)


@contextlib.contextmanager
def ended_with_us(
    command: Sequence[str], environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def told(counted: Counted, code: int, seconds: float) -> int:
    """Print what was seen; 0 where nothing was, and the command ended well."""
    print(f"\n{seconds / 60:.1f} minutes; the command ended with code {code}")
    print(f"connections attempted to other machines: {len(counted.attempts)}")
    print(f"packets: {counted.packets}, and {counted.own} of the kernel itself")
    for line, times in Counter(counted.attempts.values()).most_common():
        print(f"  {times} x {line}")
    return code or (1 if counted.attempts else 0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--command", nargs=argparse.REMAINDER, help="a program instead of tests")
    given, rest = parser.parse_known_args()
    if given.inside:
        return inside(given.command)
    tests = [sys.executable, "-m", "pytest", "-p", "scripts._test_on", *rest]
    root = [] if os.geteuid() == 0 else ["-r"]
    ours = [sys.executable, str(Path(__file__)), "--inside", "--command"]
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
        raise SystemExit("/dev/net/tun cannot be used: load the module tun, or run this as root.")
    return subprocess.run(
        ["unshare", *root, "--net", "--mount", *ours, *(given.command or tests)], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
