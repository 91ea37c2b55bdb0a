"""`assistant hear`: files through the whole loop."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from assistant.audio import pcm
from assistant.audio.files import read_audio, write_wav
from assistant.types import LOOP_RATE, Speech
from tests.speaking import noise, silence

pytestmark = pytest.mark.models


def turns(done):
    return [json.loads(line) for line in done.out.splitlines()]


def test_a_command_and_its_spoken_answer(cli, wav, tmp_path):
    out = tmp_path / "reply.wav"
    done = cli("hear", wav("What time is it?"), "--json", "--out", out)
    assert (done.code, done.err) == (0, "")
    [turn] = turns(done)
    assert (turn["kind"], turn["outcome"]) == ("utterance", "answered")
    assert turn["route"]["function"] == "clock.time"
    assert turn["reply"].startswith("It's ")
    stages = ["endpoint", "transcribe", "route", "act", "synthesize"]
    assert set(stages) <= {span["stage"] for span in turn["spans"]}
    [transcribed] = [span for span in turn["spans"] if span["stage"] == "transcribe"]
    assert transcribed["real_time_factor"] > 0
    assert 0 < turn["first_audio_seconds"] < turn["total_seconds"] + 0.001
    reply = np.concatenate(list(read_audio(out)))
    assert 0.5 < len(reply) / LOOP_RATE < 5
    assert pcm.peak(reply) > 0.1


def test_it_is_shown_as_it_happens(cli, wav):
    done = cli("hear", wav("What time is it?"))
    assert (done.code, done.err) == (0, "")
    heard, routed, said, times = (line.strip() for line in done.out.splitlines())
    assert heard == "you  What time is it?"
    assert routed == "-> clock.time (templates, 1.00)"
    assert said.startswith("it  It's ")
    assert "endpoint 0." in times and "first audio" in times


def test_several_commands_each_behind_the_wake_word(cli, wav):
    """The file waits for each answer; else the next wake word would cut it off."""
    said = wav("Okay Nabu.", 0.2, "What time is it?", 1.0, "Okay Nabu, what day is it today?", 1.0)
    done = cli("hear", said, "--wake", "--json")
    assert done.code == 0
    assert [turn["outcome"] for turn in turns(done)] == ["answered"] * 2
    first, second = (turn["transcript"] for turn in turns(done))
    assert first == "What time is it?"
    assert second.startswith("What") and second.endswith("today?")  # "day" is lost now and then


def test_without_the_wake_word_nothing_is_heard(cli, wav):
    done = cli("hear", wav("What time is it?"), "--wake")
    assert (done.code, done.out, done.err) == (3, "", "The wake word was not heard.\n")


def test_a_question_of_the_assistant_is_answered_by_what_follows(cli, wav):
    said = wav("Okay Nabu.", 0.3, "Set a timer.", 2.5, "For ten minutes.", 1.0)
    done = cli("hear", said, "--wake", "--json")
    first, second = turns(done)
    assert first["reply"].startswith("For how long?")
    assert "ten minutes" in second["transcript"].replace("10", "ten")


def test_spanish(cli, wav):
    said = wav("Pon un temporizador de diez minutos.", 0.5, language="es")
    done = cli("hear", said, "--language", "es", "--json")
    [turn] = turns(done)
    assert (done.code, turn["language"]) == (0, "es")
    assert turn["route"]["function"] == "timers.start"
    assert "minutos" in turn["reply"]


@pytest.mark.parametrize(
    ("sound", "options"),
    [
        (silence(3), []),
        (noise(3, 2500), []),
        (noise(3, 2500), ["--wake"]),
    ],
    ids=["silence", "loud noise", "loud noise and a wake word"],
)
def test_where_nobody_speaks_nothing_is_said(cli, tmp_path, sound, options):
    file, out = tmp_path / "in.wav", tmp_path / "out.wav"
    write_wav(file, Speech(sound, LOOP_RATE))
    done = cli("hear", file, "--json", "--out", out, *options)
    assert (done.code, done.out) == (3, "")
    assert out.stat().st_size == 44  # a WAV header and no sound


def test_an_interrupt_has_its_own_exit_code(wav):
    said = wav("What time is it?", 120.0)
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "hear", "--real-time", str(said)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        text=True,
    )
    with process:
        for line in process.stdout:
            if "first audio" in line:
                break
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(90) == 130
        assert time.monotonic() - began < 60  # and does not hear the file to its end
        assert "Traceback" not in process.stderr.read()


SLATE = """
from pathlib import Path
from assistant.handlers import Request, function

@function(en=["wipe the slate"], help={"en": "wipe the slate"}, dangerous=True,
          confirm={"en": "Shall I wipe the slate?"})
def wipe(request: Request):
    Path(__file__).with_name("_wiped").touch()
    return "The slate is clean."
"""


@pytest.mark.parametrize(
    ("answer", "reply"),
    [("Yes, please.", "The slate is clean."), ("No, thank you.", "All right, I won't.")],
)
def test_a_dangerous_function_is_confirmed_by_voice(cli, wav, home, answer, reply):
    folder = home / "config" / "functions"
    folder.mkdir(parents=True)
    (folder / "slate.py").write_text(SLATE)
    said = wav("Okay Nabu.", 0.3, "Wipe the slate.", 1.5, answer, 1.0)
    done = cli("hear", said, "--wake", "--json")
    asked, answered = turns(done)
    assert asked["reply"] == "Shall I wipe the slate?"
    assert answered["reply"] == reply
    assert (folder / "_wiped").exists() == (reply == "The slate is clean.")


def test_several_commands_in_one_breath_and_a_correction(cli, wav):
    said = wav("Okay Nabu.", 0.3, "Set a timer for ten minutes, and what day is it today?", 1.2,
               "Okay Nabu.", 0.3, "No, twenty minutes.", 1.2)  # fmt: skip
    done = cli("hear", said, "--wake", "--json")
    both, corrected = turns(done)
    assert both["route"]["kind"] == "several", both["transcript"]
    assert [part["function"] for part in both["route"]["parts"]] == ["timers.start", "clock.day"]
    assert both["reply"].startswith("Timer set for ten minutes. ")
    assert corrected["reply"] == "Timer set for twenty minutes."
    assert "twenty" in cli("ask", "list my timers").out
    assert "ten minute" not in cli("ask", "list my timers").out
