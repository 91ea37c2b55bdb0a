"""What spans turns: questions and their answers, references, corrections, several commands."""

from assistant.dialogue.machine import Machine

__all__ = ["Machine"]
