"""The user's service manager, through its own programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

from assistant import paths
from assistant.daemon.unit import NAME, own_folders, unit, unit_file
from assistant.errors import AssistantError, StorageError
from assistant.settings import Config

_PATIENCE = 150.0
"""Seconds: starting waits for the microphone."""


class NoManagerError(AssistantError):
    """There is no systemd here, or none that serves this user."""


def systemctl(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Raises NoManagerError, and AssistantError with what it says when it fails."""
    program = shutil.which("systemctl")
    if program is None:
        raise NoManagerError("There is no systemd here. Have your init start: assistant run")
    done = subprocess.run(
        [program, "--user", "--no-pager", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE,
        stdin=subprocess.DEVNULL,
    )
    if "connect to bus" in done.stderr:
        raise NoManagerError(
            "No service manager runs for this user (`systemctl --user` does not reach one). "
            "Log in to a session, or have your init start: assistant run"
        )
    if check and done.returncode:
        said = done.stderr.strip() or done.stdout.strip()
        raise AssistantError(f"systemctl {' '.join(arguments)}: {said}")
    return done


def version() -> int:
    """Of systemd; 0 where there is none."""
    program = shutil.which("systemctl")
    if program is None:
        return 0
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"systemd (\d+)", said.stdout)
    return int(found.group(1)) if found else 0


def install(config: Config, *, start: bool) -> None:
    """Write the unit, and have it started now and with every session."""
    file = unit_file()
    try:
        for folder in own_folders():
            paths.private_dir(folder)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(unit(config, version()), "utf-8")
    except OSError as error:
        raise StorageError(f"{error.filename} cannot be written: {error.strerror}.") from error
    systemctl("daemon-reload")
    systemctl("enable", NAME)
    if start:
        systemctl("restart", NAME)


def uninstall() -> bool:
    """Stop it and remove the unit; false: there is none."""
    file = unit_file()
    if not file.exists():
        return False
    try:
        systemctl("disable", "--now", NAME, check=False)
    finally:
        file.unlink()
    systemctl("daemon-reload")
    return True


def follow_logs(lines: int, *, follow: bool) -> None:
    """Become journalctl. Raises NoManagerError where there is none."""
    program = shutil.which("journalctl")
    if program is None:
        raise NoManagerError("There is no journal here: look where your init keeps its logs.")
    more = ["--follow"] if follow else ["--no-pager"]
    os.execv(program, [program, "--user", "--unit", NAME, f"--lines={lines}", *more])
