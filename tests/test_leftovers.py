import os
import signal
import subprocess
import sys
import time

import pytest

from assistant import leftovers, paths
from assistant.leftovers import DAY, sweep

OLD = DAY + 60


@pytest.fixture(autouse=True)
def own_caches(tmp_path, monkeypatch):
    """Of this test alone: some are shared by all."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "own"))


def made(name, age=OLD):
    path = paths.cache_dir() / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    then = time.time() - age
    os.utime(path, (then, then))
    return path


@pytest.mark.parametrize(
    "name",
    ["speech/tmp1.new", "grammar/tmpx.new", "embeddings/tmpab.npz", "prefixes/.new-abc"],
)
def test_what_was_never_finished_goes_after_a_day(name):
    path, young = made(name), made(name.replace("/", "/tmp-young-"), age=60)
    assert sweep() == [path]
    assert not path.exists() and young.exists()


def test_a_folder_that_was_being_filled_goes_whole(tmp_path):
    inside = made("onnx/tmpwork/model.onnx")
    os.utime(inside.parent, (0, 0))
    assert sweep() == [inside.parent]
    assert not inside.parent.exists()


def test_what_is_kept_stays():
    kept = [made(n) for n in ("speech/ab.wav", "grammar/en-1.bin", "onnx/m-1-2.onnx", "x.new")]
    assert sweep() == []
    assert all(path.exists() for path in kept)


def test_what_a_link_leads_to_stays(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").write_text("x")
    link = paths.cache_dir() / "speech" / "tmp.new"
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere)
    os.utime(link, (0, 0), follow_symlinks=False)
    assert sweep() == [link]
    assert (elsewhere / "mine").exists()


def test_no_cache_no_trouble():
    assert sweep() == []


def test_what_a_killed_writer_leaves_is_such_a_file():
    """As each cache writes: the name of what was never finished is one that is swept."""
    code = (
        "import os, signal, numpy as np\n"
        "from pathlib import Path\n"
        "from assistant import paths\n"
        "from assistant.speak import cache\n"
        "from assistant.types import Speech\n"
        "Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "cache._write(paths.cache_dir() / 'speech' / 'a.wav', Speech(np.zeros(9, np.int16), 16000))"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False)
    assert ended.returncode == -signal.SIGKILL
    [left] = (paths.cache_dir() / "speech").iterdir()
    assert leftovers.sweep(time.time() + OLD) == [left]
