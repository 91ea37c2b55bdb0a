"""Without any network: not refused, but not there."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.audio.files import read_audio, write_wav
from assistant.types import LOOP_RATE, Speech

pytestmark = pytest.mark.models
ROOT = Path(__file__).parent.parent.parent


def without_network() -> list[str]:
    """The command that runs another one in a network namespace with no interface at all."""
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*command, "true"], check=False).returncode == 0
        ):
            return command
    pytest.skip("network namespaces are not allowed here")


def run(*command, seconds=120):
    done = subprocess.run(
        [*without_network(), *map(str, command)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_the_namespace_is_empty():
    listed = run(sys.executable, "-c", "import socket; print(socket.if_nameindex())")
    assert listed.strip() == "[(1, 'lo')]"


@pytest.mark.parametrize(
    ("spoken", "kind"),
    [("What time is it?", "function"), ("Why is the sky blue?", "question")],
)
def test_a_whole_turn_without_a_network(say, tmp_path, spoken, kind):
    write_wav(tmp_path / "said.wav", Speech(say(spoken, 0.5), LOOP_RATE))
    reply = tmp_path / "reply.wav"
    output = run(
        sys.executable, "-m", "assistant", "hear", tmp_path / "said.wav", "--json", "--out", reply
    )
    (turn,) = map(json.loads, output.splitlines())
    assert turn["outcome"] == "answered"
    assert turn["route"]["kind"] == kind
    assert np.abs(np.concatenate(list(read_audio(reply)))).max() > 1000


def test_the_demonstration_without_a_network_or_a_sound_server(tmp_path):
    output = run(sys.executable, "scripts/_demo.py", "--file", "--out", tmp_path)
    assert "commands are heard from a file" in output
    assert "Timer set for five seconds." in output
    assert "Your five second timer is done." in output
    reply = np.concatenate(list(read_audio(tmp_path / "reply.wav")))
    assert np.abs(reply).max() > 1000


@pytest.mark.sound
def test_the_demonstration_through_a_virtual_microphone(sound, tmp_path):
    output = run(sys.executable, "scripts/_demo.py", "--by-itself", "--out", tmp_path)
    assert "virtual microphone" in output
    assert "Timer set for five seconds." in output
    assert "Your five second timer is done." in output
    reply = np.concatenate(list(read_audio(tmp_path / "reply.wav")))
    assert np.abs(reply).max() > 1000


def test_the_proof_for_everybody(home):
    """As a person asks for it: by the kernel's own account nothing is sent, in real turns."""
    command = [sys.executable, "-m", "assistant", "--set", "think.model=none"]
    done = subprocess.run(
        [*command, "--set", "speak.voice_en=espeak", "doctor", "--offline-proof", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    steps = json.loads(done.stdout)
    traced = [step for step in steps if step["where"] == "traced"]
    apart = [step for step in steps if step["where"] == "no network"]
    if not shutil.which("strace"):
        pytest.skip("strace is not installed (scripts/test installs it)")
    assert [s["what"] for s in traced] == ["text to speech", "speech to speech", "a command"]
    assert all(step["evidence"]["internet"] == [] for step in traced)
    assert len(apart) == 3
    assert all("It's " in step["said"] for step in (*traced[1:], *apart[1:]))
