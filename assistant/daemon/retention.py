"""What is older than the user wants it kept goes by itself, once a day while the program runs."""

from __future__ import annotations

import logging
import operator
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from assistant import localtime
from assistant.assemble import Engines
from assistant.caches import WORDS, erase_caches
from assistant.errors import AssistantError
from assistant.handlers import Family
from assistant.settings import Config
from assistant.trace import TraceLog

log = logging.getLogger(__name__)

LOOK_EVERY = 60.0
"""Seconds between looks whether it is another day; also after a sleep, or when the clock was set.
The first is that long after the start, which has other things to do."""


class Retention:
    """now: the aware local time."""

    def __init__(self, now: Callable[[], datetime] = localtime.now) -> None:
        self._now = now
        self._done: object = None
        self._looked_at: float | None = None

    def look(self, monotonic: float, engines: Engines | None, config: Config | None) -> None:
        """To be called often, by one thread. Waits for nothing: what is to be done is done by the
        thread of the functions, between two of them."""
        if self._looked_at is None:
            self._looked_at = monotonic
        if monotonic - self._looked_at < LOOK_EVERY:
            return
        self._looked_at = monotonic
        if engines is None or config is None:  # it goes on to other settings just now
            return
        now = self._now()
        today = now.date(), config.keep, config.trace
        if self._done == today:
            return
        self._done = today
        families = engines.functions.families
        engines.stages.actor.start(lambda _: erase(families, config, now))


def erase(families: Iterable[Family], config: Config, now: datetime) -> dict[str, int]:
    """Erase what is too old; how many of each family. What cannot be erased, as the keyring is
    locked say, is told in the log, and tried again tomorrow."""
    erased: dict[str, int] = {}
    keep = config.keep
    limits = {"notes": keep.notes_days, "lists": keep.lists_days, "memory": keep.memory_days}
    for family in families:
        if not (days := limits.get(family.name, 0)):
            continue
        older = partial(operator.gt, now - timedelta(days=days))
        try:
            erased[family.name] = family.shred(older)
        except AssistantError as error:
            log.warning("keep.%s_days: %s", family.name, error)
    if any(erased.values()):
        erase_caches(WORDS)
    try:
        TraceLog(config.trace).forget_old()
    except AssistantError as error:
        log.warning("trace.days: %s", error)
    return erased
