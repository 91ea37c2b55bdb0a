"""The one module that touches PortAudio: loads it, opens and closes its streams.

Three habits of native sound libraries are tamed here. They write to stderr; they read the
list of devices only once; and a frozen sound server makes their calls hang, at exit too.
What remains: when a device dies, PortAudio's own thread still prints a few lines, for which
it has no switch.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from typing import Any, Literal, TypeVar

from assistant.errors import AudioDeviceError

T = TypeVar("T")
Kind = Literal["input", "output"]
Options = Callable[[float, int], dict[str, Any]]
"""The stream's other arguments, given its rate and channels."""

PATIENCE = 3.0
"""Seconds a native call, or a silent device, is waited for. Opening takes some 5 ms; a
Bluetooth headset can take 2 s."""

CLOSE_PATIENCE = 1.0
"""Seconds for closing, which takes 20 ms. When a PulseAudio server dies while a microphone is
read, its client library sometimes waits for itself, and closing would take forever."""

STUCK = 15.0
"""Seconds after which a call that hangs is taken to hang for ever."""

_lock = threading.RLock()
_streams: set[Any] = set()


def library() -> Any:
    """The `sounddevice` module. Raises AudioDeviceError when PortAudio is not installed."""
    try:
        import sounddevice
    except OSError as error:
        raise AudioDeviceError(
            "The sound library PortAudio is not installed. "
            "Install it with: sudo apt install libportaudio2",
            code="no_portaudio",
        ) from error
    _quiet_alsa()
    return sounddevice


def open_stream(
    kind: Kind,
    device: int,
    formats: list[tuple[float, int]],
    options: Options,
) -> tuple[Any, float, int]:
    """Open and start a raw int16 stream in the first of `formats` that the device takes.

    formats: (rate, channels), best first.
    Returns the stream with its rate and channels. Raises PortAudioError of the first format,
    or AudioDeviceError when the sound server does not answer.
    """
    sd = library()
    make = sd.RawInputStream if kind == "input" else sd.RawOutputStream
    refusal: Exception | None = None
    for rate, channels in formats:
        settings = options(rate, channels) | {"device": device, "dtype": "int16"}
        settings |= {"samplerate": rate, "channels": channels}
        try:
            with _quietly():
                stream = _within(PATIENCE, partial(_started, make, settings), _close_late)
        except sd.PortAudioError as error:
            refusal = refusal or error
            continue
        return stream, rate, channels
    assert refusal is not None
    raise refusal


def _started(make: Callable[..., Any], settings: dict[str, Any]) -> Any:
    stream = make(**settings)
    try:
        stream.start()
    except library().PortAudioError:
        stream.close()
        raise
    _streams.add(stream)  # before `refresh`, which waits for this call, can miss it
    return stream


def close_stream(stream: Any) -> None:
    """Close at once, dropping what is queued. Never hangs and never fails."""
    if stream in _streams:
        _streams.discard(stream)
        with contextlib.suppress(AudioDeviceError):
            _within(CLOSE_PATIENCE, stream.close, queued=True)


@contextlib.contextmanager
def steady() -> Iterator[None]:
    """While the devices are asked for, the library is not restarted by another thread, for which
    there are none. Raises AudioDeviceError when it cannot tell: its last restart has failed."""
    with _lock:
        try:
            yield
        except library().PortAudioError as error:
            raise AudioDeviceError(
                "The sound devices cannot be listed. Check that the sound server runs: pactl info",
                code="no_devices",
            ) from error


def refresh() -> bool:
    """Read the list of devices again, so that one plugged in since is found.

    False when a stream is in use: PortAudio must be restarted for it, which would cut it off.
    """
    sd = library()
    with _lock:
        if any(stream.active for stream in _streams):
            return False
        for stream in list(_streams):
            close_stream(stream)

        def restart() -> None:
            with contextlib.suppress(sd.PortAudioError):  # the last restart ended half-way
                sd._terminate()
            sd._initialize()

        try:
            _within(PATIENCE, restart)
        except sd.PortAudioError as error:
            raise AudioDeviceError(
                "The sound library does not start. Check that the sound server runs: pactl info",
                code="no_portaudio",
            ) from error
    return True


class _OneByOne:
    """PortAudio breaks when two threads are in it, so its calls are made one after another: also
    when one hangs and nobody waits for it any more, until that has lasted STUCK seconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._since = 0.0

    @property
    def busy(self) -> bool:
        return self._lock.locked()

    def enter(self, seconds: float) -> threading.Lock | None:
        """A lock to be released afterwards; None where another call hangs. seconds: -1 waits."""
        lock = self._lock
        if not lock.acquire(timeout=seconds):
            if time.monotonic() - self._since < STUCK:
                return None
            lock = self._lock = threading.Lock()
            lock.acquire()
        self._since = time.monotonic()
        return lock


_native = _OneByOne()


def entered() -> bool:
    """Whether a call of the library is on, which is waited for with a patience of its own."""
    return _native.busy


def _within(
    seconds: float,
    call: Callable[[], T],
    late: Callable[[T], object] = lambda _: None,
    *,
    queued: bool = False,
) -> T:
    """The result of `call`, made in a thread so that it can be given up. queued: it is made in any
    case, if need be after one that hangs. late: told what comes when nobody waits for it any more.

    Raises AudioDeviceError when it takes longer. The thread stays behind then: nothing can
    interrupt it, and PortAudio, which would wait for it at exit, is left as it is.
    """
    outcome: Future[T] = Future()

    def run(lock: threading.Lock | None) -> None:
        entered = lock or _native.enter(-1)
        assert entered is not None  # it has waited
        try:
            outcome.set_result(call())
        except Exception as error:  # noqa: BLE001  # raised again below, in the caller's thread
            outcome.set_exception(error)
        finally:
            entered.release()

    entered = None if queued else _native.enter(seconds)
    if queued or entered is not None:
        threading.Thread(target=run, args=(entered,), name="portaudio", daemon=True).start()
        with contextlib.suppress(TimeoutError):
            return outcome.result(seconds)
        outcome.add_done_callback(lambda done: done.exception() or late(done.result()))
    atexit.unregister(library()._exit_handler)
    raise AudioDeviceError(
        f"The sound server did not answer for {seconds:.0f} seconds. Restart it, "
        "for example with: systemctl --user restart pipewire-pulse (or pulseaudio)",
        code="server_hangs",
    )


def _close_late(stream: Any) -> None:
    """A stream that was opened when nobody waited for it any more."""
    threading.Thread(target=close_stream, args=(stream,), name="portaudio", daemon=True).start()


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Send what C code writes to stderr nowhere, for the milliseconds of a call.

    PortAudio prints each assertion of a device that refuses a format. The lock keeps two
    calls from restoring one another's null device. Python's own errors are raised, not
    printed, so none is lost.
    """
    with _lock:
        kept, null = os.dup(2), os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(null)


_AlsaHandler = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)
# ALSA keeps the address only, so the object must live as long as the program.
_ignore_message = _AlsaHandler(lambda *_: None)


def _quiet_alsa() -> None:
    """Take ALSA's messages ("underrun occurred") off the screen, from its own threads too."""
    with contextlib.suppress(OSError):  # not Linux: there is no ALSA to silence
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_ignore_message)
