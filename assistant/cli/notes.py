"""`assistant notes`."""

from assistant.cli.kept import notes as command

__all__ = ["command"]
