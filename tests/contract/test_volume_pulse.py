"""The volume functions against a real PulseAudio, which the test starts."""

import datetime as dt
import os
import shutil
import signal
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


@pytest.fixture
def no_server(tmp_path, monkeypatch):
    """The address of a server that is not running."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{runtime}/native")
    monkeypatch.delenv("PULSE_SINK", raising=False)
    return runtime / "native"


@pytest.fixture
def server(no_server):
    """PulseAudio with one silent output."""
    process = subprocess.Popen(
        [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--log-level=error",
            f"--load=module-native-protocol-unix auth-anonymous=1 socket={no_server}",
            "--load=module-null-sink sink_name=speaker",
        ],
        env={**os.environ, "PULSE_SERVER": ""},
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not no_server.exists():
        assert time.monotonic() < deadline, "PulseAudio did not start"
        assert process.poll() is None, "PulseAudio ended at once"
        time.sleep(0.02)
    yield process
    process.send_signal(signal.SIGCONT)
    process.terminate()
    process.wait(60)


@pytest.fixture
def device(settings, cascade, tmp_path):  # noqa: F811
    made = Device(settings, cascade, data=tmp_path / "data")
    yield made
    made.functions.close()


def speaker():
    """(percent, muted), asked by another client."""
    with pulsectl.Pulse("test") as pulse:
        [sink] = pulse.sink_list()
        return round(sink.volume.value_flat * 100), bool(sink.mute)


def test_the_volume_is_really_set(server, device):
    assert device.say("set the volume to thirty percent") == "Volume thirty percent."
    assert speaker() == (30, False)
    assert device.say("turn it up") == "Volume forty percent."
    assert (
        device.say("sube el volumen un veinte por ciento", "es") == "Volumen al sesenta por ciento."
    )
    assert device.say("turn the volume down by five") == "Volume fifty-five percent."
    assert speaker() == (55, False)
    assert device.say("what's the volume") == "The volume is at fifty-five percent."


def test_it_stays_between_nothing_and_full(server, device):
    device.say("volume 95")
    assert device.say("louder") == "Volume one hundred percent."
    device.say("volume 5")
    assert device.say("quieter") == "Volume zero percent."
    reply = device.ask("set the volume to 150 percent")
    assert (reply.ok, reply.text) == (False, "The volume goes from zero to one hundred.")
    assert speaker()[0] == 0
    device.say("maximum volume")
    assert speaker()[0] == 100


def test_mute(server, device):
    device.say("volume 40")
    assert device.ask("mute").text == ""
    assert speaker() == (40, True)
    assert device.say("is the sound muted") == ("The sound is off; the volume is at forty percent.")
    assert device.say("turn the sound back on") == "The sound is on."
    assert speaker() == (40, False)
    device.say("mute")
    device.say("louder")
    assert speaker() == (50, False)


def test_half_of_it_and_the_least(server, device):
    device.say("set the volume to sixty percent")
    device.say("cut the volume in half")
    assert speaker() == (30, False)
    device.say("take the volume down two notches")
    assert speaker() == (10, False)
    device.say("put the volume at the minimum")
    assert speaker() == (5, False)


def test_mute_for_a_length(server, device):
    reply = device.ask("mute the sound for ten minutes")
    assert speaker()[1]
    store = device.family("later").store
    [back] = store.all("command")
    assert (back.text, back.length) == ("turn the sound back on", dt.timedelta(minutes=10))
    device.say(back.text)  # as the runtime does when it is due
    assert not speaker()[1]
    reply = device.ask("silencia durante diez minutos", "es")
    reply.undo()
    assert not speaker()[1]
    assert [item.text for item in store.all("command")] == [back.text]


def test_it_is_offered_only_where_it_works(server, device):
    assert "volume" in device.say("what can you do with the volume")


def test_without_a_server_it_says_so(no_server, device):
    reply = device.ask("turn the volume up")
    assert (reply.ok, reply.text) == (False, "There is no sound server on this machine.")
    assert device.say("sube el volumen", "es") == (
        "No hay ningún servidor de sonido en esta máquina."
    )
    assert "volume" not in device.say("what can you do")


def test_a_server_that_comes_later_is_found(no_server, device, request):
    assert not device.ask("volume up").ok
    request.getfixturevalue("server")
    assert device.ask("volume up").ok


def test_a_server_that_hangs_is_not_waited_for(server, device):
    server.send_signal(signal.SIGSTOP)
    start = time.monotonic()
    reply = device.ask("turn the volume up")
    assert time.monotonic() - start < 30
    assert not reply.ok
    server.send_signal(signal.SIGCONT)
    assert device.ask("turn the volume up").ok
