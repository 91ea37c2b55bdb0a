"""`assistant lists`."""

from assistant.cli.kept import lists as command

__all__ = ["command"]
