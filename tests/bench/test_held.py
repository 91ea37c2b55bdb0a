"""What memory is made of; model files are mapped, shared by processes, and never copied."""

import mmap
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant import models, paths
from assistant.bench.held import copied_mb, held
from assistant.config import load
from assistant.embedding import OnnxEmbedder
from assistant.heap import let_go_of_files
from assistant.power.conditions import used_mb
from assistant.speak.voices import renderer

MB = 1_000_000


def test_all_of_it_is_some_kind():
    kinds = held()
    assert set(kinds) == {"files", "code", "heap", "own"}
    assert sum(kinds.values()) == pytest.approx(used_mb(), rel=0.1)


def test_a_mapped_file_is_one_of_the_files_until_it_is_written_to(tmp_path):
    file = tmp_path / "weights.bin"
    file.write_bytes(bytes(20 * MB))
    before = held()
    with (
        file.open("r+b") as opened,
        mmap.mmap(
            opened.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_WRITE
        ) as data,
    ):
        assert sum(data[:: mmap.PAGESIZE]) == 0
        assert held()["files"] - before["files"] == pytest.approx(20, abs=1)
        assert copied_mb(file) == (pytest.approx(20, abs=1), 0)
        let_go_of_files([tmp_path / "other"])
        assert copied_mb(file)[0] > 19
        let_go_of_files([tmp_path])
        assert copied_mb(file)[0] < 1
        data[0] = 7
        assert 0 < copied_mb(file)[1] < 1
        let_go_of_files([tmp_path])  # it was changed: nothing of it is lost
        assert data[0] == 7


def test_what_is_shared_counts_in_part(tmp_path):
    file = tmp_path / "weights.bin"
    file.write_bytes(bytes(20 * MB))
    code = f"""
import mmap
with open({str(file)!r}, "rb") as file:
    data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
sum(data[::4096]); print(flush=True); input()
"""
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        sum(data[:: mmap.PAGESIZE])
        alone = held()["files"]
        with subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as other:
            other.stdout.readline()
            shared = _pss(os.getpid(), file)
            other.communicate(b"\n")
        assert alone >= 19
        assert shared == pytest.approx(10, abs=1)


def _pss(pid, file):
    ours = False
    for line in Path(f"/proc/{pid}/smaps").read_text("utf-8").splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            ours = line.endswith(str(file))
        elif ours and line.startswith("Pss:"):
            return int(line.split()[1]) / 1000
    return 0.0


@pytest.mark.models
def test_the_language_model_is_not_copied():
    from assistant.think.slm import load_thinker

    path = models.locate("smollm2-135m-instruct-q4_1")
    before = held()["own"] + held()["heap"]
    with closing(load_thinker(load(["think.keep_prefix=false"]).config.think)) as thinker:
        thinker.llama.evaluate(list(range(100, 164)))
        resident, copied = copied_mb(path.resolve())
        own = held()["own"] + held()["heap"] - before
    size = path.stat().st_size / 1e6
    assert resident > 0.8 * size and copied == 0
    assert own < 0.8 * size  # its context, and what it computes with


@pytest.mark.models
def test_the_voice_is_not_copied():
    config = load().config
    voice = renderer(models.locate(config.speak.voice_en), "en", 0)
    first = voice.synthesize("What is it?")
    [weights] = (paths.cache_dir() / "onnx").glob("*.weights")
    resident, copied = copied_mb(weights.resolve())
    assert resident > 0.8 * weights.stat().st_size / 1e6 and copied == 0
    let_go_of_files([paths.cache_dir()])
    assert copied_mb(weights.resolve())[0] < 1
    again = voice.synthesize("What is it?")  # it comes back by itself
    assert len(again.samples) == pytest.approx(len(first.samples), rel=0.3)
    assert np.abs(again.samples).max() > 1000


@pytest.mark.models
def test_the_sentence_model_looks_words_up_in_its_file():
    embedder = OnnxEmbedder(models.locate("minilm-l6-v2-int8"))
    embedder.embed(["what time is it"])
    [weights] = (paths.cache_dir() / "compact").glob("*/weights.bin")
    resident, copied = copied_mb(weights.resolve())
    assert 0 < resident < 0.5 * weights.stat().st_size / 1e6 and copied == 0
