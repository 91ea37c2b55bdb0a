"""What a packet is: who it was to, and by which protocol. Pure."""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Iterator
from dataclasses import dataclass

TCP, UDP, ICMP, ICMP_6 = 6, 17, 1, 58
_NAMES = {TCP: "TCP", UDP: "UDP", ICMP: "ICMP", ICMP_6: "ICMPv6"}
_HOP_BY_HOP = 0
_NEIGHBOURS = {*range(130, 138), 143}
"""Kinds of ICMPv6 by which a kernel looks for its neighbours, whatever the programs do."""
_DNS = 53


@dataclass(frozen=True, slots=True)
class Packet:
    """port, own_port: 0 where the protocol has none. asks: the name that is asked for, in DNS."""

    protocol: str
    to: str
    port: int = 0
    own_port: int = 0
    asks: str = ""

    @property
    def attempt(self) -> tuple[str, str, int, int]:
        """The same for all packets of one attempt: what gets no answer is sent again."""
        return self.protocol, self.to, self.port, self.own_port


def read(raw: bytes) -> Packet | None:
    """The packet that the kernel sends out of an interface; None for one of its own accord."""
    number, to, rest = _unwrapped(raw)
    if number == ICMP_6 and rest[:1] and rest[0] in _NEIGHBOURS:
        return None
    name = _NAMES.get(number, f"protocol {number}")
    if number not in (TCP, UDP) or len(rest) < 4:
        return Packet(name, to)
    own, port = struct.unpack_from("!HH", rest)
    asks = ".".join(_labels(rest[8 + 12 :])) if number == UDP and port == _DNS else ""
    return Packet(name, to, port, own, asks)


def _unwrapped(raw: bytes) -> tuple[int, str, bytes]:
    """The number of the protocol, who it is for, and what is in it."""
    if raw[0] >> 4 == 4:
        return raw[9], str(ipaddress.IPv4Address(raw[16:20])), raw[4 * (raw[0] & 15) :]
    number, rest = raw[6], raw[40:]
    if number == _HOP_BY_HOP and len(rest) > 8:
        number, rest = rest[0], rest[8 * (rest[1] + 1) :]
    return number, str(ipaddress.IPv6Address(raw[24:40])), rest


def _labels(question: bytes) -> Iterator[str]:
    at = 0
    while at < len(question) and (length := question[at]):
        yield question[at + 1 : at + 1 + length].decode("ascii", "replace")
        at += 1 + length
