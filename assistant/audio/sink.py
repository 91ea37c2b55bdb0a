"""Where sound goes to: a speaker."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

from assistant.audio import devices, pcm, portaudio
from assistant.audio.playback import Playback
from assistant.errors import AudioDeviceError
from assistant.types import Samples, Speech
from assistant.worker import Cancel

QUEUED_SECONDS = 10.0
"""`play` waits while more than this is queued, so that a long answer is not rendered in vain."""

LATENCY = 0.05
"""Seconds the device is asked to buffer. Less reacts sooner, but the audio thread, which needs
Python's lock, then misses its turn while a model computes; with this, `stop` still takes
less than 100 ms."""

IDLE_SECONDS = 4.0
"""A stream that plays nothing costs 2 % of a core, so after this long it ends itself."""

DEAD_AFTER, LOOK_EVERY = 1.5, 0.5
"""Seconds without a request for sound after which a speaker that plays is dead, and from one look
to the next."""

HELD_SECONDS = 6.0
"""`hold` ends by itself after this long: nothing that goes wrong elsewhere makes us dumb."""


class Speaker:
    """A Sink on a sound device. It opens at the first sound or at `prepare`, and rests when idle.

    The stream runs at the device's own rate, and what is played is resampled to it: voices of
    any rate follow one another without a gap.
    playback: told what is handed to the device, and when. latency: seconds, see LATENCY.
    awaited: one that is not there yet is found out by whoever opens it.
    Raises AudioDeviceError: the device is unknown, busy, gone, or does not take any sound.
    """

    def __init__(
        self,
        device: str | int = "default",
        gain: float = 1.0,
        playback: Playback | None = None,
        latency: float = LATENCY,
        *,
        awaited: bool = False,
    ) -> None:
        self.underflows = 0
        """Times that the device ran dry because the computer was too busy."""
        self._wanted = device
        self._gain = gain
        self._playback = playback
        self._latency = latency
        self._stream: Any = None
        self._rate, self._channels = 0.0, 0

        # Shared with the callback; `_changed` is held for microseconds only.
        self._changed = threading.Condition()
        self._queue: deque[Samples] = deque()  # shape (n, channels) each
        self._queued = 0  # frames
        self._next_at = 0.0  # monotonic seconds at which the frames taken next will sound
        self._ends_at = 0.0  # and at which the last sample taken so far has sounded
        self._idle_at = 0.0  # when to rest
        self._held_until = 0.0  # monotonic seconds; nothing sounds before
        self._edge: deque[Samples] = deque()  # with what it fell silent
        self._stops = 0
        self._state = "closed"  # opening, playing, resting, gone, closed
        self._name = str(device) if awaited else devices.find(device, "output").name

    def prepare(self) -> None:
        """Open the device, and wait until it asks for sound (some 20 ms)."""
        with self._changed:
            self._idle_at = time.monotonic() + IDLE_SECONDS
            if self._state == "playing":
                return
        self._release()
        self._state = "opening"
        try:
            opened = devices.open_stream("output", self._wanted, (), self._options)
        except AudioDeviceError:
            self._state = "closed"
            raise
        self._stream, self._name = opened.stream, opened.device.name
        with self._changed:
            opened_by = time.monotonic() + portaudio.PATIENCE
            while self._state == "opening" and time.monotonic() < opened_by:
                self._changed.wait(LOOK_EVERY)
            if self._state == "opening":
                self._state = "gone"
            self._raise_if_gone()

    def _options(self, rate: float, channels: int) -> dict[str, Any]:
        self._rate, self._channels = rate, channels  # before the first callback needs them
        return {
            "blocksize": 0,  # as suits the device
            "latency": self._latency,
            "callback": self._on_block,
            "finished_callback": self._on_finished,
        }

    def play(self, speech: Speech) -> float:
        """Queue `speech`; the monotonic time at which its first sample sounds.

        Waits while more than QUEUED_SECONDS are queued.
        """
        self.prepare()
        samples = pcm.resample(pcm.gain(speech.samples, self._gain), speech.rate, self._rate)
        frames = np.repeat(samples[:, np.newaxis], self._channels, axis=1)
        with self._changed:
            stops = self._stops
            self._wait(lambda: self._queued <= QUEUED_SECONDS * self._rate or stops != self._stops)
            starts_at = self._next_at + self._queued / self._rate
            if len(frames) and stops == self._stops:
                self._queue.append(frames)
                self._queued += len(frames)
            return max(starts_at, time.monotonic())

    def finish(self, cancel: Cancel) -> bool:
        """Wait until the last sample was heard; false when cancelled, or stopped from elsewhere."""
        cancel.on_set(self._wake)
        with self._changed:
            stops = self._stops
            self._wait(lambda: not self._queued or stops != self._stops or cancel.is_set())
            ends_at, stopped = self._ends_at, stops != self._stops
        if not stopped and not cancel.wait(max(0.0, ends_at - time.monotonic())):
            return True
        self.stop()
        return False

    def hold(self) -> None:
        """Fall silent where it is, until `resume`, `stop`, or for HELD_SECONDS, if it sounds."""
        with self._changed:
            now = time.monotonic()
            if not self._queue:
                return
            if now >= self._held_until:
                head = self._queue[0]
                edge = head[: round(pcm.FADE_SECONDS * self._rate)]
                self._edge = deque([_each(pcm.fade_out, edge, self._rate)])
                risen = _each(pcm.fade_in, edge, self._rate)
                self._queue[0] = np.concatenate([risen, head[len(edge) :]])
            self._held_until = now + HELD_SECONDS

    def resume(self) -> None:
        """Go on from there."""
        with self._changed:
            self._held_until = 0.0

    def stop(self) -> None:
        """Fade out what sounds now and drop the rest; a slow device is closed instead."""
        with self._changed:
            self._stops += 1
            held, self._held_until = time.monotonic() < self._held_until, 0.0
            stream = self._stream  # None while it is being opened, though it asks for sound already
            playing = self._state == "playing" and stream is not None
            slow = playing and stream.latency > self._latency + 0.03
            if held:  # it has fallen silent already
                self._queue.clear()
                self._queued = 0
            elif self._queue:
                next_up = self._queue[0][: round(pcm.FADE_SECONDS * self._rate)]
                self._queue = deque([_each(pcm.fade_out, next_up, self._rate)])
                self._queued = len(next_up)
            self._changed.notify_all()
        if slow:
            self.close()

    def close(self) -> None:
        """Close the device; a later `play` opens it again."""
        self._release()
        with self._changed:
            self._stops += 1
            self._state = "closed"
            self._changed.notify_all()

    def _on_block(self, out: Any, frames: int, timing: Any, status: Any) -> None:
        # Runs in PortAudio's own thread at every block: fills `out`, and nothing else.
        now = time.monotonic()
        delay = timing.outputBufferDacTime - timing.currentTime
        target = np.frombuffer(out, np.int16).reshape(frames, self._channels)
        with self._changed:
            held = now < self._held_until
            filled = _fill(target, self._edge if held else self._queue)
            before, self._queued = self._queued, self._queued - (0 if held else filled)
            sounds_at = now + (delay if 0 <= delay < 1 else LATENCY)
            self._next_at = sounds_at + frames / self._rate
            if filled:
                self._ends_at = sounds_at + filled / self._rate
                self._idle_at = now + IDLE_SECONDS
                self.underflows += bool(status.output_underflow)
            limit = QUEUED_SECONDS * self._rate
            drained, room = before > self._queued == 0, before > limit >= self._queued
            if self._state == "opening" or drained or room:
                self._changed.notify_all()
            resting = not self._queued and now > self._idle_at
            self._state = "resting" if resting else "playing"
            if self._playback is not None:
                self._playback.tell(now, target[:, 0].copy(), self._rate)
        if resting:
            raise portaudio.library().CallbackStop

    def _on_finished(self) -> None:
        # PortAudio's thread has ended: because we rest or close, or because the device is gone.
        with self._changed:
            if self._state in ("opening", "playing"):
                self._state = "gone"
                self._changed.notify_all()

    def _wait(self, until: Callable[[], bool]) -> None:
        """Wait on `_changed`; AudioDeviceError when the device is gone or asks for nothing."""
        while not self._changed.wait_for(
            lambda: until() or self._state == "gone", timeout=LOOK_EVERY
        ):
            if time.monotonic() - self._next_at > DEAD_AFTER:
                self._state = "gone"
        self._raise_if_gone()

    def _raise_if_gone(self) -> None:
        if self._state == "gone":
            self._queue.clear()
            self._queued = 0
            raise AudioDeviceError(
                f"The speaker {self._name!r} is gone or takes no sound. Plug it in again, or "
                "choose another with audio.output (assistant devices list).",
                code="speaker_gone",
            )

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _release(self) -> None:
        with self._changed:
            stream, self._stream, self._state = self._stream, None, "closed"
            self._queue.clear()
            self._queued = 0
        if stream is not None:
            portaudio.close_stream(stream)


def _fill(target: Samples, queue: deque[Samples]) -> int:
    """Move queued frames into `target`, zeros behind them; how many frames there were."""
    filled = 0
    while queue and filled < len(target):
        piece = queue[0]
        count = min(len(piece), len(target) - filled)
        target[filled : filled + count] = piece[:count]
        filled += count
        if count == len(piece):
            queue.popleft()
        else:
            queue[0] = piece[count:]
    target[filled:] = 0
    return filled


def _each(fade: Callable[[Samples, float], Samples], frames: Samples, rate: float) -> Samples:
    """A fade of every channel; frames: shape (n, channels)."""
    return np.stack([fade(channel, rate) for channel in frames.T], axis=1)
