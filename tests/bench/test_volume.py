"""The measure of many documents, on few."""

import json

import pytest

from assistant import config
from assistant.bench import beside, documents, volume
from assistant.bench.clips import Recordings
from assistant.bench.plan import Plan
from assistant.errors import ConfigError


def test_an_index_is_made_searched_and_weighed(home):
    data = home / "data"
    (data / "en").mkdir(parents=True)
    (data / "en" / "tires.md").write_text("# Tires\n\nThe front tires need 32 psi. The rear, 30.")
    asked = {"question": "what do the front tires need", "answers": ["32"], "document": "tires.md"}
    (data / "questions_en.jsonl").write_text(json.dumps(asked))
    plan = Plan(
        Recordings(()),
        lambda changes: config.load(["documents.embedding=none", *changes]).config,
        home,
        data=data,
    )
    assert volume.MEASURE.lacks(plan) == ""
    assert volume.count(plan) == len(volume.SIZES)
    rows = list(volume.rows(plan, sizes=(40, 250)))
    assert [row.passages for row in rows] == [40, 250]
    assert all(row.seconds > 0 and row.bytes_each > 300 and row.rate > 1 for row in rows)
    assert not list(home.glob("*.db"))
    named = {figure.name: figure.values["ours"] for figure in volume.figures(rows)}
    assert named["search p95, 250 passages"] == rows[1].seconds
    # the same data make the whole of the other measure, whatever it finds
    [row] = list(documents.rows(plan))
    assert row.first and row.holds and not row.invented
    assert row.bytes_each > 300


def test_documents_are_found_among_other_text(home):
    data, other = home / "data", home / "other"
    (data / "en").mkdir(parents=True)
    (data / "en" / "tires.md").write_text("# Tires\n\nThe front tires need 32 psi. The rear, 30.")
    asked = {"question": "what do the front tires need", "answers": ["32"], "document": "tires.md"}
    (data / "questions_en.jsonl").write_text(json.dumps(asked))
    other.mkdir()
    for number in range(30):
        (other / f"{number}.txt").write_text(f"The tires of machine {number} need no air at all.")
    told = []
    made = beside.prepare(other, "none", lambda *done: told.append(done))
    assert told[-1] == ("read", 30, 30)
    before = made.read_bytes()
    plan = Plan(
        Recordings(()),
        lambda changes: config.load(["documents.embedding=none", *changes]).config,
        home,
        data=data,
        beside=made,
    )
    [row] = list(documents.rows(plan))
    assert (row.chunks, row.first, row.holds) == (31, True, True)
    assert made.read_bytes() == before  # what is kept is only copied
    assert beside.prepare(other, "none", lambda *_: None) == made
    for wrong, why in ((home / "none", "no folder"), (home / "empty", "nothing to read")):
        (home / "empty").mkdir(exist_ok=True)
        with pytest.raises(ConfigError, match=why):
            beside.prepare(wrong, "none", lambda *_: None)
