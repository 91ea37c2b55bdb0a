"""What comes due: a timer, an alarm, a reminder, a command for later; and how each goes on.

Pure: every change takes an item and gives what becomes of it. Two kinds of time are kept apart.
What was set for a length ("in ten minutes") counts ticks that no change of the clock disturbs;
what was set for a moment ("at seven") keeps the local wall time, in whichever zone the machine is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.localtime import Ticks
from assistant.recurrence import Recurrence, on_the_wall

Kind = Literal["timer", "alarm", "reminder", "command"]
State = Literal["running", "paused", "ringing", "missed"]
"""missed: it rang and nobody answered; kept for a day, to be told when asked."""

NO_TICKS = Ticks("", 0.0)
LATE = dt.timedelta(seconds=30)
"""So long after its time nobody was there to ring it: the program was off."""
KEPT = dt.timedelta(days=1)
"""How long what was missed can be asked for."""
_SET = dt.timedelta(seconds=1)
"""A clock that is off by more was set; by less, it was only corrected."""


@dataclass(frozen=True, slots=True)
class DueItem:
    kind: Kind
    text: str  # a name, what to be reminded of, or the sentence of a command; "" for no name
    language: str
    due: dt.datetime  # aware, UTC
    id: int = 0  # 0: not stored yet
    state: State = "running"
    length: dt.timedelta = dt.timedelta(0)  # as it was set; 0 for what is set for a wall time
    wall: dt.datetime | None = None  # naive local: the occurrence that is waited for
    rule: str = ""  # an RRULE (RFC 5545), for what recurs
    skips: tuple[dt.date, ...] = ()  # days to come on which it does not
    ticks: Ticks = NO_TICKS  # when it is due by the clock that nobody sets
    snoozed: bool = False
    paused_with: dt.timedelta = dt.timedelta(0)  # what is left, while paused
    rang: dt.datetime | None = None  # aware, UTC: when it was first seen to be due
    made: dt.datetime | None = field(default=None, compare=False)  # aware, UTC: when it was stored

    @property
    def key(self) -> str:
        """What its announcement is known by."""
        return f"{self.kind}:{self.id}"

    @property
    def late(self) -> bool:
        """It was due while the program was off."""
        return self.rang is not None and self.rang - self.due > LATE

    def left(self, now: dt.datetime) -> dt.timedelta:
        """How long it still runs; zero when it rings."""
        if self.state == "paused":
            return self.paused_with
        return max(self.due - now, dt.timedelta(0))


def after_length(
    kind: Kind, length: dt.timedelta, now: dt.datetime, ticks: Ticks, text: str, language: str
) -> DueItem:
    """Due when `length` has passed, whatever is done to the clock."""
    item = DueItem(kind, text, language, due=now, length=length)
    return _running(item, length, now, ticks)


def at_wall(
    kind: Kind, wall: dt.datetime, zone: dt.tzinfo | None, text: str, language: str, rule: str = ""
) -> DueItem:
    """Due when the clocks here show `wall` (naive)."""
    return DueItem(kind, text, language, due=moment(wall, zone), wall=wall, rule=rule)


def moment(wall: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """The moment, in UTC, at which clocks in `zone` show `wall`; see `on_the_wall`."""
    return on_the_wall(wall, zone).astimezone(dt.UTC)


def first_wall(repeat: Recurrence, now: dt.datetime) -> dt.datetime | None:
    """The first occurrence after `now` (aware) of what is to recur."""
    return _wall(repeat, _found(repeat, now, now))


def next_wall(rule: str, wall: dt.datetime, after: dt.datetime) -> dt.datetime | None:
    """The first occurrence later than `after` (aware) of what recurs from `wall` (naive) on."""
    start = on_the_wall(wall, after.tzinfo)
    recurs = Recurrence(rule, wall.time())
    return _wall(recurs, _found(recurs, max(after, start, key=dt.datetime.timestamp), start))


def _found(repeat: Recurrence, after: dt.datetime, start: dt.datetime) -> dt.datetime | None:
    """The first occurrence later than `after` that a wall time can tell: of an hour that comes
    twice, those of the second time are left out, as they would be due at once."""
    found = repeat.after(after, start)
    while found is not None and found.fold and _by_itself(repeat):
        found = repeat.after(found, start)
    return found


def _by_itself(repeat: Recurrence) -> bool:
    """Whether the rule says the time of day."""
    return repeat.parts["FREQ"] in ("HOURLY", "MINUTELY") or "BYHOUR" in repeat.parts


def _wall(repeat: Recurrence, found: dt.datetime | None) -> dt.datetime | None:
    if found is None or repeat.time is None or _by_itself(repeat):
        return found and found.replace(tzinfo=None, fold=0)
    # a day that skips this time of day rings later, but the days after it at their time again
    # of an hour that comes twice the first; one that is left out is rung after, never before
    return dt.datetime.combine(found.date(), repeat.time.replace(fold=0))


def rung(item: DueItem, now: dt.datetime) -> DueItem:
    """Its time has come."""
    return replace(item, state="ringing", rang=now.astimezone(dt.UTC))


def over(item: DueItem, now: dt.datetime) -> DueItem | None:
    """What becomes of it when it was heard: the next occurrence, or nothing."""
    if not item.rule or item.wall is None:
        return None
    wall = next_wall(item.rule, item.wall, now)
    while wall is not None and wall.date() in item.skips:
        wall = next_wall(item.rule, wall, on_the_wall(wall, now.tzinfo))
    if wall is None:
        return None
    skips = tuple(day for day in item.skips if day > wall.date())
    waits = replace(item, state="running", wall=wall, skips=skips, rang=None, snoozed=False)
    return replace(waits, due=moment(wall, now.tzinfo), ticks=NO_TICKS)


def unheard(item: DueItem) -> DueItem:
    """What is kept of it when nobody answered."""
    return replace(item, id=0, state="missed", rule="", ticks=NO_TICKS)


def skipped(item: DueItem, day: dt.date | None, now: dt.datetime) -> DueItem | None:
    """Without what comes on a day; None: without the occurrence that is waited for."""
    if item.wall is not None and day not in (None, item.wall.date()):
        return replace(item, skips=tuple(sorted({*item.skips, day}))) if item.rule else item
    then = now if item.wall is None else moment(item.wall, now.tzinfo).astimezone(now.tzinfo)
    return over(item, max(now, then, key=dt.datetime.timestamp))


def snoozed(item: DueItem, by: dt.timedelta, now: dt.datetime, ticks: Ticks) -> DueItem:
    """Quiet now, and again after `by`; the occurrences that follow stay where they are."""
    return replace(_running(item, by, now, ticks), snoozed=True)


def paused(item: DueItem, now: dt.datetime) -> DueItem:
    if item.state != "running":
        return item
    return replace(item, state="paused", paused_with=item.due - now, ticks=NO_TICKS)


def resumed(item: DueItem, now: dt.datetime, ticks: Ticks) -> DueItem:
    if item.state != "paused":
        return item
    return _running(item, item.paused_with, now, ticks)


def extended(item: DueItem, by: dt.timedelta, now: dt.datetime, ticks: Ticks) -> DueItem | None:
    """With more, or less, left; one that rings runs again. None when less is left than is taken."""
    left = item.left(now) + by
    if left <= dt.timedelta(0):
        return None
    if item.state == "paused":
        return replace(item, paused_with=left)
    return _running(item, left, now, ticks)


def moved(item: DueItem, wall: dt.datetime, zone: dt.tzinfo | None) -> DueItem:
    """To another wall time; what recurs, does so at that time of day."""
    changed = replace(item, wall=wall, length=dt.timedelta(0), state="running", snoozed=False)
    return replace(changed, due=moment(wall, zone), rang=None, ticks=NO_TICKS)


def followed(item: DueItem, now: dt.datetime, ticks: Ticks) -> DueItem:
    """As it is after the clock was set, or the zone changed."""
    if item.state != "running":
        return item
    if item.ticks.boot:
        if item.ticks.boot != ticks.boot:
            return item  # the machine was off: only the wall clock knows for how long
        left = dt.timedelta(seconds=item.ticks.seconds - ticks.seconds)
        due = now.astimezone(dt.UTC) + left
    elif item.wall is not None:
        due = moment(item.wall, now.tzinfo)
    else:
        return item
    return item if abs(due - item.due) <= _SET else replace(item, due=due)


def _running(item: DueItem, left: dt.timedelta, now: dt.datetime, ticks: Ticks) -> DueItem:
    due = now.astimezone(dt.UTC) + left
    end = Ticks(ticks.boot, ticks.seconds + left.total_seconds()) if ticks.boot else NO_TICKS
    return replace(
        item, state="running", due=due, ticks=end, rang=None, paused_with=dt.timedelta(0)
    )
