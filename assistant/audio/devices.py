"""Microphones and speakers: which there are, and which one is meant by a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from assistant.audio import pcm, portaudio
from assistant.audio.portaudio import Kind
from assistant.errors import AudioDeviceError
from assistant.types import Speech

NOUN = {"input": "microphone", "output": "speaker"}


@dataclass(frozen=True, slots=True)
class Device:
    """One device as PortAudio knows it. `inputs` and `outputs` are numbers of channels."""

    index: int
    name: str
    host_api: str
    inputs: int
    outputs: int
    rate: float  # hertz, its own choice
    default_input: bool
    default_output: bool

    def channels(self, kind: Kind) -> int:
        return self.inputs if kind == "input" else self.outputs

    def is_default(self, kind: Kind) -> bool:
        return self.default_input if kind == "input" else self.default_output


def devices() -> list[Device]:
    """All devices. Raises AudioDeviceError when PortAudio is not installed, or cannot tell."""
    sd = portaudio.library()
    with portaudio.steady():
        apis = sd.query_hostapis()
        default_input, default_output = sd.default.device
        found = sd.query_devices()
    return [
        Device(
            index=d["index"],
            name=d["name"],
            host_api=apis[d["hostapi"]]["name"],
            inputs=d["max_input_channels"],
            outputs=d["max_output_channels"],
            rate=d["default_samplerate"],
            default_input=d["index"] == default_input,
            default_output=d["index"] == default_output,
        )
        for d in found
    ]


def find(wanted: str | int, kind: Kind) -> Device:
    """The device that a setting means; devices plugged in since are looked for, too.

    Raises AudioDeviceError naming the candidates when there is none, or more than one.
    """
    try:
        return match(devices(), wanted, kind)
    except AudioDeviceError:
        if not portaudio.refresh():
            raise
        return match(devices(), wanted, kind)


def match(known: Sequence[Device], wanted: str | int, kind: Kind) -> Device:
    """The device of `known` meant by "default", a number, a name or a part of a name."""
    able = [d for d in known if d.channels(kind)]
    noun = NOUN[kind]
    if not able:
        raise AudioDeviceError(
            f"No {noun} was found. Plug one in, and check that the sound server runs: pactl info",
            code=f"no_{noun}",
        )
    text = str(wanted).strip()
    tests: list[Callable[[Device], bool]]
    if text.isdecimal():  # never a part of a name: names are full of digits, "hw:1,0"
        tests = [lambda d: str(d.index) == text]
    else:
        tests = [
            lambda d: text == "default" and d.is_default(kind),
            lambda d: d.name.casefold() == text.casefold(),
            lambda d: bool(text) and text.casefold() in d.name.casefold(),
        ]
    found = next((hits for test in tests if (hits := [d for d in able if test(d)])), [])
    if len(found) == 1:
        return found[0]
    problem = f"More than one {noun} is called {text!r}" if found else f"No {noun} is {text!r}"
    raise AudioDeviceError(
        f"{problem}. Set audio.{kind} to one of: {_names(found or able)}.", code=f"no_{noun}"
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A running stream and what it runs at."""

    stream: Any
    device: Device
    rate: float
    channels: int


def open_stream(
    kind: Kind, wanted: str | int, rates: Sequence[float], options: portaudio.Options
) -> Opened:
    """Open the device that `wanted` means, at the first of `rates` it takes, or at its own.

    Raises AudioDeviceError: unknown, busy or gone.
    """
    error_type = portaudio.library().PortAudioError
    device = find(wanted, kind)
    try:
        return _open(kind, device, rates, options)
    except error_type as error:
        # It may have been plugged in again since, and have another number now.
        if not portaudio.refresh():
            raise _refused(device, kind, error) from error
    device = find(wanted, kind)
    try:
        return _open(kind, device, rates, options)
    except error_type as error:
        raise _refused(device, kind, error) from error


def _open(kind: Kind, device: Device, rates: Sequence[float], options: portaudio.Options) -> Opened:
    stream, rate, channels = portaudio.open_stream(
        kind, device.index, formats(device, kind, rates), options
    )
    return Opened(stream, device, rate, channels)


def formats(device: Device, kind: Kind, rates: Sequence[float]) -> list[tuple[float, int]]:
    """Rates and channel counts to try, best first: as few channels as the device takes."""
    most = device.channels(kind)
    channels = dict.fromkeys(min(n, most) for n in (1, 2, most))
    return [(rate, n) for rate in dict.fromkeys((*rates, device.rate)) for n in channels]


def _refused(device: Device, kind: Kind, reason: Exception) -> AudioDeviceError:
    """The sentence for a device that is there and does not open."""
    others = [d for d in devices() if d.channels(kind) and d.index != device.index]
    remedy = "Close the program that uses it, or plug it in again"
    if others:
        remedy += f", or set audio.{kind} to one of: {_names(others)}"
    cause = str(reason.args[0]) if reason.args else str(reason)
    return AudioDeviceError(
        f"The {NOUN[kind]} {device.name!r} cannot be opened ({cause}). {remedy}.",
        code=f"{NOUN[kind]}_busy",
    )


def _names(listed: Sequence[Device]) -> str:
    return ", ".join(f"{d.index} ({d.name})" for d in listed)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a test recording says of a microphone."""

    state: Literal["silent", "quiet", "clipping", "good"]
    peak: float  # dBFS
    level: float  # dBFS, of the loudest tenth: of the speech, if there was any
    sentence: str


def judge(recorded: Speech) -> Verdict:
    """Whether a recording, in which somebody spoke, will do for recognition.

    Speech at arm's length peaks near -20 dBFS on most microphones; recognition gets worse
    below some -45 dBFS, where 16 bits and the noise of cheap converters meet it.
    """
    samples = recorded.samples
    peak = pcm.dbfs(pcm.peak(samples))
    length = max(1, recorded.rate // 50)
    frames = samples[: len(samples) // length * length].reshape(-1, length)
    levels = sorted(pcm.rms(frame) for frame in frames)
    level = pcm.dbfs(levels[int(len(levels) * 0.9)] if levels else 0.0)
    clipped = float(np.mean(np.abs(pcm.to_float(samples)) > 0.999)) if len(samples) else 0.0
    state: Literal["silent", "quiet", "clipping", "good"]
    if peak < -60:
        state, advice = "silent", "It gave only silence: it may be muted, or the wrong one."
    elif clipped > 0.001:
        state, advice = "clipping", "It is too loud and distorts: lower its level, or step back."
    elif level < -45:
        state, advice = "quiet", "It is very quiet: raise its level, or come closer."
    else:
        state, advice = "good", "It works."
    return Verdict(state, peak, level, advice)
