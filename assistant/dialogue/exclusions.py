""" "Not on weekends", "except fridays", "los viernes no": days that are taken out of a rule.

Whatever else is denied after a command names what is not wanted, and not what is instead: it is no
reference at all (see `openings`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.dialogue.openings import Reference
from assistant.dialogue.plans import Last, replacing
from assistant.dialogue.references import REASON, STAGE
from assistant.recurrence import Recurrence
from assistant.stages import Router
from assistant.types import Intent, Plan, Said
from assistant.understand.normalize import words

_EXCLUDED = {
    "en": re.compile(r"(?:(?:no|but|and) )?(?:not|except|except for|without) (?:(?:on|for) )?(.+)"),
    "es": re.compile(
        r"(?:(?:pero|y) )?(?:excepto|menos|salvo|sin) (.+)|(?:(?:pero|y) )?((?:los|el) .+?) no"
        r"|(?:pero|y) no (.+)"
    ),
}
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def excluded(said: Said, router: Router, last: Last) -> Plan | None:
    """The last command again without these days; None where it had no rule of days, or where
    nothing would change, or nothing be left."""
    plain = " ".join(words(said.text, said.language).plain)
    found = _EXCLUDED[said.language].fullmatch(plain) if said.language in _EXCLUDED else None
    if found is None:
        return None
    text = next(group for group in found.groups() if group)
    for intent in reversed(last.past.intents):
        for slot, rule in intent.slots.items():
            if isinstance(rule, Recurrence):
                without = router.value(text, intent.function, slot, said.language)
                left = _without(rule, without) if isinstance(without, Recurrence) else None
                return _instead(intent, slot, left, last, said) if left is not None else None
    return None


def _instead(intent: Intent, slot: str, rule: Recurrence, last: Last, said: Said) -> Plan:
    new = replace(intent, slots={**intent.slots, slot: rule}, stage=STAGE, reason=REASON)
    return replacing(new, intent, last, Reference("changes", ""), said)


def _without(rule: Recurrence, other: Recurrence) -> Recurrence | None:
    days, gone = _days(rule), _days(other)
    left = [day for day in days if day not in gone]
    if not left or len(left) == len(days):
        return None
    return Recurrence(f"FREQ=WEEKLY;BYDAY={','.join(left)}", rule.time)


def _days(rule: Recurrence) -> list[str]:
    """The days of the week of a rule that names no more than these; else none."""
    parts = rule.parts
    if parts == {"FREQ": "DAILY"}:
        return [*_WEEK]
    if parts.keys() == {"FREQ", "BYDAY"} and parts["FREQ"] == "WEEKLY":
        return [day for day in _WEEK if day in parts["BYDAY"].split(",")]
    return []
