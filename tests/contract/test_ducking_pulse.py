"""Other programs' sound while we listen and speak, on a real PulseAudio with a real player."""

import os
import shutil
import subprocess
import sys
import time

import pulsectl
import pytest

from assistant.audio.files import write_wav
from assistant.ducking import Ducking
from assistant.handlers.sound import pulse
from assistant.types import Event
from tests.sound import chirp

pytestmark = [
    pytest.mark.sound,
    pytest.mark.skipif(not shutil.which("mpv"), reason="mpv is not installed"),
]
LOW = 10 ** (-18 / 60)  # 18 dB, on PulseAudio's cubic scale


def streams():
    with pulsectl.Pulse("test") as server:
        return {s.index: s for s in server.sink_input_list()}


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, streams()
        time.sleep(0.02)
    return found


@pytest.fixture
def player(sound, tmp_path):
    """mpv, playing; its stream has two channels of different volumes."""
    write_wav(tmp_path / "song.wav", chirp(30))
    command = ["mpv", "--no-config", "--no-video", "--ao=pulse", "--really-quiet"]
    with subprocess.Popen([*command, str(tmp_path / "song.wav")]) as process:
        [index] = wait_for(streams)
        set_volume(index, [0.8])
        yield process, index
        process.kill()
    wait_for(lambda: not streams())


def volume(index):
    return [round(v, 2) for v in streams()[index].volume.values]


def set_volume(index, values):
    with pulsectl.Pulse("test") as server:
        server.volume_set(server.sink_input_info(index), pulsectl.PulseVolumeInfo(values))


@pytest.fixture
def ducking(tmp_path):
    made = Ducking(18.0, tmp_path / "lowered.json")
    yield made
    made.close()
    pulse.LOWERED.clear()


def is_low(index):
    return volume(index) == [round(0.8 * LOW, 2)]


def test_a_player_is_lowered_and_given_back_as_it_was(player, ducking, tmp_path):
    _, index = player
    before = streams()[index].volume.values
    ducking.note(Event("awake"))
    wait_for(lambda: is_low(index))
    assert pulse.percent(streams()[index]) == 80, "who asks is told what the user set"
    ducking.note(Event("saying", "Hello."))
    ducking.note(Event("idle"))
    time.sleep(0.2)
    assert is_low(index), "a moment later, so that nothing pumps"
    wait_for(lambda: not is_low(index))
    assert streams()[index].volume.values == before
    assert not (tmp_path / "lowered.json").exists()


def test_what_the_user_changed_meanwhile_is_kept(player, ducking):
    _, index = player
    ducking.note(Event("awake"))
    wait_for(lambda: is_low(index))
    set_volume(index, [0.3])
    ducking.note(Event("idle"))
    time.sleep(1.2)
    assert volume(index) == [0.3]


def test_a_muted_or_our_own_stream_is_left_alone(player, ducking, monkeypatch):
    process, index = player
    monkeypatch.setattr("assistant.ducking.os.getpid", lambda: process.pid)
    ducking.note(Event("awake"))
    time.sleep(0.5)
    assert volume(index) == [0.8]


def test_after_a_crash_the_next_start_gives_it_back(player, tmp_path):
    _, index = player
    code = (
        "import sys, time; from pathlib import Path; from assistant.ducking import Ducking;"
        "from assistant.types import Event; d = Ducking(18.0, Path(sys.argv[1]));"
        "d.note(Event('awake')); time.sleep(60)"
    )
    file = tmp_path / "lowered.json"
    with subprocess.Popen([sys.executable, "-c", code, str(file)], env=os.environ) as crashing:
        wait_for(lambda: is_low(index))
        crashing.kill()
    assert is_low(index)
    assert file.stat().st_mode & 0o77 == 0
    Ducking(18.0, file).close()
    assert volume(index) == [0.8]


def test_without_a_sound_server_nothing_happens(tmp_path, monkeypatch):
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/none")
    made = Ducking(18.0, tmp_path / "lowered.json")
    made.note(Event("awake"))
    made.close()
