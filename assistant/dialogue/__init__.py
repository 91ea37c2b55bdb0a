"""What spans turns: questions and their answers, references, corrections, several commands."""

from assistant.dialogue.lessons import Lessons
from assistant.dialogue.machine import Machine

__all__ = ["Lessons", "Machine"]
