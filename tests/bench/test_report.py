"""The table, the JSON and the pictures of results that are made up."""

import json
from pathlib import Path

import pytest

from assistant.bench import intents, report, words
from assistant.bench.machine import describe, headline
from assistant.bench.run import MEASURES, Report, Section
from assistant.bench.scoring import Figure
from assistant.bench.stock import OURS, PROMPTED, STOCK, Heard
from assistant.cli import bench as command
from assistant.errors import StorageError


def heard(*seconds):
    return {n: Heard("a", s, 2 * s) for n, s in zip((OURS, STOCK, PROMPTED), seconds, strict=True)}


@pytest.fixture
def found():
    said = [words.Row("a/1", "a", "en", "a", 1.0, heard(0.25 + n / 9, 1, 0.5)) for n in range(5)]
    right = {OURS: True, STOCK: False, PROMPTED: True}
    noisy = [intents.Row("1", "en", snr, {}, heard(1, 1, 1), {}, right) for snr in (6, 24)]
    return Report(
        "2026-01-01T00:00:00+00:00",
        describe(),
        {"language": "en"},
        {"clips": 5},
        [
            Section("words", "Words", words.figures(said), said),
            Section("noise", "Noise", intents.noise_figures(noisy), noisy, "interrupted after 2"),
            Section("wake", "Wake", note="no clip has the label keyword"),
        ],
        interrupted=True,
    )


def test_the_table_has_both_sides_and_the_ratio(found):
    text = report.as_text(found).decode()
    row = next(line for line in text.splitlines() if "compute, en, p50, s" in line)
    assert row.split()[-6:] == ["0.472", "1", "0.500", "2.1", "5", "clips"]
    assert headline(found.machine) in text
    assert "noise: interrupted after 2" in text
    assert "wake: no clip has the label keyword" in text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "-"), (0, "0"), (4.0, "4"), (0.123456, "0.123"), (12.345, "12.3"), (1234.5, "1234")],
)
def test_three_figures_that_count(value, text):
    section = Section("x", "X", [Figure("f", "", {OURS: value})])
    lines = report.as_text(Report("", describe(), {}, {}, [section])).decode().splitlines()
    assert next(line.split() for line in lines if line.split()[:1] == ["f"]) == ["f", text]


def test_many_long_names_lie_on_their_side():
    names = [f"a-model-of-{size}-parameters" for size in ("135m", "360m", "1.7b", "3b")]
    figures = [
        Figure("right", "%", {name: 50.0 + n for n, name in enumerate(names)}, "100 questions"),
        Figure("file", "MB", dict.fromkeys(names, 98.0)),
    ]
    text = report.as_text(
        Report("", describe(), {}, {}, [Section("m", "Models", figures)])
    ).decode()
    rows = [line.split() for line in text.splitlines() if "a-model" in line]
    assert rows == [[name, str(50 + n), "98"] for n, name in enumerate(names)]
    assert "right: 100 questions" in text


def test_json_holds_every_single_measurement(found):
    data = json.loads(report.to_json(found))
    assert [section["name"] for section in data["sections"]] == ["words", "noise", "wake"]
    first = data["sections"][0]["rows"][0]
    assert first["heard"]["stock"] == {"text": "a", "seconds": 1, "cpu_seconds": 2}
    assert data["machine"]["versions"]["numpy"]
    assert data["interrupted"] is True


def test_files_and_pictures(found, tmp_path):
    written = report.write(found, tmp_path / "new" / "folder")
    names = ["report.json", "report.txt", "latency.png", "noise.png"]
    assert [path.name for path in written] == names
    for path in written[2:]:
        assert path.read_bytes().startswith(b"\x89PNG")
        assert _colours(path) > 3  # axes and text alone are grey


def _colours(path: Path) -> int:
    """Hues in a picture, coarsely."""
    from matplotlib.image import imread

    pixels = (imread(path)[..., :3] * 4).round().reshape(-1, 3)
    return len({tuple(p) for p in pixels[::7].tolist() if max(p) - min(p) >= 1})


def test_nothing_to_draw(found, tmp_path):
    found.sections = found.sections[2:]
    assert [path.name for path in report.write(found, tmp_path)] == ["report.json", "report.txt"]


def test_a_place_that_cannot_be_written(found, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be written"):
        report.write(found, tmp_path / "file")


def test_the_command_offers_every_measure():
    assert list(MEASURES) == list(command.MEASURES)
