"""The trace: what is kept, what is not, and rotation."""

import stat
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime

import pytest

from assistant.config import load
from assistant.errors import StorageError
from assistant.trace import TraceLog, TurnClock
from assistant.types import Choice, Intent, Question, Several, Unheard

ROUTE = Intent("set_timer", {"name": "secret eggs"}, "templates", 1.0, "matched")


def settings(**changes):
    return load([f"trace.{key}={value}" for key, value in changes.items()]).config.trace


def turn(text="set a timer for my secret eggs"):
    clock = TurnClock("utterance", time.monotonic() - 1)
    with clock.span("transcribe", 2.0) as detail:
        detail["confidence"] = 0.9
    clock.sounded(time.monotonic())
    return clock.finish("answered", "en", ROUTE, transcript=text, reply="Done, secret eggs.")


def test_spans_count_from_the_end_of_speech():
    trace = turn()
    (span,) = trace.spans
    assert span.start == pytest.approx(1.0, abs=0.2)
    assert span.real_time_factor == pytest.approx(span.seconds / 2.0)
    assert trace.first_audio_seconds == pytest.approx(1.0, abs=0.2)
    assert trace.peak_rss_mb > 10


def test_only_the_first_sound_counts():
    clock = TurnClock("text", 10.0)
    clock.sounded(11.0)
    clock.sounded(12.0)
    trace = clock.finish("answered", "en", Unheard(""), transcript="", reply="")
    assert trace.first_audio_seconds == 1.0


def test_nothing_said_is_kept_unless_asked(tmp_path):
    path = tmp_path / "trace.jsonl"
    TraceLog(settings(), path).write(turn())
    assert b"secret" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    TraceLog(settings(transcripts="true"), path).write(turn())
    assert path.read_bytes().count(b"secret") == 2  # what was said, and what was answered


ROUTES = [
    ROUTE,
    Several((ROUTE, ROUTE), "two"),
    Choice((ROUTE, ROUTE), "close"),
    Question("secret?", "no match"),
    Unheard("no words"),
]


@pytest.mark.parametrize("route", ROUTES)
def test_routes_are_described_without_the_words(route, tmp_path):
    clock = TurnClock("text", time.monotonic())
    trace = clock.finish("answered", "en", route, transcript="", reply="")
    log = TraceLog(settings(), tmp_path / "t")
    log.write(trace)
    assert log.read(1) == [trace]
    assert b"secret" not in (tmp_path / "t").read_bytes()


def test_rotation_keeps_a_bounded_number_of_files(tmp_path):
    log = TraceLog(settings(max_mb=0.002, files=3), tmp_path / "t")
    traces = [turn() for _ in range(40)]
    for trace in traces:
        log.write(trace)
    files = sorted(tmp_path.iterdir())
    assert [f.name for f in files] == ["t", "t.1", "t.2"]
    assert all(f.stat().st_size <= 2000 for f in files)
    kept = log.read(1000)
    assert [t.id for t in kept] == [t.id for t in traces[-len(kept) :]]
    assert len(log.read(2)) == 2


def test_a_damaged_line_is_passed_over(tmp_path):
    log = TraceLog(settings(), tmp_path / "t")
    log.write(turn())
    with (tmp_path / "t").open("ab") as file:
        file.write(b'{"id": "half a li\n')
    log.write(turn())
    assert len(log.read(10)) == 2


def test_off_means_nothing_is_written(tmp_path):
    TraceLog(settings(enabled="false"), tmp_path / "t").write(turn())
    assert not (tmp_path / "t").exists()


def test_a_full_disk_is_said_clearly():
    with pytest.raises(StorageError, match=r"trace\.enabled=false"):
        TraceLog(settings(), __import__("pathlib").Path("/dev/full")).write(turn())


def test_turns_are_erased_by_time(tmp_path):
    log = TraceLog(settings(max_mb=0.002, files=3), tmp_path / "trace")
    for day in range(1, 9):
        log.write(replace(turn(), started=f"2026-03-0{day}T12:00:00.000+00:00"))
    assert (tmp_path / "trace.1").exists(), "also in the rotated files"
    kept = [t.started[:10] for t in log.read(99)]
    bound = datetime.fromisoformat("2026-03-06T00:00:00+00:00")
    assert log.forget(lambda at: at < bound) == len(kept) - 3
    assert [t.started[:10] for t in log.read(99)] == [f"2026-03-0{d}" for d in (6, 7, 8)]
    assert stat.S_IMODE((tmp_path / "trace").stat().st_mode) == 0o600
    (tmp_path / "trace").write_bytes((tmp_path / "trace").read_bytes() + b'{"half a line')
    assert log.forget(lambda _: True) == 4
    assert log.read(99) == []
    assert TraceLog(settings(), tmp_path / "none" / "trace").forget(lambda _: True) == 0


def test_what_more_files_held_is_erased_too(tmp_path):
    """Also after `trace.files` was lowered, and what a killed rewrite has left."""
    log = TraceLog(settings(max_mb=0.002, files=6), tmp_path / "trace")
    for _ in range(30):
        log.write(turn())
    (tmp_path / "trace.2.new").write_bytes((tmp_path / "trace.2").read_bytes())
    (tmp_path / "trace.other").write_text("of somebody else")
    assert (tmp_path / "trace.5").exists()
    fewer = TraceLog(settings(max_mb=0.002, files=2), tmp_path / "trace")
    kept = len(log.read(99))
    assert fewer.forget(lambda _: True) == kept > 12
    assert log.read(99) == [] and not (tmp_path / "trace.2.new").exists()
    left = {f.name for f in tmp_path.iterdir() if f.stat().st_size}
    assert left == {"trace.other"}


def test_rotation_removes_what_is_over_the_number_of_files(tmp_path):
    log = TraceLog(settings(max_mb=0.002, files=6), tmp_path / "trace")
    for _ in range(30):
        log.write(turn())
    fewer = TraceLog(settings(max_mb=0.002, files=2), tmp_path / "trace")
    for _ in range(10):
        fewer.write(turn())
    assert sorted(f.name for f in tmp_path.iterdir()) == ["trace", "trace.1"]


def test_what_is_too_old_goes_by_itself(tmp_path):
    old = replace(turn(), started="2020-01-01T12:00:00.000+00:00")
    for days, left in [(0, 2), (30, 1)]:
        file = tmp_path / f"trace{days}"
        TraceLog(settings(days=0), file).write(old)
        log = TraceLog(settings(days=days), file)
        log.write(turn())
        assert len(log.read(9)) == left


def test_nothing_is_lost_while_another_process_writes(tmp_path):
    """Half of the turns are erased again and again, while the others are being written."""
    log = TraceLog(settings(), tmp_path / "trace")
    program = (
        "import sys; from pathlib import Path; from dataclasses import replace;"
        "from tests.test_trace import settings, turn, TraceLog\n"
        "log = TraceLog(settings(), Path(sys.argv[1]))\n"
        "for n in range(40): log.write(replace(turn(), id=str(n)))"
    )
    writer = subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "trace")])
    old = replace(turn(), started="2020-01-01T12:00:00.000+00:00")
    bound = datetime.fromisoformat("2021-01-01T00:00:00+00:00")
    while writer.poll() is None:
        log.write(old)
        log.forget(lambda at: at < bound)
        time.sleep(0.01)  # a lock of files is not fair
    assert writer.returncode == 0
    log.forget(lambda at: at < bound)
    assert [t.id for t in log.read(999)] == [str(n) for n in range(40)]
