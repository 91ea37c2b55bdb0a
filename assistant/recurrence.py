"""What happens again and again: "every weekday at seven". A leaf that all may use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

_STEP = {"HOURLY": dt.timedelta(hours=1), "MINUTELY": dt.timedelta(minutes=1)}
_MIDNIGHT = dt.time()


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule of the calendar, and the time of day if one was said.

    rule: an RFC 5545 recurrence rule without a start: "FREQ=WEEKLY;BYDAY=MO,TU". Of its parts,
    FREQ, INTERVAL, BYDAY, BYMONTH and BYMONTHDAY are used.
    """

    rule: str
    time: dt.time | None = None

    @property
    def parts(self) -> dict[str, str]:
        """The rule taken apart: {"FREQ": "WEEKLY", "BYDAY": "MO,TU"}."""
        return dict(part.split("=", 1) for part in self.rule.split(";"))

    def after(self, moment: dt.datetime, start: dt.datetime | None = None) -> dt.datetime | None:
        """The first time strictly after an aware moment, in its zone; None when there is none.

        start: aware; what "every other week" and "every two hours" count from, by default
        `moment`. A rule of days keeps its wall-clock time through daylight saving; a time that
        is skipped that day is as much later, one that comes twice is the first of the two.
        Without a time of day, midnight is taken.
        """
        start = start or moment
        parts = self.parts
        if step := _STEP.get(parts["FREQ"]):
            return _next_step(moment, start, step * int(parts.get("INTERVAL", "1")))
        from dateutil.rrule import rrulestr

        zone = moment.tzinfo
        first = start.astimezone(zone)
        begin = dt.datetime.combine(first.date(), self.time or _MIDNIGHT)
        rule = rrulestr(f"RRULE:{self.rule}", dtstart=begin)
        wall = moment.replace(tzinfo=None) - dt.timedelta(days=1)
        while (found := rule.after(wall)) is not None:
            then = on_the_wall(found, zone)
            if then.timestamp() > moment.timestamp():
                return then
            wall = found
        return None


def on_the_wall(wall: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """A naive local time, aware: one that daylight saving skips is as much later."""
    there = wall.replace(tzinfo=zone)
    return there.astimezone(dt.UTC).astimezone(zone)


def _next_step(moment: dt.datetime, start: dt.datetime, step: dt.timedelta) -> dt.datetime:
    """In elapsed time, whatever the clocks on the wall do."""
    passed = moment.astimezone(dt.UTC) - start.astimezone(dt.UTC)
    steps = max(passed // step + 1, 1)
    return (start.astimezone(dt.UTC) + steps * step).astimezone(moment.tzinfo)
