"""What is kept is erased when it is told to be, and not before."""

from datetime import timedelta

import click
import pytest

from assistant import paths
from assistant.cli.forget import duration
from assistant.config import load
from assistant.daemon.instance import Instance
from assistant.trace import TraceLog
from tests.test_trace import turn


@pytest.fixture
def kept():
    log = TraceLog(load().config.trace)
    log.write(turn())
    for path in (
        paths.cache_dir() / "speech" / "one.wav",
        paths.data_dir() / "assistant.db",
        paths.data_dir() / "assistant.db-wal",
        paths.data_dir() / "models" / "voice.onnx",
        paths.config_dir() / "config.toml",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return log


def test_by_time(cli, kept):
    assert cli("forget", "--older-than", "1h").out == "0 turns are erased.\n"
    assert cli("forget", "--last", "2m").out == "1 turns are erased.\n"
    assert kept.read(9) == []


def test_all_of_the_past(cli, kept):
    assert cli("forget", "--all", "--yes").out == "1 turns are erased, and the caches.\n"
    assert kept.read(9) == []
    assert not (paths.cache_dir() / "speech").exists()
    assert (paths.data_dir() / "assistant.db").exists()


def test_everything(cli, kept):
    done = cli("forget", "--everything", "--yes")
    assert done.out == "1 turns are erased, and the caches, and all else.\n"
    assert [path.name for path in paths.data_dir().iterdir()] == ["models"]
    assert (paths.config_dir() / "config.toml").exists()


def test_not_under_one_that_runs(cli, kept):
    with Instance():
        told = cli("forget", "--everything", "--yes").sentence(1)
    assert "running already" in told
    assert (paths.data_dir() / "assistant.db").exists() and len(kept.read(9)) == 1


def test_it_asks_and_no_is_no(cli, kept):
    cli("forget", "--everything", stdin="n\n")
    assert (paths.data_dir() / "assistant.db").exists() and len(kept.read(9)) == 1


@pytest.mark.parametrize("given", [(), ("--all", "--last", "2h"), ("--last", "two hours")])
def test_it_must_be_said_what(cli, kept, given):
    assert cli("forget", *given).code == 2
    assert len(kept.read(9)) == 1


def test_durations():
    assert duration("90m") == timedelta(minutes=90)
    assert duration(" 3W ") == timedelta(weeks=3)
    for wrong in ("", "h", "-1h", "1y", "9999999d"):
        with pytest.raises(click.BadParameter):
            duration(wrong)
