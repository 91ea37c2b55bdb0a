"""Programs, outputs and the microphone, on a real PulseAudio that the test starts."""

import contextlib
import os
import shutil
import subprocess
import time

import pulsectl
import pytest

from tests.handlers.conftest import Device, cascade, settings  # noqa: F401 - fixtures

pytestmark = [
    pytest.mark.sound,
    pytest.mark.real_time,
    pytest.mark.skipif(not shutil.which("pulseaudio"), reason="pulseaudio is not installed"),
]

SINKS = {
    "builtin": ("Built-in\\ Audio", "internal"),
    "headset": ("Jabra\\ Evolve", "headset"),
    "tele": ("HDMI\\ Stereo", "tv"),
}


@pytest.fixture
def server(tmp_path, monkeypatch):
    """PulseAudio with three silent outputs and a microphone."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    socket = runtime / "native"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{socket}")
    monkeypatch.delenv("PULSE_SINK", raising=False)
    loads = [
        f"--load=module-null-sink sink_name={name}"
        f" sink_properties='device.description=\"{label}\" device.form_factor={form}'"
        for name, (label, form) in SINKS.items()
    ]
    process = subprocess.Popen(
        [
            *"pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no".split(),
            "--log-level=error",
            *loads,
            "--load=module-null-sink sink_name=micfeed",
            "--load=module-remap-source source_name=microphone master=micfeed.monitor",
            f"--load=module-native-protocol-unix auth-anonymous=1 socket={socket}",
        ],
        env={**os.environ, "PULSE_SERVER": ""},
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not socket.exists():
        assert time.monotonic() < deadline, "PulseAudio did not start"
        assert process.poll() is None, "PulseAudio ended at once"
        time.sleep(0.02)
    with pulsectl.Pulse("test") as pulse:
        pulse.sink_default_set("builtin")
        pulse.source_default_set("microphone")
    yield process
    process.terminate()
    process.wait(60)


@pytest.fixture
def device(settings, cascade, tmp_path):  # noqa: F811
    made = Device(settings, cascade, data=tmp_path / "data")
    yield made
    made.functions.close()


@contextlib.contextmanager
def playing(application, binary="player", title="A title"):
    """A program that plays silence."""
    before = len(streams())
    process = subprocess.Popen(
        [
            *"pacat --playback --raw --rate=8000 --channels=2".split(),
            f"--client-name={application}",
            f"--property=application.name={application}",
            f"--property=application.process.binary={binary}",
            f"--property=media.name={title}",
            "/dev/zero",
        ]
    )
    try:
        deadline = time.monotonic() + 60
        while len(streams()) == before:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield
    finally:
        process.kill()
        process.wait()


def streams():
    with pulsectl.Pulse("test") as pulse:
        return pulse.sink_input_list()


def of(application):
    """(percent, muted) of the streams of a program, asked by another client."""
    return [
        (round(s.volume.value_flat * 100), bool(s.mute))
        for s in streams()
        if s.proplist["application.name"] == application
    ]


def default():
    with pulsectl.Pulse("test") as pulse:
        return pulse.server_info().default_sink_name


def microphone():
    with pulsectl.Pulse("test") as pulse:
        source = pulse.get_source_by_name("microphone")
        return round(source.volume.value_flat * 100), bool(source.mute)


def test_only_the_program_that_was_named_changes(server, device):
    with playing("Firefox"), playing("Spotify", binary="spotify"):
        assert device.say("set the volume of firefox to 40 percent") == (
            "Firefox volume forty percent."
        )
        assert device.say("turn down firefox") == "Firefox volume thirty percent."
        assert device.say("sube el volumen de spotify al cincuenta", "es") == (
            "Volumen de Spotify al cincuenta por ciento."
        )
        assert of("Firefox") == [(30, False)]
        assert of("Spotify") == [(50, False)]
        assert device.say("what is the volume of firefox") == "Firefox is at thirty percent."


def test_a_program_is_known_by_what_it_runs(server, device):
    with playing("Playback Stream", binary="spotify"):
        device.say("mute spotify")
        assert of("Playback Stream") == [(100, True)]
        assert device.say("unmute spotify") == "Spotify sounds again."
        assert of("Playback Stream") == [(100, False)]


def test_every_stream_of_a_browser(server, device):
    with playing("Chromium"), playing("Chromium"):
        device.say("silencia el navegador", "es")
        assert of("Chromium") == [(100, True), (100, True)]


def test_a_title_is_no_name(server, device):
    """Whoever names a song "firefox" is not muted for it."""
    with playing("mpv", title="firefox"):
        reply = device.ask("mute firefox")
        assert (reply.ok, reply.text) == (False, "Firefox plays no sound. I hear mpv.")
        assert of("mpv") == [(100, False)]


def test_a_program_nobody_foresaw(server, device):
    with playing("Odd Machine"):
        device.say("turn down the volume of odd machine")
        assert of("Odd Machine") == [(90, False)]


def test_nothing_plays(server, device):
    reply = device.ask("turn down firefox")
    assert (reply.ok, reply.text) == (False, "Nothing plays any sound.")


def test_undo_gives_back_each_stream_its_own(server, device):
    with playing("Firefox"), pulsectl.Pulse("test") as pulse:
        [stream] = pulse.sink_input_list()
        pulse.volume_set(stream, pulsectl.PulseVolumeInfo([0.2, 0.6]))
        reply = device.ask("set the volume of firefox to 90")
        assert of("Firefox") == [(90, False)]
        reply.undo()
        [stream] = pulse.sink_input_list()
        assert stream.volume.values == pytest.approx([0.2, 0.6], abs=0.01)


def test_undo_of_the_volume_goes_to_the_speaker_that_was_changed(server, device):
    with pulsectl.Pulse("test") as pulse:
        pulse.mute(pulse.get_sink_by_name("builtin"), True)
        reply = device.ask("set the volume to 20 percent")
        pulse.sink_default_set("headset")
        reply.undo()
        sink = pulse.get_sink_by_name("builtin")
        assert (round(sink.volume.value_flat * 100), bool(sink.mute)) == (100, True)
        assert round(pulse.get_sink_by_name("headset").volume.value_flat * 100) == 100


def test_the_sound_moves_to_another_output(server, device):
    with playing("Firefox"):
        reply = device.ask("switch to the headphones")
        assert reply.text == "The sound comes from Jabra Evolve."
        assert default() == "headset"
        with pulsectl.Pulse("test") as pulse:
            [stream] = pulse.sink_input_list()
            assert pulse.get_sink_by_name("headset").index == stream.sink
        reply.undo()
        assert default() == "builtin"


@pytest.mark.parametrize(
    ("sentence", "language", "sink"),
    [
        ("use the hdmi output", "en", "tele"),
        ("play the sound through the tv", "en", "tele"),
        ("switch the sound to my headset", "en", "headset"),
        ("use the jabra output", "en", "headset"),
        ("cambia a los auriculares", "es", "headset"),
        ("pasa el sonido a la tele", "es", "tele"),
        ("usa la salida hdmi", "es", "tele"),
    ],
)
def test_an_output_is_known_by_its_kind_and_its_name(server, device, sentence, language, sink):
    assert device.ask(sentence, language).ok
    assert default() == sink


def test_an_output_that_is_not_there(server, device):
    reply = device.ask("switch to bluetooth")
    assert not reply.ok
    assert reply.text.startswith("I find no Bluetooth here. There is Built-in Audio, ")
    assert default() == "builtin"


def test_what_outputs_there_are(server, device):
    said = device.say("what speakers are there")
    assert "Built-in Audio" in said and "Jabra Evolve" in said and "HDMI Stereo" in said
    assert said.endswith("Now it is Built-in Audio.")


def test_the_microphone_is_muted_with_a_warning(server, device):
    reply = device.ask("mute the microphone")
    assert "cannot hear you" in reply.text
    assert microphone() == (100, True)
    assert device.say("is the microphone on") == "The microphone is muted."
    reply.undo()
    assert microphone() == (100, False)
    assert "No podré oírte" in device.say("apaga el micrófono", "es")
    assert device.say("activa el micrófono", "es") == "El micrófono está activado."
    assert microphone() == (100, False)


def test_the_microphone_level(server, device):
    reply = device.ask("set the microphone to 60 percent")
    assert (reply.text, microphone()) == ("Microphone sixty percent.", (60, False))
    reply.undo()
    assert microphone() == (100, False)
    assert not device.ask("set the microphone volume to 0").ok


def test_a_monitor_is_no_microphone(server, device):
    with pulsectl.Pulse("test") as pulse:
        pulse.source_default_set("builtin.monitor")
    reply = device.ask("mute the microphone")
    assert (reply.ok, reply.text) == (False, "There is no microphone on this machine.")
