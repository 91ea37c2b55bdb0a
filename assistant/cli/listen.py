"""`assistant listen`."""

from assistant.cli.control import listen as command

__all__ = ["command"]
