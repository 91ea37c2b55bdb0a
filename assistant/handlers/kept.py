"""The families whose things are kept in the user's database, and dictation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from assistant.handlers.alarms import Alarms
from assistant.handlers.contract import Family
from assistant.handlers.dictation import Dictation
from assistant.handlers.due_store import DueStore
from assistant.handlers.later import Later
from assistant.handlers.lists import Lists
from assistant.handlers.notebook import Notebook
from assistant.handlers.notes import Notes
from assistant.handlers.reminders import Reminders
from assistant.handlers.timers import Timers


def kept(database: Path, now: Callable[[], dt.datetime]) -> list[Family]:
    """now: the aware local time."""
    due, book = DueStore(database), Notebook(database)
    return [
        Timers(due, now),
        Alarms(due, now),
        Reminders(due, now),
        Later(due, now),
        Lists(book),
        Notes(book),
        Dictation(),
    ]
