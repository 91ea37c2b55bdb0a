"""The hundred questions, and what the rows of a run amount to."""

from types import SimpleNamespace

import msgspec
import pytest

from assistant.bench import models, questions
from assistant.bench.energy import Energy
from assistant.bench.models import Row, figures, measured
from assistant.bench.quantize import requantized
from assistant.bench.questions import Asked
from assistant.config import load
from assistant.errors import ConfigError
from assistant.think.choosing import kind


def test_there_are_a_hundred_each_only_once():
    asked = questions.questions()
    assert len(asked) == len({q.text for q in asked}) == 100
    assert sum(q.language == "es" for q in asked) == 30
    assert all(q.answers for q in asked)
    assert {kind(q.text, q.language) for q in asked} >= {"fact", "explain", "count", "make"}


def test_questions_to_a_text_are_answered_by_it():
    asked = questions.readings()
    assert [sum(q.language == name for q in asked) for name in ("en", "es")] == [20, 20]
    assert len({q.text for q in asked}) == 40
    for each in asked:
        assert each.is_right(each.passage)
        assert not each.is_right(each.text), each.text  # else its own words would do


@pytest.mark.parametrize(
    ("answers", "answer", "right"),
    [
        (("paris",), "It's Paris.", True), (("paris",), "Comparison.", False),
        (("blue whale",), "The Blue-Whale!", True), (("rotat*",), "The earth rotates.", True),
        (("rota*",), "Camrota", False), (("8", "eight"), "It has 18 legs.", False),
        (("*",), "Anything", True), (("*",), " . ", False), (("yes",), "", False),
        (("parís",), "Es París", True),
    ],
)  # fmt: skip
def test_a_right_answer(answers, answer, right):
    assert Asked("en", "?", answers).is_right(answer) == right


def row(model="small", right=True, **changes):
    fields = {
        "version": "1", "megabytes": 98.0, "load": 0.4, "ram_mb": 200.0, "language": "en",
        "kind": "fact", "question": "?", "answer": "!", "first_token": 0.1, "seconds": 1.1,
        "tokens": 21, "prompt_tokens": 30, "cached_tokens": 20,
    }  # fmt: skip
    return Row(model=model, right=right, **fields | changes)


def test_figures_compare_the_models():
    rows = [row(), row(right=False), row("large", seconds=2.1), row("large", ram_mb=900.0)]
    rows.append(row("part"))
    found = {figure.name: figure.values for figure in figures(rows)}
    assert found["right, en"] == {"small": 50.0, "large": 100.0, "part": None}
    assert found["tokens a second"]["small"] == pytest.approx(20)
    assert found["memory"] == {"small": 200.0, "large": 900.0, "part": 200.0}
    assert found["energy an answer"] == {"small": None, "large": None, "part": None}


def test_what_a_text_surprises_a_model_is_told_by_language():
    rows = [
        row(surprise=1.25),
        row("large", surprise=1.0),
        row("large", language="es", surprise=2.0),
    ]
    found = {figure.name: figure.values for figure in figures(rows)}
    assert found["bits a letter, en"] == {"small": 1.25, "large": 1.0}
    assert found["bits a letter, es"] == {"small": None, "large": 2.0}


def test_energy_is_the_mean_and_an_estimate_is_called_one():
    rows = [row(joules=1.0, estimated=True), row(joules=4.0, estimated=True)]
    [figure] = [f for f in figures(rows) if f.name == "energy an answer"]
    assert figure.values == {"small": 2.5}
    assert figure.detail == "an estimate, from processor time"


def test_our_share_of_the_energy(tmp_path):
    """Two cores were busy for a second, one of them ours; the idle machine is taken off."""
    stat, now = tmp_path / "proc" / "stat", [100.0, 5.0]
    stat.parent.mkdir()
    stat.write_text("cpu 1000 0 0 5000 0 0 0 0\n")
    changes = {"root": str(tmp_path), "idle_watts": 3.0, "core_watts": 7.0}
    settings = msgspec.structs.replace(load([]).config.power, **changes)
    energy = Energy(settings, lambda: now[0], lambda: now[1])
    energy.begin()
    stat.write_text("cpu 1200 0 0 5000 0 0 0 0\n")
    now[:] = [101.0, 6.0]
    # two busy seconds are 14 J, of which the idle machine needs 3: half of the rest is ours
    assert energy.end() == pytest.approx(5.5, abs=0.2)
    assert energy.estimated


def test_only_a_whole_run_of_an_installed_model_is_kept():
    whole = [row(kind="fact" if n % 2 else "count", right=n < 60) for n in range(100)]
    whole += [row(kind="read", right=n < 35, seconds=9.0) for n in range(40)]
    part = [row("part") for _ in range(139)]
    file = [row("file", version="") for _ in range(140)]
    [kept] = measured([*whole, *part, *file])
    assert kept.id == "small"
    assert kept.quality == {
        "en": (60, 100), "en fact": (30, 50), "en count": (30, 50), "en read": (35, 40),
    }  # fmt: skip
    assert kept.joules is None
    assert kept.answer_seconds == 1.1  # of what is answered by heart


def test_questions_to_a_text_have_a_figure_of_their_own():
    rows = [row(), row(kind="read"), row(kind="read", right=False)]
    found = {figure.name: figure.values for figure in figures(rows)}
    assert found["right, en"] == {"small": 100.0}
    assert found["right about a text, en"] == {"small": 50.0}


def test_a_quantization_that_there_is_not(tmp_path):
    with pytest.raises(ConfigError, match="Q9"):
        requantized(tmp_path / "m.gguf", "Q9", tmp_path)


def test_a_file_that_there_is_not(tmp_path):
    plan = SimpleNamespace(gguf=(tmp_path / "none.gguf",), quantize=(), clips=None)
    with pytest.raises(ConfigError, match="no file"):
        models.subjects(plan)
