"""`assistant events`."""

from assistant.cli.control import events as command

__all__ = ["command"]
