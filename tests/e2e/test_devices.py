"""`assistant devices` as a person runs it, with the virtual microphone and speaker."""

import json
import os
import subprocess
import sys
import time

import pytest

from assistant.audio import pcm
from assistant.types import LOOP_RATE
from tests.sound import assert_heard, chirp

pytestmark = [pytest.mark.sound, pytest.mark.real_time]


def run(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        **options,
    )


@pytest.mark.parametrize("arguments", [["devices"], ["devices", "list"]])
def test_list(sound, arguments):
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    assert "default" in done.stdout
    assert "spare" in done.stdout
    assert done.stderr == "", "no noise of the sound libraries"


def test_list_as_json(sound):
    listed = json.loads(run("devices", "list", "--json").stdout)
    assert {d["name"] for d in listed} == {"default", "spare"}
    assert [d["name"] for d in listed if d["default_input"]] == ["default"]


def test_record_and_play_back(sound):
    loud = chirp(60.0, low=300, high=2000).samples
    with sound.recording() as heard:
        sound.speak(loud, wait=False)
        done = run("devices", "test", "--seconds", "1.5")
        sound.hush()
    assert done.returncode == 0, done.stderr
    assert "It works." in done.stdout
    assert pcm.peak(heard.samples) == pytest.approx(0.4, abs=0.05)
    played = heard.samples[abs(heard.samples) > 200]
    assert len(played) / LOOP_RATE > 1.2
    assert done.stderr == ""


def test_silence_is_told_and_has_an_exit_code(sound):
    done = run("devices", "test", "--seconds", "0.5")
    assert done.returncode == 5
    assert "muted" in done.stdout


@pytest.mark.parametrize(("scale", "sentence"), [(0.005, "very quiet"), (5.0, "too loud")])
def test_advice(sound, scale, sentence):
    samples = pcm.to_int16(pcm.to_float(chirp(60.0).samples) * scale)
    sound.speak(samples, wait=False)
    done = run("devices", "test", "--seconds", "0.6", "--no-playback")
    sound.hush()
    assert sentence in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--device", "webcam"], "No microphone is 'webcam'. Set audio.input to one of"),
        (["--device", "7"], "No microphone is '7'"),
        (["--device", "a"], "More than one microphone is called 'a'"),
    ],
)
def test_an_unknown_device(sound, arguments, sentence):
    done = run("devices", "test", *arguments)
    assert done.returncode == 5
    assert done.stderr.startswith(f"assistant: {sentence}")
    assert "Traceback" not in done.stderr


def test_a_machine_without_sound(sound, tmp_path):
    (tmp_path / "asound.conf").write_text("pcm.broken { type hw card 99 }")
    env = {**os.environ, "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf")}
    done = run("devices", env=env)
    assert done.returncode == 5
    assert done.stderr.startswith("assistant: There is no sound device.")


def test_a_machine_without_portaudio():
    program = (
        "import ctypes.util, sys\n"
        "ctypes.util.find_library = lambda name: None\n"
        "sys.argv = ['assistant', 'devices']\n"
        "from assistant.cli import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 5
    assert done.stderr == (
        "assistant: The sound library PortAudio is not installed. "
        "Install it with: sudo apt install libportaudio2\n"
    )


def test_the_virtual_microphone_is_fed_whole(sound):
    """The virtual pair itself: what goes into micfeed comes out of the default source."""
    spoken = chirp(0.6).samples
    with sound.recording("micfeed") as heard:
        sound.speak(spoken)
        time.sleep(0.2)
    assert_heard(heard.samples, spoken)
