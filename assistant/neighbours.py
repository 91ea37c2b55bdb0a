"""Which addresses are near: those of this machine, and of networks of one's own."""

from __future__ import annotations

import ipaddress


def near(address: str) -> bool:
    """Whether an address is of this machine or of a private network; never all interfaces.

    A name is not looked up: only "localhost" is near.
    """
    try:
        found = ipaddress.ip_address("127.0.0.1" if address == "localhost" else address)
    except ValueError:
        return False
    # "::ffff:8.8.8.8" is 8.8.8.8, though all of ::ffff:0:0/96 counts as private before Python 3.13
    found = getattr(found, "ipv4_mapped", None) or found
    return (found.is_loopback or found.is_private) and not found.is_unspecified
