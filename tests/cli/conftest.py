"""The program, run in this process and as one of its own, and things to say to it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.audio import portaudio
from assistant.audio.files import write_wav
from assistant.cli import main
from assistant.types import LOOP_RATE, Speech
from tests.conftest import REAL_MODELS
from tests.speaking import speak


@dataclass(frozen=True)
class Done:
    """How a run of the program ended."""

    code: int
    out: str
    err: str

    def sentence(self, code: int) -> str:
        """The one sentence on stderr with which a run that had to fail did fail."""
        assert self.code == code, self.err
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("assistant: "), self.err
        return self.err.removeprefix("assistant: ").strip()


@pytest.fixture
def cli(capsys, monkeypatch):
    """cli("ask", "what time is it"): `main`, with all that a shell would see of it."""

    def call(*arguments, stdin=""):
        monkeypatch.setattr(sys, "argv", ["assistant", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    return call


@pytest.fixture
def program():
    """The same as a process of its own, where that matters."""

    def run(*arguments, env=None, **options):
        command = [sys.executable, "-m", "assistant", *map(str, arguments)]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=800,
            env={**os.environ, **(env or {})},
            **options,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def wav(tmp_path_factory):
    """wav("What time is it?", 1.0): the path of a file in which that is said."""
    folder = tmp_path_factory.mktemp("spoken")

    def record(*parts, **how):
        path = folder / f"{abs(hash((parts, tuple(how.items()))))}.wav"
        if not path.exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
                write_wav(path, Speech(speak(0.5, *parts, **how), LOOP_RATE))
        return path

    return record


@pytest.fixture
def spoiled(tmp_path, monkeypatch):
    """spoiled(model, file): the installed models, but that file of one holds garbage (of the
    same size, which is all that is looked at before it is opened)."""

    def spoil(model, pattern):
        folder = tmp_path / "models"
        shutil.copytree(REAL_MODELS, folder, copy_function=os.symlink)
        [file] = (folder / model).glob(f"*/{pattern}")
        size = file.stat().st_size
        file.unlink()
        with file.open("wb") as garbage:
            garbage.write(b"garbage " * 1000)
            garbage.truncate(size)
        monkeypatch.setenv("ASSISTANT_MODELS", str(folder))

    return spoil


@pytest.fixture
def no_models(tmp_path, monkeypatch):
    """A folder without any model."""
    folder = tmp_path / "none"
    folder.mkdir()
    monkeypatch.setenv("ASSISTANT_MODELS", str(folder))
    return folder


@pytest.fixture
def silent_machine(monkeypatch, tmp_path):
    """No sound device, for this process and its children, whatever the machine has."""
    (tmp_path / "asound.conf").write_text("pcm.broken { type hw card 99 }")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    portaudio.refresh()
    yield
    monkeypatch.undo()
    portaudio.refresh()


@pytest.fixture
def mounted(tmp_path):
    """mounted(folder, options): a small file system of its own there; needs root."""
    mounts: list[Path] = []

    def mount(folder, options):
        folder.mkdir(parents=True, exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"a file system cannot be mounted here: {done.stderr.strip()}")
        mounts.append(folder)
        return folder

    yield mount
    for folder in mounts:
        subprocess.run(["umount", str(folder)], check=True)
