"""An alarm by so much earlier or later: "wake me half an hour earlier tomorrow"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from assistant.handlers.contract import Request, function
from assistant.handlers.timekeeping.alarm_changes import AlarmChanges
from assistant.handlers.timekeeping.alarm_choice import Wanted
from assistant.handlers.timekeeping.due_items import DueItem, at_wall
from assistant.handlers.timekeeping.due_words import when
from assistant.handlers.timekeeping.timer_changes import Name
from assistant.types import Reply

_DAY = dt.timedelta(days=1)


def _en(way: str, move: str, turn: str) -> Sequence[str]:
    """way: words for the direction. move: verbs that need it. turn: verbs that say it."""
    wake = "(wake me|wake me up|get me up|wake us|wake us up|i want to (get|wake) up)"
    return [
        f"{wake} {{by}} {way} [than usual] [<a_day>]",
        f"{wake} [<a_day>] {{by}} {way} [than usual]",
        f"[on] {{day}} (wake me|wake me up|get me up) {{by}} {way}",
        f"{move} [<the>] [{{time}}] [{{name}}] <alarm> ([by] {{by}} {way}|{way} [by] {{by}})"
        " [<a_day>]",
        f"{turn} [<the>] [{{time}}] [{{name}}] <alarm> by {{by}} [<a_day>]",
    ]


def _es(way: str, move: str, turn: str) -> Sequence[str]:
    wake = "(despiértame|despertame|despiérteme|levántame|levantame|levánteme|me despiertas|suena)"
    alarm = "[<the>] <alarm> [(de|a) [(las|la)] {time}]"
    return [
        f"{wake} {{by}} {way} [<a_day>]",
        f"{wake} [<a_day>] {{by}} {way}",
        f"{{day}} {wake} {{by}} {way}",
        f"{move} {alarm} {{by}} {way} [<a_day>]",
        f"{turn} {alarm} [(en|por|unos)] {{by}} [<a_day>]",
    ]


class AlarmShift(AlarmChanges):
    """Of an alarm that recurs, only the day that was named is changed; without a day, all."""

    @function(
        en=_en(
            "(earlier|sooner|forward|ahead)",
            "(move|push|shift|bring|change|set|make|put)",
            "(bring forward|move up|move forward)",
        ),
        es=_es(
            "(antes|más temprano|más pronto)",
            "(<move>|pon|ponme|ponga)",
            "(adelanta|adelante|adelantar|adelántame|adelántale)",
        ),
        help={"en": "wake me half an hour earlier", "es": "despiértame media hora antes"},
    )
    def earlier(
        self,
        request: Request,
        by: dt.timedelta,
        time: dt.time | None = None,
        day: dt.date | None = None,
        part: dt.datetime | None = None,
        name: Name = "",
    ) -> Reply:
        day = part.date() if part else day
        return self._shift(request, -by, Wanted(name, time, day))

    @function(
        en=_en("(later|back)", "(move|push|shift|change)", "(delay|postpone|push back|move back)"),
        es=_es(
            "(después|más tarde)",
            "(<move>|pon|ponme|ponga)",
            "(atrasa|atrase|atrasar|retrasa|retrase|retrasar|demora)",
        ),
        help={"en": "wake me half an hour later", "es": "despiértame media hora más tarde"},
    )
    def later(
        self,
        request: Request,
        by: dt.timedelta,
        time: dt.time | None = None,
        day: dt.date | None = None,
        part: dt.datetime | None = None,
        name: Name = "",
    ) -> Reply:
        day = part.date() if part else day
        return self._shift(request, by, Wanted(name, time, day))

    def _shift(self, request: Request, by: dt.timedelta, said: Wanted) -> Reply:
        alarm = self.the_one(request, said)
        if isinstance(alarm, Reply):
            return alarm
        if not dt.timedelta(0) < abs(by) < _DAY:
            raise request.error("Say by how much, up to a day.", "Di cuánto, hasta un día.")
        zone = request.now.tzinfo
        wall = alarm.wall or alarm.due.astimezone(zone).replace(tzinfo=None)
        if alarm.rule and said.day is not None:
            once = dt.datetime.combine(said.day, wall.time()) + by
            return self._only_that_day(request, alarm, said.day, once)
        new = self.shifted(request, alarm, None, (wall + by).replace(tzinfo=zone))
        return self.moved(request, alarm, new)

    def _only_that_day(
        self, request: Request, alarm: DueItem, day: dt.date, wall: dt.datetime
    ) -> Reply:
        """The day is left out of the rule, and rung for by an alarm of its own."""
        once = at_wall("alarm", wall, request.now.tzinfo, alarm.text, alarm.language)
        if once.due <= request.now:
            raise request.error("That time has passed.", "Esa hora ya ha pasado.")
        self.store.skip([alarm.id], day, request.now)
        added = self.store.put([once])

        def undo() -> None:
            self.store.remove(added)
            self.store.put([alarm])

        words = when(once.due, request.now, request.language)
        return request.say("I'll ring {when}, only that day.", "Sonaré {when}, solo ese día.",
                           undo=undo, when=words)  # fmt: skip
