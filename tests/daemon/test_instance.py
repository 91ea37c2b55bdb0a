"""One at a time, whatever became of the one before."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import paths
from assistant.daemon.instance import AlreadyRunningError, Instance, own_folder
from assistant.errors import StorageError

HOLD = """
import sys
from assistant.daemon.instance import Instance
with Instance():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder():
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def test_a_second_one_is_told_of_the_first(holder):
    with pytest.raises(AlreadyRunningError, match=f"process {holder.pid}"), Instance():
        pass


def test_one_that_was_killed_keeps_nobody_out(holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (paths.runtime_dir() / "pid").exists(), "it could not clean up"
    with Instance():
        assert (paths.runtime_dir() / "pid").read_text() == f"{os.getpid()}\n"
    assert not (paths.runtime_dir() / "pid").exists()


def test_again_and_again():
    for _ in range(3):
        with Instance(), pytest.raises(AlreadyRunningError), Instance():
            pass


def test_modes():
    with Instance():
        folder = paths.runtime_dir()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "pid").stat().st_mode) == 0o600


def test_a_folder_that_was_open_to_others_is_closed(tmp_path):
    (tmp_path / "run").mkdir(mode=0o777)
    assert stat.S_IMODE(own_folder(tmp_path / "run").stat().st_mode) == 0o700


def test_a_folder_of_somebody_else_is_not_used(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("needs root")
    (tmp_path / "run").mkdir()
    os.chown(tmp_path / "run", 65534, 65534)
    with pytest.raises(StorageError, match="somebody else"):
        own_folder(tmp_path / "run")


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError):
        own_folder(tmp_path / "run")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"XDG_RUNTIME_DIR": "/run/user/7"}, "/run/user/7/assistant"),
        ({"XDG_RUNTIME_DIR": "/run/user/7", "ASSISTANT_HOME": "/a"}, "/a/run"),
    ],
)
def test_where_it_is(monkeypatch, environment, expected):
    for name in ("XDG_RUNTIME_DIR", "ASSISTANT_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert str(paths.runtime_dir()) == expected


def test_a_disk_that_takes_nothing_is_told_and_the_lock_is_let_go(tmp_path):
    folder = own_folder(tmp_path / "run")
    (folder / "pid").symlink_to("/dev/full")
    with pytest.raises(StorageError, match="cannot be written") as why, Instance(folder):
        pass
    held = [file for file in Path("/proc/self/fd").iterdir() if file.exists()]
    assert not any(str(file.readlink()) == "/dev/full" for file in held)
    assert why.value


def test_folders_above_that_are_made_are_for_the_owner_only(tmp_path):
    """As the XDG specification asks for; `mkdir` gives them what the umask leaves."""
    before = os.umask(0o022)
    try:
        folder = own_folder(tmp_path / "state" / "assistant" / "run")
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (folder, *folder.parents[:2])]
    assert modes == [0o700] * 3
