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
    return (found.is_loopback or found.is_private) and not found.is_unspecified
