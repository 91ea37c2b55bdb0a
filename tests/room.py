"""A room between the virtual speaker and a virtual microphone, as a sound card and a room make it.

A process of its own reads what the speaker plays, lets the room answer, adds who talks in it, and
is the microphone. Speaker and microphone have one clock, as those of one card do: whatever the
speaker plays is heard, always equally late. (A sound server's own loopback changes its rate all the
time, which no card does, and no canceller can follow.)

    with sound.room(impulse) as room:
        began = room.talk(samples)     monotonic seconds at which the microphone hears the first
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np

from assistant.audio import pcm
from assistant.types import LOOP_RATE, Samples

BLOCK = 160
"""Samples: 10 ms."""
READER = "parec --raw --format=s16le --channels=1 --latency-msec=10"


class Room:
    """The process, for who started it. Use it in a `with` statement.

    device: a source of the sound server, what is played. fifo: what is heard goes there.
    impulse: the room's answer to one sample of 1; None: nothing of what is played comes back.
    """

    def __init__(
        self, device: str, fifo: Path, impulse: Any, env: dict[str, str], folder: Path
    ) -> None:
        self._folder, self._said = folder, 0
        answer = folder / "impulse.npy"
        np.save(answer, np.zeros(1) if impulse is None else np.asarray(impulse, np.float64))
        self._process = subprocess.Popen(
            [sys.executable, __file__, device, str(fifo), str(answer)],
            env={**os.environ, **env, "PYTHONPATH": str(Path(__file__).parent.parent)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == "ready"

    def __enter__(self) -> Room:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            pipe.close()
        self._process.wait(60)

    def talk(self, samples: Samples) -> float:
        """Somebody says this, from now on; monotonic seconds at which the first sample of it is
        heard. Does not wait for its end."""
        assert self._process.stdin is not None
        self._said += 1
        path = self._folder / f"said{self._said}.npy"
        np.save(path, samples)
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        return float(self._answer())

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return str(json.loads(self._process.stdout.readline()))


class Answer:
    """A convolution in blocks, with what was before."""

    def __init__(self, impulse: Any) -> None:
        count = -(-len(impulse) // BLOCK)
        parts = np.pad(impulse, (0, count * BLOCK - len(impulse))).reshape(count, BLOCK)
        self._parts = np.fft.rfft(parts, 2 * BLOCK)
        self._spectra = np.zeros_like(self._parts)
        self._before = np.zeros(BLOCK)

    def process(self, block: Any) -> Any:
        self._spectra[1:] = self._spectra[:-1]
        self._spectra[0] = np.fft.rfft(np.concatenate([self._before, block]))
        self._before = block
        return np.fft.irfft((self._parts * self._spectra).sum(axis=0))[BLOCK:]


def _listen(said: queue.SimpleQueue[Samples], reader: subprocess.Popen[bytes]) -> None:
    for line in sys.stdin:
        said.put(np.load(line.strip()))
    reader.kill()  # whoever started us is done


def main(device: str, fifo: str, impulse: str) -> None:
    said: queue.SimpleQueue[Samples] = queue.SimpleQueue()
    reader = subprocess.Popen(
        [*READER.split(), f"--device={device}", f"--rate={LOOP_RATE}"], stdout=subprocess.PIPE
    )
    assert reader.stdout is not None
    threading.Thread(target=_listen, args=(said, reader), daemon=True).start()
    answer, voice = Answer(np.load(impulse)), np.zeros(0, np.int16)
    hiss = np.random.default_rng(1)
    microphone = os.open(fifo, os.O_WRONLY)
    print(json.dumps("ready"), flush=True)
    try:
        while len(played := reader.stdout.read(2 * BLOCK)) == 2 * BLOCK:
            began = not len(voice) and not said.empty()
            if began:
                voice = said.get()
            person, voice = voice[:BLOCK], voice[BLOCK:]
            block = answer.process(np.frombuffer(played, np.int16).astype(np.float64))
            block[: len(person)] += person
            block += hiss.standard_normal(BLOCK) * 8
            heard = pcm.to_int16(block / pcm.FULL_SCALE)
            os.write(microphone, heard.tobytes())
            if began:
                print(json.dumps(str(time.monotonic())), flush=True)
    except BrokenPipeError:  # the sound server is gone
        pass
    finally:
        reader.kill()
        reader.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
