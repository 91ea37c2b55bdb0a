"""`assistant stop`."""

from assistant.cli.control import stop as command

__all__ = ["command"]
