"""What the families of things that come due share: one store, and that "stop" ends what rings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from assistant import localtime
from assistant.half_of_day import like
from assistant.handlers.contract import Family, Request
from assistant.handlers.timekeeping.due_items import (
    DueItem,
    Kind,
    at_wall,
    first_wall,
    moved,
    next_wall,
)
from assistant.handlers.timekeeping.due_store import DueStore
from assistant.recurrence import Recurrence

MOST = 100
"""Items of each kind. A list of more cannot be listened to."""


class DueFamily(Family):
    def __init__(self, store: DueStore, now: Callable[[], dt.datetime] = localtime.now) -> None:
        """now: the aware local time."""
        self.store = store
        self._now = now

    def silence(self) -> None:
        self.store.over_ringing(self._now(), "timer", "alarm", "reminder")

    def silenced(self, request: Request) -> list[DueItem]:
        """What rang, and is ended by this; as it was."""
        return self.store.over_ringing(request.now, "timer", "alarm", "reminder")

    def close(self) -> None:
        self.store.close()

    def adding(
        self, request: Request, make: Callable[[], DueItem]
    ) -> tuple[Callable[[], object], Callable[[], object]]:
        """What adds an item, for `then`, and what takes it back, for `undo`."""
        added: list[DueItem] = []
        return lambda: added.append(make()), lambda: self.store.remove(added)

    def adding_all(self, items: list[DueItem]) -> tuple[Callable[[], object], Callable[[], object]]:
        """The same for several at once."""
        added: list[DueItem] = []
        return lambda: added.extend(self.store.put(items)), lambda: self.store.remove(added)

    def shifted(
        self, request: Request, item: DueItem, to: dt.time | None, to_when: dt.datetime | None
    ) -> DueItem:
        """An item at the time that was said; at its own day, unless another was said."""
        zone = request.now.tzinfo
        before = item.wall or item.due.astimezone(zone).replace(tzinfo=None)
        if to_when is not None:
            wall = to_when.astimezone(zone).replace(tzinfo=None, fold=0)
        else:
            assert to is not None
            wall = dt.datetime.combine(before.date(), like(to, before.time(), request.text))
        new = moved(item, wall, zone)
        if new.due > request.now:
            return new
        if item.rule:
            again = next_wall(item.rule, wall, request.now)
        else:
            again = wall + dt.timedelta(days=1)
        if again is None or (moving := moved(item, again, zone)).due <= request.now:
            raise request.error("That time has passed.", "Esa hora ya ha pasado.")
        return moving


def recurring_item(kind: Kind, repeat: Recurrence, text: str, request: Request) -> DueItem:
    """What recurs, waiting for its first time from now on.

    Raises FunctionError when there is none.
    """
    wall = first_wall(repeat, request.now)
    if wall is None:
        raise request.error("That never comes.", "Eso no llega nunca.")
    return at_wall(kind, wall, request.now.tzinfo, text, request.language, repeat.rule)
