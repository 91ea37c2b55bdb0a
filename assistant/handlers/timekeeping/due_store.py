"""What comes due, on disk: timers, alarms, reminders, commands for later, in one table.

What is to become of an item is decided in `due_items`; here that becomes a transaction.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from assistant import localtime
from assistant.handlers.database import Database
from assistant.handlers.timekeeping import due_items
from assistant.handlers.timekeeping.due_items import KEPT, DueItem, Kind
from assistant.handlers.timekeeping.due_rows import item_of, prepare, write
from assistant.localtime import Ticks

_OVERDUE = "state = 'running' AND due <= ?"
_AMONG = "id IN (SELECT value FROM json_each(?))"
_ORDER = "ORDER BY state = 'paused', due, id"

Change = Callable[[DueItem], "DueItem | None"]


class DueStore:
    """All that comes due. Any thread may call; every method raises StorageError when the disk
    fails.

    Another process may change it too: its changes are seen, but `on_change` is not called.
    """

    def __init__(self, path: Path, ticks: Callable[[], Ticks] = localtime.ticks) -> None:
        """ticks: a clock that nobody sets."""
        self.path = path
        self.on_change: Callable[[], object] = lambda: None
        """Called after each change, by the thread that made it: `next_due` may be another now."""
        self._ticks = ticks
        self._database = Database(path, "The timers and alarms", prepare)

    # -- looking ------------------------------------------------------------------------------

    def all(self, *kinds: Kind) -> list[DueItem]:
        """What runs, is paused or rings, of these kinds (none: of all); the soonest first, the
        paused ones last."""
        found = self._read("state != 'missed'")
        return [item for item in found if not kinds or item.kind in kinds]

    def ringing(self) -> list[DueItem]:
        """What was due and is not over yet."""
        return self._read("state = 'ringing'")

    def missed(self) -> list[DueItem]:
        """What rang and nobody answered, in the last day."""
        return self._read("state = 'missed'")

    def overdue(self, now: dt.datetime) -> list[DueItem]:
        """What has come due and is not marked so yet: the disk may be full."""
        return self._read(_OVERDUE, values=(now.timestamp(),))

    def next_due(self) -> dt.datetime | None:
        """When the next will be due: aware, UTC; it may have passed already."""
        found = self._read("state = 'running'", "ORDER BY due LIMIT 1")
        return found[0].due if found else None

    # -- adding, and changing one -------------------------------------------------------------

    def start(
        self, kind: Kind, length: dt.timedelta, now: dt.datetime, text: str, language: str
    ) -> DueItem:
        """Add what is due when `length` has passed."""
        return self.add(self.after(kind, length, now, text, language))

    def after(
        self, kind: Kind, length: dt.timedelta, now: dt.datetime, text: str, language: str
    ) -> DueItem:
        """The same, not stored yet."""
        return due_items.after_length(kind, length, now, self._ticks(), text, language)

    def add(self, item: DueItem) -> DueItem:
        return self.put([item])[0]

    def put(self, items: Iterable[DueItem]) -> list[DueItem]:
        """Store items: new ones, or, to take a change back, ones as they were."""
        with self._database.changing() as connection:
            stored = [write(connection, item) for item in items]
        self.on_change()
        return stored

    def remove(self, items: Iterable[DueItem]) -> None:
        """Remove items; what is gone already stays gone."""
        self._change(_AMONG, (_json(item.id for item in items),), lambda _: None)

    def over(self, id: int, now: dt.datetime) -> bool:
        """It was heard: removed, or set to its next time. False when there is none of that id."""
        return bool(self._change("id = ?", (id,), lambda item: due_items.over(item, now)))

    def over_ringing(self, now: dt.datetime, *kinds: Kind) -> list[DueItem]:
        """End all that ring, of these kinds (none: of all); gives them as they were."""
        return self._change(
            "state = 'ringing'", (), lambda item: due_items.over(item, now), kinds=kinds
        )

    def unheard(self, id: int, now: dt.datetime) -> None:
        """It rang long enough, and nobody answered."""
        with self._database.changing() as connection:
            for item in _rows(connection, "id = ? AND state = 'ringing'", (id,)):
                write(connection, due_items.unheard(item))
                _replace(connection, item, due_items.over(item, now))
        self.on_change()

    def skip(self, ids: Iterable[int], day: dt.date | None, now: dt.datetime) -> None:
        """Leave out a day, or the next time; what does not recur is removed."""
        self._change(_AMONG, (_json(ids),), lambda item: due_items.skipped(item, day, now))

    def snooze(self, items: Iterable[DueItem], by: dt.timedelta, now: dt.datetime) -> list[DueItem]:
        ids = _json(item.id for item in items)
        ticks = self._ticks()
        return self._change(
            _AMONG,
            (ids,),
            lambda item: due_items.snoozed(item, by, now, ticks),
        )

    def pause(self, id: int, now: dt.datetime) -> None:
        self._change("id = ?", (id,), lambda item: due_items.paused(item, now))

    def resume(self, id: int, now: dt.datetime) -> None:
        ticks = self._ticks()
        self._change("id = ?", (id,), lambda item: due_items.resumed(item, now, ticks))

    def extend(self, id: int, by: dt.timedelta, now: dt.datetime) -> DueItem | None:
        """Add to what is left, or take from it; one that rings runs again from `now`.

        None when there is no such item, or less was left than `by` takes.
        """
        ticks, made = self._ticks(), []

        def longer(item: DueItem) -> DueItem:
            changed = due_items.extended(item, by, now, ticks)
            made.append(changed)
            return changed or item

        self._change("id = ?", (id,), longer)
        return made[0] if made else None

    # -- as time goes by ----------------------------------------------------------------------

    def due(self, now: dt.datetime) -> list[DueItem]:
        """What has come due since the last call. Each is given once; it rings from now on, until
        it is over, also after a restart (see `ringing`)."""
        moment = now.timestamp()
        if not self.overdue(now):
            return []
        rung = self._change(_OVERDUE, (moment,), lambda item: due_items.rung(item, now))
        return [due_items.rung(item, now) for item in rung]

    def follow(self, now: dt.datetime) -> None:
        """Told often: the clock may have been set, or the zone changed; and what was missed more
        than a day ago is forgotten."""
        ticks = self._ticks()
        old = now.astimezone(dt.UTC) - KEPT
        items = self._read("state IN ('running', 'missed')")
        if any(_after_following(item, now, ticks, old) != item for item in items):
            self._change(
                "state IN ('running', 'missed')",
                (),
                lambda item: _after_following(item, now, ticks, old),
            )

    def shred(self, which: Callable[[dt.datetime], bool]) -> int:
        """Erase what was set at these times, whatever it waits for, so that the file does not hold
        it either; how many. What is of an earlier version counts as of long ago."""
        with self._database.changing() as connection:
            rows = connection.execute("SELECT id, made FROM due").fetchall()
            times = [(id, dt.datetime.fromtimestamp(made or 0, dt.UTC)) for id, made in rows]
            gone = [(id,) for id, made in times if which(made)]
            connection.executemany("DELETE FROM due WHERE id = ?", gone)
        self._database.shred()
        if gone:
            self.on_change()
        return len(gone)

    def close(self) -> None:
        self._database.close()

    def _read(
        self, where: str, order: str = _ORDER, values: tuple[object, ...] = ()
    ) -> list[DueItem]:
        with self._database.reading() as connection:
            return _rows(connection, where, values, order)

    def _change(
        self, where: str, values: tuple[object, ...], change: Change, kinds: tuple[Kind, ...] = ()
    ) -> list[DueItem]:
        """Put in the place of each item what `change` makes of it, in one transaction; gives those
        that were changed, as they were."""
        changed = []
        with self._database.changing() as connection:
            for item in _rows(connection, where, values):
                if kinds and item.kind not in kinds:
                    continue
                if (new := change(item)) != item:
                    _replace(connection, item, new)
                    changed.append(item)
        if changed:
            self.on_change()
        return changed


def _after_following(
    item: DueItem, now: dt.datetime, ticks: Ticks, old: dt.datetime
) -> DueItem | None:
    if item.state == "missed":
        return item if item.due > old else None
    return due_items.followed(item, now, ticks)


def _json(ids: Iterable[int]) -> str:
    return str(sorted(ids))


def _rows(
    connection: sqlite3.Connection, where: str, values: tuple[object, ...] = (), order: str = _ORDER
) -> list[DueItem]:
    return [
        item_of(row)
        for row in connection.execute(f"SELECT * FROM due WHERE {where} {order}", values).fetchall()
    ]


def _replace(connection: sqlite3.Connection, old: DueItem, new: DueItem | None) -> None:
    if new is None:
        connection.execute("DELETE FROM due WHERE id = ?", (old.id,))
    else:
        write(connection, replace(new, id=old.id))
