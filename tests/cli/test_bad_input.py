"""Whatever is wrong: one clear sentence, the right exit code, and no more than that lost."""

import json
import os
import resource
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from assistant.audio.files import read_audio, write_wav
from assistant.types import LOOP_RATE, Speech
from tests.speaking import silence

pytestmark = pytest.mark.models


def turns(out):
    return [json.loads(line) for line in out.splitlines()]


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("gone.wav", None, "There is no file {}. Check its name."),
        ("empty.wav", b"", "{} is empty (0 bytes). Record it again."),
        (
            "text.wav",
            b"Dear diary, ...\n" * 99,
            "{} is not a sound file, or its header is damaged.",
        ),
        ("zero.mp3", bytes(5000), "{} is not a sound file, or its header is damaged."),
        ("cut.wav", b"RIFF\x00\x10\x00\x00WAVE", "{} is not a sound file, or its header is"),
        ("torn.flac", b"fLaC" + os.urandom(3000), "{} "),
        ("none.wav", "no samples", "{} holds no sound"),
        ("a{0}b%s.wav", b"x", "{} is not a sound file"),
    ],
)
def test_a_file_that_cannot_be_heard(cli, tmp_path, name, content, sentence):
    file = tmp_path / name
    if content == "no samples":
        write_wav(file, Speech(silence(0), LOOP_RATE))
    elif content is not None:
        file.write_bytes(content)
    told = cli("hear", file).sentence(6)
    assert told.startswith(sentence.replace("{}", str(file)))


def test_a_folder(cli, tmp_path):
    assert cli("hear", tmp_path).sentence(6).startswith(f"{tmp_path} is a folder.")


@pytest.mark.parametrize("claim", [0.5, 10_000.0], ids=["less", "much more"])
def test_a_header_that_lies_about_the_length(cli, wav, tmp_path, claim):
    """All that is there is heard, and no more."""
    honest = wav("What time is it?", 0.3).read_bytes()
    file = tmp_path / "lie.wav"
    samples = min(int(claim * (len(honest) - 44)), 2**31)
    file.write_bytes(honest[:40] + samples.to_bytes(4, "little") + honest[44:])
    done = cli("hear", file, "--json")
    assert done.code == 0, done.err
    [turn] = turns(done.out)
    assert turn["transcript"] == "What time is it?"


def test_a_long_file_takes_no_more_memory(program, wav, tmp_path):
    """Half an hour, with a command at each end: an hour takes 15 to 25 s, too long here.
    Held in memory, its samples alone would take 58 MB."""
    command = np.concatenate(list(read_audio(wav("What time is it?"))))
    file, count = tmp_path / "long.wav", 1800 * LOOP_RATE
    with file.open("wb") as raw, wave.open(raw, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(LOOP_RATE)
        out.setnframes(count)
        out.writeframesraw(command.tobytes())
        out.writeframesraw(bytes(2 * (count - 2 * len(command))))
        out.writeframesraw(command.tobytes())
    # preparing another voice at its first use takes more memory than the file would
    done = program("--set", "speak.voice_en=espeak", "hear", file, "--json")
    assert (done.code, done.err) == (0, "")
    first, last = turns(done.out)
    assert first["transcript"] == last["transcript"] == "What time is it?"
    assert last["peak_rss_mb"] - first["peak_rss_mb"] < 40
    assert first["peak_rss_mb"] < 600


# -- models ---------------------------------------------------------------------------------------

PULL = "The model {0} is not installed. Get it with `assistant models pull {0}`."


@pytest.mark.parametrize(
    ("arguments", "model"),
    [
        (["say", "hello"], "piper-en_us-joe-medium"),
        (["hear", "FILE"], "whisper-tiny.en"),
        (["hear", "FILE", "--language", "es"], "whisper-base"),
        (["--set", "stt.model_en=whisper-small", "hear", "FILE"], "whisper-small"),
        (["run"], "whisper-tiny.en"),
    ],
)
def test_a_missing_model(cli, wav, no_models, arguments, model):
    file = str(wav("What time is it?"))
    done = cli(*(argument.replace("FILE", file) for argument in arguments))
    assert done.sentence(4) == PULL.format(model)


def test_a_missing_language_model_costs_only_the_questions(cli, wav, no_models):
    assert cli("ask", "what time is it").code == 0
    done = cli("ask", "why is the sky blue")
    assert done.code == 4
    assert done.out.strip() == "Sorry, a model that I need for this is not installed."
    assert PULL.format("smollm2-135m-instruct-q4_1") in done.err


def test_a_model_nobody_knows(cli):
    told = cli("--set", "speak.voice_en=piper-joe", "say", "hello").sentence(4)
    assert "piper-joe" in told and "assistant models list" in told


@pytest.mark.parametrize(
    ("model", "file", "arguments"),
    [
        ("whisper-tiny.en", "model.bin", ["hear", "FILE"]),
        ("piper-en_us-joe-medium", "*.onnx", ["say", "hello", "--out", "/dev/null"]),
        ("smollm2-135m-instruct-q4_1", "*.gguf", ["ask", "why is the sky blue"]),
    ],
)
def test_a_damaged_model(program, wav, spoiled, model, file, arguments):
    """In a process of its own: native code must not print or crash either."""
    spoken = str(wav("What time is it?"))
    spoiled(model, file)
    done = program(*(argument.replace("FILE", spoken) for argument in arguments))
    assert done.code == 4, done.err
    assert "assistant models" in done.err + done.out
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) <= 1


def test_half_a_model_is_noticed_by_its_size(cli, wav, spoiled, tmp_path):
    spoiled("whisper-tiny.en", "model.bin")
    [file] = tmp_path.glob("models/whisper-tiny.en/*/model.bin")
    os.truncate(file, 1000)
    told = cli("hear", wav("What time is it?")).sentence(4)
    assert "Get it again with `assistant models pull whisper-tiny.en`" in told


# -- devices --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["run"], ["say", "hello"], ["ask", "--speak", "what time is it"]]
)
def test_a_machine_without_sound(cli, silent_machine, arguments):
    told = cli(*arguments).sentence(5)
    assert told.startswith("No ") and "was found. Plug one in" in told


# -- the disk -------------------------------------------------------------------------------------


@pytest.fixture
def full(mounted):
    """full(folder): makes the folder a file system on which nothing is left."""

    def fill(folder):
        mounted(folder, "size=4k")
        with (folder / "filler").open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                return folder

    return fill


NO_SPACE = "cannot be written: No space left on device."


def test_a_full_disk_costs_the_trace_not_the_answer(cli, wav, full, home):
    full(home / "state")
    done = cli("ask", "what time is it")
    assert done.code == 0
    assert done.out.startswith("It's ")
    assert NO_SPACE in done.err and done.err.count("\n") == 1
    done = cli("hear", wav("What time is it?"), "--json")
    assert done.code == 0
    assert NO_SPACE in done.err and done.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["say", "hello"], ["hear", "FILE"]])
def test_a_full_disk_for_the_reply(cli, wav, full, tmp_path, arguments):
    folder = full(tmp_path / "full")
    file = str(wav("What time is it?"))
    arguments = [argument.replace("FILE", file) for argument in arguments]
    done = cli(*arguments, "--out", folder / "reply.wav")
    assert NO_SPACE in done.sentence(7)
    assert not list(folder.glob("*reply*"))


def test_a_full_disk_for_settings_and_timers(cli, full, home):
    full(home / "config")
    assert NO_SPACE in cli("config", "set", "stt.beam", "2").sentence(7)
    full(home / "data")
    done = cli("ask", "set a timer for ten minutes")
    assert done.code == 1
    assert done.out.strip() == "Sorry, I cannot save that. The disk may be full."


def test_a_full_disk_costs_the_caches_nothing(cli, full, home, tmp_path):
    full(home / "cache")
    assert cli("say", "hello", "--out", tmp_path / "said.wav").code == 0


def test_a_file_system_that_is_read_only(cli, mounted, home, tmp_path):
    mounted(home / "state", "ro")
    done = cli("ask", "what time is it")
    assert done.code == 0 and "Read-only file system" in done.err
    folder = mounted(tmp_path / "ro", "ro")
    done = cli("--set", "speak.voice_en=espeak", "say", "hello", "--out", folder / "x.wav")
    assert "cannot be written: Read-only file system." in done.sentence(7)
    done = cli("--config", folder / "c.toml", "config", "set", "stt.beam", "2")
    assert "Read-only file system" in done.sentence(7)


def test_without_permission(cli, home):
    if os.geteuid() == 0:
        pytest.skip("root may do everything; a read-only file system stands for it above")
    (home / "state").mkdir(mode=0o500)
    done = cli("ask", "what time is it")
    assert done.code == 0 and "Permission denied" in done.err


def test_a_file_that_grows_too_large(program, tmp_path):
    """The limit of a process stands for a quota."""
    out = tmp_path / "said.wav"
    limit = (10_000, 10_000)
    done = program(
        *("--set", "speak.voice_en=espeak", "--set", "trace.enabled=false"),
        *("say", "hello", "--out", out),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    assert "cannot be written: File too large." in done.sentence(7)
    assert not out.exists()


def test_output_that_nobody_can_take():
    command = [sys.executable, "-m", "assistant", "config", "path"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (7, "assistant: No space left on device.\n")


def test_output_that_is_cut_off():
    """`assistant config | head -1` is no error."""
    command = f"{sys.executable} -m assistant config show --json 2>&1 | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("{\n", 0)


# -- what one says --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "set a timer for {0.__class__} %s %(x)s",
        "$(touch hacked); `touch hacked`",
        "a" * 20_000,
        "\x1b[31mred\x07\x00",
        "🙂 ½ ﷽ \u202e",
        "[/bold] :smile: [link=x]",
        "\udce9",
    ],
    ids=["format", "shell", "long", "control", "unicode", "markup", "half a character"],
)
def test_text_is_only_text(cli, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = cli("--set", "think.model=none", "--set", "trace.transcripts=true", "ask", text)
    assert done.code == 3
    assert "Traceback" not in done.err
    assert cli("trace").code == 0
    assert not list(tmp_path.iterdir())
