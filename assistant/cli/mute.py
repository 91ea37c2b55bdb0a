"""`assistant mute`."""

from assistant.cli.control import mute as command

__all__ = ["command"]
