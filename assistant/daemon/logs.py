"""Where the log goes: stderr, with the levels of the journal where that reads it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping

LEVELS = {
    logging.DEBUG: 7,
    logging.INFO: 6,
    logging.WARNING: 4,
    logging.ERROR: 3,
    logging.CRITICAL: 2,
}
"""Of Python, as syslog has them (sd-daemon(3))."""


class _ForTheJournal(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        level = LEVELS.get(record.levelno, 6)
        # each line is a record of its own there
        return "\n".join(f"<{level}>{line}" for line in super().format(record).splitlines())


def begin(environment: Mapping[str, str] | None = None) -> None:
    """Warnings and worse to stderr; for the journal, with their levels instead of words.

    No line of the log holds what was said: the loop never gives any to it.
    """
    given = os.environ if environment is None else environment
    handler = logging.StreamHandler(sys.stderr)
    if "JOURNAL_STREAM" in given:
        handler.setFormatter(_ForTheJournal("%(name)s: %(message)s"))
    else:
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
