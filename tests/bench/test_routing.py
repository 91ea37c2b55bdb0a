"""The user's sentences that routing time is measured with."""

import msgspec

from assistant import config, handlers
from assistant.bench.routing import Row, figures, write_sentences
from assistant.types import Intent
from assistant.understand.route import Cascade


def test_so_many_sentences_are_understood(home, tmp_path):
    own = write_sentences(tmp_path, 30)
    assert len(own) == 30
    settings = config.load([f'functions.sentences="{tmp_path}"']).config
    functions = handlers.load(settings)
    assert functions.problems == []
    mine = [f for f in functions if f.drawn_examples]
    assert sum(len(f.sentences["en"]) for f in mine) == 30
    route = msgspec.structs.replace(settings.route, nearest_en="none")
    cascade = Cascade(functions, ["en"], route)
    assert all(isinstance(cascade.route(text, "en"), Intent) for text in own)
    functions.close()


def test_none_are_none(tmp_path):
    assert write_sentences(tmp_path, 0) == []
    assert list(tmp_path.iterdir()) == []


def test_figures_show_the_growth():
    rows = [Row(size, "none", "question", size / 1000, 0.001) for size in (0, 100) for _ in "abc"]
    made = figures(rows)
    assert [f.name for f in made][::2] == [f"{n} sentences of the user, p50" for n in (0, 100)]
    assert made[2].values["all"] == 0.1
    assert made[2].values["all, CPU"] == 0.001
    assert made[2].values["own"] is None
