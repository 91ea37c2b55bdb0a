"""What counts as read right."""

import json

import pytest

from assistant.bench import values
from assistant.errors import ConfigError


def row(text, expected, model="DateTimeModel", language="en"):
    names = {"en": "English", "es": "Spanish"}
    group = "DateTime" if model.startswith("DateTime") else "NumberWithUnit"
    return {
        "text": text,
        "lang": language,
        "reference": "2026-03-11T10:00:00",
        "type": f"{group}/{names[language]}/{model}",
        "expected": expected,
    }


def value(text, kind, *choices, **resolution):
    found = {"values": [{"timex": "?", **choice} for choice in choices]} if choices else resolution
    return {"Text": text, "TypeName": kind, "Resolution": found}


RIGHT = [
    row("see you tomorrow", [value("tomorrow", "datetimeV2.date", {"value": "2026-03-12"})]),
    row(
        "last week",
        [value("last week", "datetimeV2.daterange", {"start": "2026-03-02", "end": "2026-03-09"})],
    ),
    row("every day", [value("every day", "datetimeV2.set", {"timex": "P1D", "value": "?"})]),
    row("nothing here", []),
    row("5 miles", [value("5 miles", "dimension", value="5", unit="Mile")], "DimensionModel"),
    row(
        "2,5 kilos",
        [value("2,5 kilos", "dimension", value="2,5", unit="Kilogramo")],
        "DimensionModel",
        "es",
    ),
    row("$5", [value("$5", "currency", value="5", unit="Dollar")], "CurrencyModel"),
]


@pytest.mark.parametrize("given", RIGHT, ids=lambda r: r["text"])
def test_right(given):
    assert values.score(given).right


@pytest.mark.parametrize(
    "expected",
    [
        [],
        [value("tomorrow", "datetimeV2.date", {"value": "2026-03-13"})],
        [value("you tomorrow", "datetimeV2.date", {"value": "2026-03-12"})],
        [value("tomorrow", "datetimeV2.time", {"value": "2026-03-12"})],
    ],
)
def test_wrong(expected):
    assert not values.score(row("see you tomorrow", expected)).right


def test_what_means_something_else_is_not_counted():
    rows = [values.score(row("see you tomorrow", [], model)) for model in
            ("DateTimeModel", "DateTimeModelTasksMode")]  # fmt: skip
    assert [r.supported for r in rows] == [True, False]
    found = {figure.name: figure.values["ours"] for figure in values.figures(rows)}
    assert found["read right, en"] == 0
    assert "DateTimeModelTasksMode, en" in found


def test_a_file_is_found_counted_and_read(tmp_path):
    (tmp_path / "text").mkdir()
    path = tmp_path / "text" / values.FILE
    path.write_text("\n".join(map(json.dumps, RIGHT)) + "\n\n")

    class Given:
        data = tmp_path

    assert values.lacks(Given) == ""
    assert values.count(Given) == len(RIGHT)
    assert all(r.right for r in values.rows(Given))
    path.write_text("{not json")
    with pytest.raises(ConfigError, match="line 1"):
        list(values.rows(Given))


def test_without_a_file_it_says_what_it_lacks(tmp_path):
    class Given:
        data = tmp_path

    assert values.FILE in values.lacks(Given)


@pytest.mark.parametrize(
    ("given", "got"),
    [
        (row("see you tomorrow",
             [value("tomorrow", "datetimeV2.date", {"value": "2026-03-12"})]), True),
        (row("see you tomorrow",
             [value("tomorrow", "datetimeV2.date", {"value": "2026-03-13"})]), False),
        (row("next week", [value("next week", "datetimeV2.daterange",
                                 {"start": "2026-03-16", "end": "2026-03-23"})]), True),
        (row("5 miles", [value("5 miles", "dimension", value="5", unit="Mile")],
             "DimensionModel"), True),
        (row("5 miles", [value("5 miles", "dimension", value="5", unit="Kilometer")],
             "DimensionModel"), False),
    ],
)  # fmt: skip
def test_what_a_slot_gets(given, got):
    [(_, right)] = values.score(given).in_slots
    assert right is got
