"""`assistant reload`."""

from assistant.cli.control import reload as command

__all__ = ["command"]
