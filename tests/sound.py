"""A microphone and a speaker for tests, made of a PulseAudio server of their own.

    sound.speak(samples)             is heard by whoever records the default input
    with sound.recording() as heard  keeps what is played at the default output

The server runs as root, in a container and without a network. Nothing of it touches the
user's own sound: folders, sockets and ALSA settings lie in a temporary directory.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.audio import pcm, portaudio
from assistant.audio.files import read_audio
from assistant.types import LOOP_RATE, Samples, Speech
from tests.room import Room

PROGRAMS = ("pulseaudio", "pactl", "pacat", "parec")

# Only these devices, whatever the machine has.
ALSA = """
pcm.default { type pulse }
ctl.default { type pulse }
pcm.spare { type pulse }
"""

# norewinds: a null sink otherwise takes up to two seconds at a time. The socket comes last,
# so that once it is there, all is.
PULSE = """
load-module module-null-sink sink_name=speaker rate=48000 norewinds=1
load-module module-null-sink sink_name=micfeed rate=48000 norewinds=1
load-module module-remap-source source_name=microphone master=micfeed.monitor
set-default-sink speaker
set-default-source microphone
load-module module-native-protocol-unix auth-anonymous=1 socket={socket}
"""

SERVER = """pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no
    --realtime=no --high-priority=no --log-target=stderr"""
PLAYER = """pacat --playback --raw --format=s16le --channels=1
    --latency-msec=20"""
RECORDER = "parec --raw --format=s16le --channels=1 --latency-msec=5"


class Recording:
    """What one monitor heard. `samples` grows while the recording is on."""

    def __init__(self, process: subprocess.Popen[bytes], rate: int) -> None:
        self.rate = rate
        self._process = process
        self._pieces: list[tuple[float, bytes]] = []
        self._began = threading.Event()
        self._reader = threading.Thread(target=self._read, name="recording")
        self._reader.start()
        assert self._began.wait(60), "the recorder gave nothing"

    @property
    def samples(self) -> Samples:
        whole = b"".join(piece for _, piece in self._pieces)
        return np.frombuffer(whole[: len(whole) // 2 * 2], np.int16)

    def time_of(self, index: int) -> float:
        """Monotonic seconds at which a sample was there, as the promptest piece tells it."""
        end, origins = 0, []
        for at, piece in list(self._pieces):
            end += len(piece) // 2
            origins.append(at - end / self.rate)
        return min(origins) + index / self.rate

    def onset(self, level: float = 0.02) -> float:
        """Monotonic seconds of the first sample louder than `level` (0..1)."""
        loud = np.flatnonzero(np.abs(pcm.to_float(self.samples)) > level)
        assert len(loud), "nothing was heard"
        return self.time_of(int(loud[0]))

    def end(self, level: float = 0.02) -> float:
        """Monotonic seconds of the last sample louder than `level`."""
        loud = np.flatnonzero(np.abs(pcm.to_float(self.samples)) > level)
        assert len(loud), "nothing was heard"
        return self.time_of(int(loud[-1]))

    def wait_until_loud(self, level: float = 0.03, seconds: float = 60.0) -> None:
        """Until something louder than `level` (0..1) is heard."""
        deadline = time.monotonic() + seconds
        while pcm.peak(self.samples) < level:
            assert time.monotonic() < deadline, "nothing was heard"
            time.sleep(0.02)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        while piece := os.read(self._process.stdout.fileno(), 4096):
            self._pieces.append((time.monotonic(), piece))
            self._began.set()


class VirtualSound:
    """The server, and the programs that talk into its microphone and listen to its speaker.

    `env` is what a child process needs to use it.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="sound-"))
        self._socket = self._folder / "native"
        (self._folder / "asound.conf").write_text(ALSA)
        (self._folder / "start.pa").write_text(PULSE.format(socket=self._socket))
        self.env = {
            "PULSE_SERVER": f"unix:{self._socket}",
            "PULSE_COOKIE": str(self._folder / "cookie"),
            "ALSA_CONFIG_PATH": str(self._folder / "asound.conf"),
            "XDG_RUNTIME_DIR": str(self._folder),
        }
        self._server: subprocess.Popen[bytes] | None = None
        self._speaking: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> VirtualSound:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.hush()
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Start the server and wait until its devices are there."""
        log = self._folder / "server.log"
        with log.open("wb") as out:
            self._server = subprocess.Popen(
                [*SERVER.split(), "-F", str(self._folder / "start.pa")],
                env={**os.environ, **self.env, "HOME": str(self._folder)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=out,
            )
        deadline = time.monotonic() + 60
        while not self._socket.exists():
            assert self._server.poll() is None, f"PulseAudio ended: {log.read_text()}"
            assert time.monotonic() < deadline, f"PulseAudio does not start: {log.read_text()}"
            time.sleep(0.01)

    def kill(self) -> None:
        """End the server as a crash would."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()
            self._server = None
        self._socket.unlink(missing_ok=True)

    def restart(self) -> None:
        self.kill()
        self.start()

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """The server is there and answers nobody."""
        assert self._server is not None
        self._server.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._server.send_signal(signal.SIGCONT)

    def speak(
        self, sound: str | Path | Speech | Samples, *, wait: bool = True, into: str = "micfeed"
    ) -> subprocess.Popen[bytes]:
        """Play into the microphone: a file, a Speech, or samples at LOOP_RATE. into: another sink
        that one is fed by."""
        if isinstance(sound, str | Path):
            sound = np.concatenate(list(read_audio(sound)))
        speech = sound if isinstance(sound, Speech) else Speech(sound, LOOP_RATE)
        with tempfile.TemporaryFile(dir=self._folder) as spool:
            spool.write(speech.samples.astype("<i2").tobytes())
            spool.seek(0)
            player = subprocess.Popen(
                [*PLAYER.split(), f"--device={into}", f"--rate={speech.rate}"],
                env={**os.environ, **self.env},
                stdin=spool,
            )
        self._speaking = [p for p in self._speaking if p.poll() is None] + [player]
        if wait:
            player.wait()
        return player

    def control(self, *arguments: str) -> str:
        """What `pactl` says to these arguments."""
        done = subprocess.run(
            ["pactl", *arguments],
            env={**os.environ, **self.env},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout.strip()

    def wait(self, seconds: float = 10.0) -> None:
        """Until all has been said that is being said; not for a server that is gone."""
        for player in self._speaking:
            with contextlib.suppress(subprocess.TimeoutExpired):
                player.wait(seconds)
        self.hush()

    def hush(self) -> None:
        """Stop all that still speaks."""
        for player in self._speaking:
            player.kill()
            player.wait()
        self._speaking = []

    @contextlib.contextmanager
    def recording(self, device: str = "speaker", rate: int = LOOP_RATE) -> Iterator[Recording]:
        """Record a sink ("speaker" or "micfeed") while the block runs."""
        recorder = subprocess.Popen(
            [*RECORDER.split(), f"--device={device}.monitor", f"--rate={rate}"],
            env={**os.environ, **self.env},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # it complains when a test kills the server
        )
        recording = Recording(recorder, rate)
        try:
            yield recording
        finally:
            recording.stop()

    @contextlib.contextmanager
    def room(self, impulse: object, source: str = "room") -> Iterator[Room]:
        """A microphone, the default one meanwhile, that hears what the speaker plays as a room
        gives it back. See tests/room.py."""
        fifo = self._folder / source
        module = self.control(
            *("load-module", "module-pipe-source", f"source_name={source}", f"file={fifo}"),
            *("format=s16le", f"rate={LOOP_RATE}", "channels=1"),
        )
        self.control("set-default-source", source)
        try:
            with Room("speaker.monitor", fifo, impulse, self.env, self._folder) as room:
                yield room
        finally:
            self.control("set-default-source", "microphone")
            self.control("unload-module", module)

    def record_speaker(self, seconds: float, rate: int = LOOP_RATE) -> Samples:
        """What the speaker plays from now on."""
        with self.recording(rate=rate) as heard:
            time.sleep(seconds)
        return heard.samples[: round(seconds * rate)]


@pytest.fixture(scope="session")
def sound() -> Iterator[VirtualSound]:
    """The virtual devices, as the default ones of this process and of its children."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (apt install pulseaudio)")
    with VirtualSound() as virtual, pytest.MonkeyPatch.context() as patch:
        for name, value in virtual.env.items():
            patch.setenv(name, value)
        # PortAudio reads the devices when it starts: it may have done so before.
        assert portaudio.refresh()
        yield virtual
        assert portaudio.refresh(), "a test left a sound stream open"


@contextlib.contextmanager
def plugged_out(sound: VirtualSound, name: str) -> Iterator[None]:
    """While inside, this microphone is not there; afterwards it is the default again."""
    modules = [line.split("\t") for line in sound.control("list", "short", "modules").splitlines()]
    [module] = [m for m in modules if f"source_name={name} " in " ".join(m) + " "]
    sound.control("unload-module", module[0])
    try:
        yield
    finally:
        sound.control("load-module", module[1], *module[2].split())
        sound.control("set-default-source", name)


def recordings() -> list[str]:
    """The numbers of the streams that record the microphone, as the sound server counts them."""
    [microphone] = [number for number, name, *_ in _listed("sources") if name == "microphone"]
    return [number for number, source, *_ in _listed("source-outputs") if source == microphone]


def _listed(what: str) -> list[list[str]]:
    done = subprocess.run(
        ["pactl", "list", "short", what], capture_output=True, text=True, check=True
    )
    return [line.split("\t") for line in done.stdout.splitlines()]


def chirp(
    seconds: float = 1.0, rate: int = LOOP_RATE, low: float = 300, high: float = 3000
) -> Speech:
    """A rising tone: no two moments of it are alike, so what is missing is missed."""
    time_ = np.arange(round(seconds * rate)) / rate
    phase = 2 * np.pi * (low * time_ + (high - low) * time_**2 / (2 * seconds))
    samples = pcm.to_int16(0.4 * np.sin(phase))
    return Speech(pcm.fade_in(pcm.fade_out(samples, rate, 0.004), rate, 0.004), rate)


def align(heard: Samples, expected: Samples) -> tuple[int, float]:
    """Where in `heard` is `expected`, by cross-correlation, and how alike they are (-1..1)."""
    if len(heard) < len(expected):
        heard = np.pad(heard, (0, len(expected) - len(heard)))
    long, short = pcm.to_float(heard).astype(float), pcm.to_float(expected).astype(float)
    size = 1 << (len(long) + len(short)).bit_length()
    spectrum = np.fft.rfft(long, size) * np.conj(np.fft.rfft(short, size))
    products = np.fft.irfft(spectrum, size)[: len(long) - len(short) + 1]
    offset = int(np.argmax(products))
    part = long[offset : offset + len(short)]
    norm = float(np.sqrt(np.sum(part**2) * np.sum(short**2)))
    return offset, float(np.dot(part, short)) / norm if norm else 0.0


def assert_heard(heard: Samples, expected: Samples, least: float = 0.98) -> int:
    """`expected` is in `heard` with its start, middle and end; returns where. Both at one rate."""
    finer = 4  # else half a sample of delay makes high tones look unlike themselves
    heard, expected = pcm.resample(heard, 1, finer), pcm.resample(expected, 1, finer)
    offset, alike = align(heard, expected)
    assert alike > least, f"only {alike:.3f} alike"
    tenth, margin = len(expected) // 10, 40 * finer
    for start in range(0, len(expected) - tenth + 1, tenth):
        first = max(0, offset + start - margin)
        _, alike = align(
            heard[first : offset + start + tenth + margin], expected[start : start + tenth]
        )
        assert alike > least - 0.03, f"the part at {start / len(expected):.0%} is only {alike:.3f}"
    return round(offset / finer)
