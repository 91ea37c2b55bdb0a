"""`assistant status`."""

from assistant.cli.control import status as command

__all__ = ["command"]
