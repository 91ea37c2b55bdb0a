"""Requests with other people's labels: what counts as right, asked, wrong."""

import json
from fnmatch import fnmatchcase
from types import SimpleNamespace

import pytest

from assistant import config, handlers
from assistant.bench import requests
from assistant.bench.requests import Request, Row, figures
from assistant.errors import ConfigError
from assistant.types import Choice, Intent, Question, Several, Unheard


def intent(name):
    return Intent(name, {}, "templates", 1.0, "")


def judged(route, *functions):
    request = Request("text", "en", "label", "file", functions, ("talk.*",))
    return requests._judged(request, route, 0.01)


@pytest.mark.parametrize(
    ("route", "outcome"),
    [
        (intent("lists.add"), "right"),
        (intent("notes.take"), "wrong"),
        (Several((intent("lists.add"), intent("lists.read")), ""), "right"),
        (Several((intent("lists.add"), intent("notes.take")), ""), "wrong"),
        (Choice((intent("lists.add"), intent("notes.take")), ""), "asked"),
        (intent("talk.hello"), "partly"),
        (Question("text", ""), "left"),
        (Unheard(""), "left"),
    ],
)
def test_outcomes(route, outcome):
    assert judged(route, "lists.*").outcome == outcome


def test_what_none_serves_must_be_left():
    assert judged(intent("lists.add")).outcome == "wrong"
    assert judged(Unheard("")).outcome == "left"


def test_figures_tell_the_served_from_the_others():
    rows = [judged(intent("lists.add"), "lists.*") for _ in range(3)]
    rows += [judged(intent("notes.take"), "lists.*"), judged(intent("a.b")), judged(Unheard(""))]
    made = {figure.name: figure for figure in figures(rows)}
    assert made["file: right, of what a function serves"].values == {"ours": 75}
    assert made["file: wrong action"].detail == "1 of 4"
    assert made["file: a function runs, of what none serves"].values == {"ours": 50}
    assert made["  label"].detail == "3 of 4; notes.take 1"
    assert made["  label (nothing serves it)"].detail == "1 of 2; a.b 1"


def test_what_does_a_part_of_it_is_told_as_such():
    rows = [judged(intent("talk.hello")), judged(intent("a.b"))]
    made = {figure.name: figure for figure in figures(rows)}
    assert made["  label (nothing serves it)"].detail == (
        "0 of 2; talk.hello (a part of it) 1, a.b 1"
    )


def test_what_is_put_off_counts_as_what_it_is():
    later = Intent("later.add", {"command": "start the vacuum"}, "templates", 1.0, "")

    class Router:
        def exact(self, text, language):
            return intent("home.vacuum") if text == "start the vacuum" else None

    assert requests._itself(later, Router(), "en").function == "home.vacuum"
    assert requests._itself(intent("lists.add"), Router(), "en").function == "lists.add"
    unknown = Intent("later.add", {"command": "what"}, "templates", 1.0, "")
    assert requests._itself(unknown, Router(), "en") is unknown


def test_only_files_of_the_table_are_read(tmp_path):
    line = {"text": "wake me at six", "lang": "en", "intent": "alarm_set", "annotation": "x"}
    (tmp_path / "assistant_requests_en.jsonl").write_text(json.dumps(line) + "\n")
    (tmp_path / "others.jsonl").write_text("no requests")
    (found,) = requests.requests(SimpleNamespace(data=tmp_path))
    assert (found.text, found.served) == ("wake me at six", ["alarms.set"])
    assert requests.lacks(SimpleNamespace(data=tmp_path)) == ""
    assert "no file" in requests.lacks(SimpleNamespace(data=None))


def test_a_bad_line_is_named(tmp_path):
    (tmp_path / "out_of_scope_en.jsonl").write_text('{"text": "hello"}\n')
    with pytest.raises(ConfigError, match=r"line 1 is no request"):
        requests.requests(SimpleNamespace(data=tmp_path))


def test_the_table_names_functions_that_there_are(home):
    """Every pattern that has a family of ours names a function of it."""
    loaded = handlers.load(config.load([]).config)
    names = {function.name for function in loaded}
    loaded.close()
    families = {name.partition(".")[0] for name in names}
    tables = [kind for file in requests.mapping().values() for kind in file.values()]
    for table in tables:
        for pattern in (p for patterns in table.values() for p in patterns):
            if pattern.partition(".")[0] in families:
                assert any(fnmatchcase(name, pattern) for name in names), pattern


def test_a_row_is_kept_as_it_is():
    row = judged(intent("lists.add"), "lists.*")
    assert isinstance(row, Row)
    assert (row.step, row.taken_for, row.served) == ("templates", "lists.add", True)
