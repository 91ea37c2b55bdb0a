"""`assistant unmute`."""

from assistant.cli.control import unmute as command

__all__ = ["command"]
