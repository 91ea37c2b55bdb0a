"""The sound server, PulseAudio or PipeWire: its speaker, its microphone, and what plays."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import pulsectl

from assistant.errors import FunctionError

T = TypeVar("T")

_PATIENCE = 1.5  # seconds; a healthy server answers in milliseconds
_NO_SERVER = {
    "en": "There is no sound server on this machine.",
    "es": "No hay ningún servidor de sonido en esta máquina.",
}
_NO_SPEAKER = {
    "en": "There is no speaker to set.",
    "es": "No hay ningún altavoz que ajustar.",
}
_NO_MICROPHONE = {
    "en": "There is no microphone on this machine.",
    "es": "No hay ningún micrófono en esta máquina.",
}
# What a stream says of the program behind it. Its title comes from outside, and is left out.
_OF_A_PROGRAM = (
    "application.name",
    "application.process.binary",
    "application.id",
    "application.icon_name",
)

Device: TypeAlias = pulsectl.PulseSinkInfo | pulsectl.PulseSourceInfo | pulsectl.PulseSinkInputInfo


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a device or a stream was: what undoing a change gives back."""

    volume: pulsectl.PulseVolumeInfo  # each channel has its own
    muted: bool


def ask(call: Callable[[pulsectl.Pulse], T]) -> T:
    """The result of `call` with a fresh connection, so that a restarted server is no matter.

    It runs in a thread of its own: the library waits for ever on a server that hangs.
    Raises FunctionError when there is no server, or it does not answer in time.
    """
    answers: list[T] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            with pulsectl.Pulse("assistant", connect=False) as server:
                server.connect(autospawn=False)
                answers.append(call(server))
        except Exception as error:  # noqa: BLE001  raised again below, in the caller's thread
            errors.append(error)

    thread = threading.Thread(target=run, name="volume", daemon=True)
    thread.start()
    thread.join(_PATIENCE)
    if errors and not isinstance(errors[0], pulsectl.PulseError):
        raise errors[0]
    if not answers:
        raise FunctionError("The sound server does not answer.", spoken=_NO_SERVER)
    return answers[0]


def speaker(server: pulsectl.Pulse) -> pulsectl.PulseSinkInfo:
    """The default output. Raises FunctionError when there is none."""
    try:
        return server.get_sink_by_name(server.server_info().default_sink_name)
    except pulsectl.PulseIndexError as error:
        raise FunctionError("The sound server has no output.", spoken=_NO_SPEAKER) from error


def microphone(server: pulsectl.Pulse) -> pulsectl.PulseSourceInfo:
    """The default input. Raises FunctionError when there is none but what listens to a speaker."""
    try:
        source = server.get_source_by_name(server.server_info().default_source_name)
    except pulsectl.PulseIndexError as error:
        raise FunctionError("The sound server has no input.", spoken=_NO_MICROPHONE) from error
    if source.monitor_of_sink_name:
        raise FunctionError("The only input is a monitor.", spoken=_NO_MICROPHONE)
    return source


LOWERED: dict[int, tuple[list[float], list[float]]] = {}
"""Streams that are low while we listen and speak: their volumes before, and since, by channel."""


def percent(device: Device) -> int:
    volumes = _volumes(device)
    return round(100 * sum(volumes) / max(len(volumes), 1))


def _volumes(device: Device) -> list[float]:
    """Of each channel; of a stream that is low for the moment, as the user knows it."""
    values = [float(value) for value in device.volume.values]
    if isinstance(device, pulsectl.PulseSinkInputInfo) and device.index in LOWERED:
        before, since = LOWERED[device.index]
        same = len(values) == len(since)
        if same and all(abs(a - b) < 0.002 for a, b in zip(values, since, strict=True)):
            return before
    return values


def loudness(device: Device) -> Loudness:
    """A copy: the library writes what it sets into the device that it is given."""
    return Loudness(pulsectl.PulseVolumeInfo(_volumes(device)), bool(device.mute))


def set_loudness(server: pulsectl.Pulse, device: Device, to: Loudness) -> None:
    server.volume_set(device, to.volume)
    server.mute(device, to.muted)


def set_level(server: pulsectl.Pulse, device: Device, level: int) -> None:
    """In percent; the device sounds afterwards."""
    server.volume_set_all_chans(device, level / 100)
    server.mute(device, False)


def streams_of(server: pulsectl.Pulse, names: Iterable[str]) -> list[pulsectl.PulseSinkInputInfo]:
    """What a program plays, known by any of its names."""
    wanted = {wanted for name in names if (wanted := _words(name))}
    return [s for s in server.sink_input_list() if any(_says(s, name) for name in wanted)]


def program(stream: pulsectl.PulseSinkInputInfo) -> str:
    """The program behind a stream, as it calls itself; empty when it does not say."""
    told = (stream.proplist.get(key, "") for key in _OF_A_PROGRAM)
    return next((text for text in told if text), "")


def _says(stream: pulsectl.PulseSinkInputInfo, name: tuple[str, ...]) -> bool:
    """Whether the words of a name stand side by side in one that the stream gives."""
    for key in _OF_A_PROGRAM:
        words = _words(stream.proplist.get(key, ""))
        if any(words[i : i + len(name)] == name for i in range(len(words))):
            return True
        if "".join(words) == "".join(name):  # "fire fox"
            return True
    return False


def _words(text: str) -> tuple[str, ...]:
    """ "org.mozilla.firefox" is as good as "Firefox"."""
    return tuple(re.findall(r"[^\W_]+", text.casefold()))
