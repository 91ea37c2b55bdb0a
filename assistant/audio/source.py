"""Where sound comes from: a microphone, or a file that is listened to like one."""

from __future__ import annotations

import contextlib
import itertools
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from assistant.audio import devices, pcm, portaudio
from assistant.audio.files import read_audio
from assistant.errors import AudioDeviceError
from assistant.stages import Source
from assistant.types import LOOP_RATE, AudioChunk, Samples, Speech

KEPT_SECONDS = 30.0
"""What a microphone holds for a reader that is busy; beyond it the oldest is dropped."""

SILENT_AFTER = 1.0
"""Seconds without a block, twice in a row, after which a microphone that gave sound is dead. Twice,
because a process that was stopped, or a machine that slept, did not wait."""


class _Block(NamedTuple):
    """What the callback hands over."""

    start: int  # index of the first frame
    data: bytes
    overflow: bool  # the device lost sound just before this
    time: float


class Microphone:
    """A Source on a sound device of any rate and channel count. Open from the start.

    rates: tried before the device's own, which any device takes.
    doze: asked when all was read: seconds for which sound may be left to gather, so that the
        processor sleeps longer at a time.
    Raises AudioDeviceError, also from `read`: the device is unknown, busy, gone or silent.
    """

    def __init__(
        self,
        device: str | int = "default",
        block_ms: int = 30,
        *,
        rates: Sequence[float] = (LOOP_RATE,),
        doze: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self.lost_samples = 0
        self._doze = doze
        self._blocks: queue.SimpleQueue[_Block | None] = queue.SimpleQueue()
        self._capacity = round(KEPT_SECONDS * 1000 / block_ms)
        self._captured = 0  # frames, counted by the callback
        self._taken = 0  # frames, counted by read
        self._taken_at = 0.0
        self._position = 0  # at LOOP_RATE, lost samples included
        self._closing, self._roused = threading.Event(), threading.Event()

        opened = devices.open_stream(
            "input",
            device,
            rates,
            lambda rate, _: {
                "blocksize": round(rate * block_ms / 1000),
                "latency": "low",
                "callback": self._on_block,
                "finished_callback": lambda: self._blocks.put(None),
            },
        )
        self._stream, self.name = opened.stream, opened.device.name
        self._rate, self._channels = opened.rate, opened.channels
        self._resampler = pcm.Resampler(self._rate)

    def _on_block(self, data: Any, frames: int, _time: Any, status: Any) -> None:
        # Runs in PortAudio's own thread at every block: a copy, and nothing else.
        block = _Block(self._captured, bytes(data), status.input_overflow, time.monotonic())
        self._captured += frames
        self._blocks.put(block)
        if self._blocks.qsize() > self._capacity:
            with contextlib.suppress(queue.Empty):
                self._blocks.get_nowait()

    def read(self) -> AudioChunk | None:
        """The next chunk, about one block long, or what gathered in a doze; None after `close`."""
        gather = self._doze() if self._blocks.empty() else 0.0
        if gather:
            self._roused.wait(gather)
            self._roused.clear()
        while not self._closing.is_set():
            if (block := self._next()) is None:
                break
            samples = self._resampler.process(self._take(block))
            while gather and (more := self._waiting()) is not None:
                block = more
                samples = np.concatenate([samples, self._resampler.process(self._take(more))])
            if len(samples):
                start, self._position = self._position, self._position + len(samples)
                return AudioChunk(samples, start, block.time)
        if self._closing.is_set():
            return None
        self._blocks.put(None)  # for the next read
        raise AudioDeviceError(
            f"The microphone {self.name!r} is gone. Plug it in again, or choose another with "
            "audio.input (assistant devices list).",
            code="microphone_gone",
        )

    def _next(self) -> _Block | None:
        """The next block, waiting for it; None at the end."""
        more = SILENT_AFTER if self._taken_at else portaudio.PATIENCE
        for _ in range(round(1 + more / SILENT_AFTER)):  # no thread of the loop sleeps for longer
            with contextlib.suppress(queue.Empty):
                return self._blocks.get(timeout=SILENT_AFTER)
        raise AudioDeviceError(
            f"The microphone {self.name!r} gives no sound. Plug it in again, or choose "
            "another with audio.input (assistant devices list).",
            code="microphone_silent",
        )

    def _waiting(self) -> _Block | None:
        """A block that is there already; the mark of the end is left for the next read."""
        with contextlib.suppress(queue.Empty):
            if (block := self._blocks.get_nowait()) is not None:
                return block
            self._blocks.put(None)
        return None

    def _take(self, block: _Block) -> Samples:
        """The samples of a block, at the device's rate; counts what was lost before it."""
        frames = np.frombuffer(block.data, np.int16).reshape(-1, self._channels)
        lost = block.start - self._taken  # the callback dropped these from a full queue
        if block.overflow and self._taken_at:
            # PortAudio does not say how much the device lost: the clock does
            heard = (block.start + len(frames) - self._taken) / self._rate
            gap = block.time - self._taken_at - heard
            lost += max(0, round(gap * self._rate))
        lost_here = round(lost * LOOP_RATE / self._rate)
        self.lost_samples += lost_here
        self._position += lost_here
        self._taken, self._taken_at = block.start + len(frames), block.time
        return pcm.mono(frames)

    def rouse(self) -> None:
        """Who dozes in `read` reads now. Any thread."""
        self._roused.set()

    def close(self) -> None:
        self._closing.set()
        self._roused.set()
        portaudio.close_stream(self._stream)
        self._blocks.put(None)


class WavSource:
    """A Source on a sound file of any kind, followed by silence.

    real_time: at the speed of a microphone, else as fast as it is read.
    trailing_silence: seconds, so that a command at the end of the file comes to its end.
    Raises AudioFileError when the file cannot be read.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        block_ms: int = 30,
        real_time: bool = False,
        trailing_silence: float = 0.0,
    ) -> None:
        self.lost_samples = 0
        self._real_time = real_time
        self._blocks = _blocks(
            read_audio(path), LOOP_RATE * block_ms // 1000, pcm.silence(trailing_silence, LOOP_RATE)
        )
        self._position = 0
        self._began: float | None = None
        self._closed = threading.Event()

    def read(self) -> AudioChunk | None:
        samples = None if self._closed.is_set() else next(self._blocks, None)
        if samples is None:
            return None
        start, self._position = self._position, self._position + len(samples)
        now = time.monotonic()
        if not self._real_time:
            return AudioChunk(samples, start, now)
        # Deadlines count from the first read, so that no sleep adds to the next: no drift.
        self._began = now if self._began is None else self._began
        there = self._began + self._position / LOOP_RATE
        if self._closed.wait(max(0.0, there - now)):
            return None
        return AudioChunk(samples, start, there)

    def close(self) -> None:
        self._closed.set()
        self._blocks = iter(())


def _blocks(pieces: Iterator[Samples], size: int, tail: Samples) -> Iterator[Samples]:
    """`pieces` and then `tail`, cut to `size`; the last may be shorter."""
    held = np.zeros(0, np.int16)
    for piece in itertools.chain(pieces, [tail]):
        held = np.concatenate([held, piece])
        whole = len(held) - len(held) % size
        for start in range(0, whole, size):
            yield held[start : start + size]
        held = held[whole:]
    if len(held):
        yield held


def record(
    source: Source, seconds: float, on_level: Callable[[float], object] | None = None
) -> Speech:
    """The next `seconds` of `source`; `on_level` gets the peak (0..1) of each chunk.

    Shorter when the source ends before.
    """
    pieces: list[Samples] = []
    wanted = round(seconds * LOOP_RATE)
    while wanted > 0 and (chunk := source.read()) is not None:
        pieces.append(chunk.samples[:wanted])
        wanted -= len(pieces[-1])
        if on_level is not None:
            on_level(pcm.peak(chunk.samples))
    return Speech(np.concatenate([pcm.silence(0, LOOP_RATE), *pieces]), LOOP_RATE)
