"""The whole program within a real control group: the budget is kept, and no turn is lost."""

import os
import subprocess
import sys

import pytest

from assistant.audio import pcm
from assistant.audio.files import write_wav
from assistant.bench.within import group, run, why_not
from assistant.config import load
from assistant.speak.voices import load_voice
from assistant.types import LOOP_RATE, Speech


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sounds")
    voice = load_voice(load().config.speak, "en")
    for number, text in enumerate(["Set a timer for ten minutes.", "What time is it?"]):
        spoken = voice.synthesize(text)
        samples = pcm.resample(spoken.samples, spoken.rate, LOOP_RATE)
        write_wav(folder / f"{number}.wav", Speech(samples, LOOP_RATE))
    return folder


@pytest.fixture(autouse=True)
def skip_where_no_group_can_be_made():
    if reason := why_not():
        pytest.skip(reason)


@pytest.mark.models
def test_turns_of_all_kinds_within_less_than_all_engines_need(sounds):
    found = run(500, 10, sounds, [])
    assert not found.killed and found.failures == () and found.lost == 0
    assert "no_model" in found.steps  # planned: it was never loaded
    assert found.answered == 0 and found.pss_mb < 500


@pytest.mark.models
def test_a_process_that_takes_more_than_the_group_has_is_noticed(sounds):
    """That the test above can fail: without the governor the same turns do not fit."""
    found = run(250, 10, sounds, ["governor.enabled=false"])
    assert found.killed and found.lost == 10


# A process whose group gets smaller and larger while it runs: what the governor sees and decides.
WATCHED = """
import sys, time
from pathlib import Path
from assistant.config import load
from assistant.power.conditions import Reader, limit_mb
from assistant.power.ladder import Ladder
root = Path("/")
config = load(["memory.least_free_mb=40"]).config
ladder = Ladder(gives={})
most = limit_mb(config, root)  # looked at once, as by the governor
held = bytearray(60_000_000)
held[::4096] = b"x" * len(held[::4096])
now = 0.0
for line in sys.stdin:
    for _ in range(int(line)):
        now += 5.0
        memory = Reader(root, most, 40, time.monotonic).memory()
        ladder.look(now, memory)
    print(round(memory.used), *ladder.taken, flush=True)
"""


def test_steps_follow_a_limit_that_is_lowered_and_raised_while_it_runs():
    with group(400) as folder:
        limit = next(f for f in map(folder.joinpath, LIMITS) if f.exists())

        def enter():
            (folder / "cgroup.procs").write_text(str(os.getpid()))

        running = subprocess.Popen(
            [sys.executable, "-c", WATCHED],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=enter,  # noqa: PLW1509  no thread runs in a test
        )

        def steps(looks):
            running.stdin.write(f"{looks}\n")
            running.stdin.flush()
            used, *taken = running.stdout.readline().split()
            return int(used), taken

        try:
            used, taken = steps(1)
            assert taken == []
            resize(limit, used + 25)
            assert steps(1)[1] == ["caches"]
            assert steps(2)[1] == ["caches", "no_model", "small_ears"]
            resize(limit, 400)
            assert steps(1)[1] == ["caches", "no_model", "small_ears"]  # not at once
            assert steps(100)[1] == []
        finally:
            running.stdin.close()
            running.wait(20)
            running.stdout.close()
    assert running.returncode == 0  # never killed


def resize(limit, mb):
    """Also that of memory and swap together, which is never below it: in the order that allows."""
    both = limit.with_name("memory.memsw.limit_in_bytes")
    files = [limit, both] if both.exists() else [limit]
    for file in files if int(limit.read_text()) > mb * 1e6 else files[::-1]:
        file.write_text(str(round(mb * 1e6)))


LIMITS = ("memory.limit_in_bytes", "memory.max")
