"""How many sentences with values are read right, on a file of sentences with what they mean.

A row is {"text", "lang", "reference" (the "now", ISO 8601, or null), "type" ("DateTime/English/
DateTimeModel"), "expected": [{"Text", "TypeName", "Resolution"}]}, as in the Recognizers-Text
suites. A row is right when exactly the expected values are found, each with its kind, its words
and every date, time or number that it may be; of recurrences the rule and the time of day.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.bench.plan import Measure, Plan
from assistant.bench.scoring import Figure, percent
from assistant.errors import ConfigError
from assistant.recurrence import Recurrence
from assistant.understand.extract import find
from assistant.understand.extract.scan import Value
from assistant.understand.extract.unit_words import unit_named

FILE = "numbers_dates_units.jsonl"
_NEVER = dt.datetime(2016, 11, 7)

_KINDS = {
    "PhoneNumber": "phone",
    "NumberRange": "range",
    "Number": "number",
    "Ordinal": "ordinal",
    "Percent": "percent",
    "Currency": "money",
    "Dimension": "measure",
    "Temperature": "temperature",
    "Age": "age",
    "Boolean": "choice",
}
UNSUPPORTED: Mapping[str, str] = {
    "DateTimeModelExperimentalMode": "ranges that take their last day along: contradicts the rest",
    "DateTimeModelSplitDateAndTime": "a moment as a date and a time apart: contradicts the rest",
    "DateTimeModelTasksMode": "times and ranges moved to days ahead: contradicts the rest",
    "NumberModelExperimentalMode": "other readings of a few numbers: contradicts the rest",
    "NumberRangeModelExperimentalMode": "ranges that take their end along: contradicts the rest",
    "NumberModelPercentMode": "a number that is a percentage: contradicts the rest",
    "PercentModelPercentMode": "a fraction that is a percentage: contradicts the rest",
    "OrdinalModelSuppressExtendedTypes": "places from the end left out: contradicts the rest",
}
"""Kinds of rows that are not scored, and why: they ask for another meaning of the same words."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence and what was made of it."""

    text: str
    language: str
    model: str  # "DateTimeModel"
    right: bool
    supported: bool
    expected: tuple[str, ...]
    found: tuple[str, ...]


def lacks(plan: Plan) -> str:
    return "" if files(plan) else f"no file {FILE} is in the data"


def files(plan: Plan) -> list[Path]:
    return sorted(plan.data.rglob(FILE)) if plan.data else []


def count(plan: Plan) -> int:
    return sum(len(_lines(path)) for path in files(plan))


def rows(plan: Plan) -> Iterator[Row]:
    """Raises ConfigError when a file cannot be used."""
    for path in files(plan):
        for number, line in enumerate(_lines(path), start=1):
            try:
                yield score(json.loads(line))
            except (ValueError, KeyError, TypeError, StopIteration) as error:
                raise ConfigError(f"{path}, line {number} cannot be used: {error!r}.") from error


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}.") from error


def score(row: Mapping[str, Any]) -> Row:
    group, _, model = row["type"].split("/")
    now = dt.datetime.fromisoformat(row["reference"][:26]) if row["reference"] else _NEVER
    kind = "time" if group == "DateTime" else next(k for m, k in _KINDS.items() if m in model)
    values = find(row["text"], row["lang"], now, [kind])
    found = [_told(row["text"], value) for value in values]
    expected = [_meant(e, row["lang"]) for e in row["expected"]]
    return Row(
        row["text"],
        row["lang"],
        model,
        sorted(found) == sorted(expected),
        model not in UNSUPPORTED,
        tuple(expected),
        tuple(found),
    )


def _told(text: str, value: Value) -> str:
    """A value as it is compared: kind, words, what it may be."""
    words = text[value.start : value.end].lower()
    return _line(value.kind, words, [_written(choice) for choice in value.choices], value.unit)


def _line(kind: str, words: str, choices: Sequence[str], unit: str) -> str:
    """Everything that is compared, in one line."""
    return f"{kind} [{words}] {' | '.join(sorted(set(choices)))} {unit}".rstrip()


def _written(choice: Any) -> str:
    match choice:
        case (first, last):
            return f"{_written(first) or '-'} to {_written(last) or '-'}"
        case None:
            return ""
        case dt.datetime():
            return choice.strftime("%Y-%m-%d %H:%M:%S")
        case dt.date():
            return f"{choice.year:04}-{choice.month:02}-{choice.day:02}"
        case dt.time():
            return choice.strftime("%H:%M:%S")
        case Recurrence():
            return _timex(choice)
        case bool() | str():
            return str(choice).lower()
    return f"{float(choice):.10g}"


_UNIT_LETTERS = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "Y",
                 "HOURLY": "H", "MINUTELY": "M", "SECONDLY": "S"}  # fmt: skip
_GROUPS = {"MO,TU,WE,TH,FR": "WD", "SA,SU": "WE"}
_PARTS = {"8-12": "TMO", "12-16": "TAF", "16-20": "TEV", "20-24": "TNI", "NIGHT": "TNI"}


def _timex(rule: Recurrence) -> str:
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


def _meant(expected: Mapping[str, Any], language: str) -> str:
    """What a row expects, as it is compared."""
    kind = expected["TypeName"].removeprefix("datetimeV2.")
    words = expected["Text"].lower()
    resolution = expected.get("Resolution") or {}
    values = resolution.get("values") or [{}]
    if kind == "datetimealt":  # what it would be if it were not one of several
        kind = values[0]["type"]
    if zone := values[0].get("timezoneText"):
        words = words.removesuffix(zone).strip()
    choices = list(_resolved(kind, resolution, language))
    return _line(kind, words, choices, _unit(kind, resolution, language))


def _resolved(kind: str, resolution: Mapping[str, Any], language: str) -> Iterator[str]:
    for value in resolution.get("values", [resolution]):
        if kind == "set":
            yield value["timex"].replace(":00", "")
        elif value.get("value") == "not resolved":
            continue
        elif "start" in value or "end" in value:
            yield f"{value.get('start', '-')} to {value.get('end', '-')}"
        elif kind in ("numberrange", "phonenumber", "timezone") or kind.startswith("ordinal"):
            yield str(value.get("value")).lower()
        elif kind in (
            "duration",
            "number",
            "percentage",
            "currency",
            "dimension",
            "temperature",
            "age",
        ):
            text = str(value.get("value")).rstrip("%")
            if text in ("None", "null"):
                yield ""
                continue
            text = text.replace(",", ".") if language == "es" else text
            yield f"{float(text):.10g}"
        else:
            yield str(value.get("value")).lower()


def _unit(kind: str, resolution: Mapping[str, Any], language: str) -> str:
    if kind in ("currency", "dimension", "temperature", "age"):
        return unit_named(kind, str(resolution.get("unit", "")), language)
    return ""


def figures(rows: Sequence[Row]) -> list[Figure]:
    """The supported kinds of rows together, then each kind by itself."""
    made = []
    for language in sorted({row.language for row in rows}):
        mine = [row for row in rows if row.language == language]
        supported = [row for row in mine if row.supported]
        made.append(_share(f"read right, {language}", supported))
        made.append(_share(f"all, {language}", mine, "those that are not counted as well"))
        made += _by_kind(language, supported)
        for kind in sorted({row.model for row in mine}):
            of_kind = [row for row in mine if row.model == kind]
            why = UNSUPPORTED.get(kind, "")
            made.append(_share(f"{kind}, {language}", of_kind, why and f"not counted: {why}"))
    return made


def _by_kind(language: str, rows: Sequence[Row]) -> list[Figure]:
    """Of all values of a kind that are expected, how many were found."""
    found: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for row in rows:
        for value in row.expected:
            kind = value.split(" ", 1)[0]
            whole[kind] += 1
            found[kind] += value in row.found
    return [
        Figure(f"values: {kind}, {language}", "%", {"ours": percent(found[kind], n)},
               f"{found[kind]} of {n}")
        for kind, n in sorted(whole.items())
    ]  # fmt: skip


def _share(name: str, rows: Sequence[Row], note: str = "") -> Figure:
    detail = f"{sum(row.right for row in rows)} of {len(rows)}"
    right = percent(sum(row.right for row in rows), len(rows))
    return Figure(name, "%", {"ours": right}, f"{detail}; {note}" if note else detail)


MEASURE = Measure("values", "Numbers, dates, times and units read", lacks, count, rows, figures)
