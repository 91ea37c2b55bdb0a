"""Recurrences as the rows of `values` have them."""

from __future__ import annotations

from assistant.recurrence import Recurrence

_UNIT_LETTERS = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "Y",
                 "HOURLY": "H", "MINUTELY": "M", "SECONDLY": "S"}  # fmt: skip
_GROUPS = {"MO,TU,WE,TH,FR": "WD", "SA,SU": "WE"}
_PARTS = {"8-12": "TMO", "12-16": "TAF", "16-20": "TEV", "20-24": "TNI", "NIGHT": "TNI"}


def timex(rule: Recurrence) -> str:
    """A recurrence as TIMEX3 writes it: "XXXX-WXX-1T09", "P2D"."""
    parts = rule.parts
    time = ""
    if rule.time:
        time = f"T{rule.time.hour:02}" + (f":{rule.time.minute:02}" if rule.time.minute else "")
    if group := _GROUPS.get(parts.get("BYDAY", "")):
        return f"P{parts.get('INTERVAL', 1)}{group}{time}"
    if days := parts.get("BYDAY"):
        number = "MO TU WE TH FR SA SU".split().index(days[:2]) + 1
        return f"XXXX-WXX-{number}{time or _PARTS.get(parts.get('SPAN', ''), '')}"
    if parts["FREQ"] == "YEARLY" and "BYMONTH" in parts:
        return f"XXXX-{int(parts['BYMONTH']):02}-{int(parts['BYMONTHDAY']):02}{time}"
    if span := parts.get("SPAN"):
        return time or _PARTS.get(span, span)
    if time and parts["FREQ"] == "DAILY" and "INTERVAL" not in parts:
        return time
    interval = int(parts.get("INTERVAL", 1))
    letter = _UNIT_LETTERS[parts["FREQ"]]
    if letter == "M" and interval == 6:
        return "P0.5Y"
    prefix = "PT" if parts["FREQ"] in ("HOURLY", "MINUTELY", "SECONDLY") else "P"
    return f"{prefix}{interval}{letter}{time}"
