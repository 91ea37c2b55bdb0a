"""The whole program within a real control group: the budget is kept, and no turn is lost."""

import os
import subprocess
import sys

import pytest

from assistant.audio import pcm
from assistant.audio.files import write_wav
from assistant.bench.within import group, resize, run, why_not
from assistant.config import load
from assistant.power.ladder import RUNGS
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
from assistant.power.conditions import Reader
from assistant.power.ladder import Ladder
root = Path("/")
ladder = Ladder(gives={})
held = bytearray(60_000_000)
held[::4096] = b"x" * len(held[::4096])
now = 0.0
for line in sys.stdin:
    for _ in range(int(line)):
        now += 5.0
        memory = Reader(root, 0, 40, time.monotonic).memory()
        ladder.look(now, memory)
    print(round(memory.used), *ladder.taken, flush=True)
"""


def test_steps_follow_a_limit_that_is_lowered_and_raised_while_it_runs():
    with group(400) as folder:

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
            resize(folder, used + 8)
            assert steps(1)[1] == ["caches"]
            assert steps(2)[1] == ["caches", "no_model", "small_ears"]
            resize(folder, 400)
            assert steps(1)[1] == ["caches", "no_model", "small_ears"]  # not at once
            assert steps(100)[1] == []
        finally:
            running.stdin.close()
            running.wait(120)
            running.stdout.close()
    assert running.returncode == 0  # never killed


class Squeezing:
    """Gives the group less with every turn, until the last step is taken, then as much as
    before."""

    def __init__(self):
        self.seen, self.words, self.limit, self.squeezed, self.answered = [[]], [], AMPLE, False, 0

    def __call__(self, folder, told):
        steps = told["steps"]
        if steps != self.seen[-1]:
            self.seen.append(steps)
        self.words = told["words"]
        if told["turn"] == FIRST:
            self.answered = told["answered"]
        if told["turn"] >= FIRST and not self.squeezed:
            self.squeezed = len(steps) == len(RUNGS)
            self.limit = AMPLE if self.squeezed else 0.9 * self.limit
            resize(folder, self.limit)


AMPLE = 1000  # MB
FIRST = 4  # turn after which it gets less


@pytest.mark.models
@pytest.mark.timeout(1800)  # a minute of processor time, which a busy machine may not have
def test_the_real_engines_give_way_in_the_order_of_the_steps_and_come_back(sounds):
    """Turns go on meanwhile: the language model goes, a smaller Whisper and a plain voice take
    over, and all are there again when there is room."""
    squeezing = Squeezing()
    found = run(
        AMPLE, 68, sounds, ["stt.model_en=whisper-base", "think.load=start"], on_turn=squeezing
    )
    assert not found.killed and found.swapped_mb == 0 and found.failures == () and found.lost == 0
    assert all(steps == list(RUNGS[: len(steps)]) for steps in squeezing.seen)  # in their order
    counts = [len(steps) for steps in squeezing.seen]
    deepest = counts.index(len(RUNGS))
    assert counts[: deepest + 1] == sorted(counts[: deepest + 1]) and counts[-1] == 0
    assert counts[deepest:] == sorted(counts[deepest:], reverse=True)
    assert len(squeezing.words) == 1 and "memory is short" in squeezing.words[0]
    assert 0 < squeezing.answered < found.answered  # questions, before and after
