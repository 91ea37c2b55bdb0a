"""Where the log goes: stderr, with the levels of the journal where that reads it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping

from assistant.masking import Known, mask

LEVELS = {
    logging.DEBUG: 7,
    logging.INFO: 6,
    logging.WARNING: 4,
    logging.ERROR: 3,
    logging.CRITICAL: 2,
}
"""Of Python, as syslog has them (sd-daemon(3))."""


class _Masked(logging.Formatter):
    """No line of ours holds what was said; a library's may, or an error's that is told in full."""

    names: Callable[[], Known] = staticmethod(Known)
    on = True

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return mask(text, self.names()) if self.on else text


class _ForTheJournal(_Masked):
    def format(self, record: logging.LogRecord) -> str:
        return _leveled(super().format(record), record.levelno)


def with_level(text: str, level: int, environment: Mapping[str, str] | None = None) -> str:
    """Lines for stderr that are none of the log, as the journal reads their level; else as they
    are."""
    given = os.environ if environment is None else environment
    return _leveled(text, level) if "JOURNAL_STREAM" in given else text


def _leveled(text: str, level: int) -> str:
    """Each line is a record of its own there."""
    return "\n".join(f"<{LEVELS.get(level, 6)}>{line}" for line in text.splitlines())


def begin(
    environment: Mapping[str, str] | None = None,
    *,
    masked: bool = True,
    names: Callable[[], Known] = Known,
) -> None:
    """Warnings and worse to stderr; for the journal, with their levels instead of words. What is
    personal is masked, and whom this device knows of at that moment; `names` must not wait.

    No line of the log holds what was said: the loop never gives any to it.
    """
    given = os.environ if environment is None else environment
    handler = logging.StreamHandler(sys.stderr)
    formatter = (
        _ForTheJournal("%(name)s: %(message)s")
        if "JOURNAL_STREAM" in given
        else _Masked("%(levelname)s %(name)s: %(message)s")
    )
    formatter.on, formatter.names = masked, names
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
