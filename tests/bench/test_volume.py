"""The measure of many documents, on few."""

import json

from assistant import config
from assistant.bench import documents, volume
from assistant.bench.clips import Recordings
from assistant.bench.plan import Plan


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
