"""What is started for the user leaves our sandbox, where there is one."""

import subprocess

from assistant.outside import IN_SERVICE, outside


def test_no_service_no_change():
    assert outside(["firefox", "a b"], environment={}) == ["firefox", "a b"]


def test_in_the_service_the_manager_starts_it(tmp_path, monkeypatch):
    """A stand-in for systemd-run that prints its arguments: what matters is that each of the user's
    is one argument still, after a "--" that no name of a program can reach."""
    program = tmp_path / "systemd-run"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    here = {IN_SERVICE: "1"}
    command = outside(["--user", "$(reboot)", "a b"], environment=here)
    assert command[0] == str(program)
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed.splitlines()[-4:] == ["--", "--user", "$(reboot)", "a b"]
    waited = outside(["rsync"], seconds=10, environment=here)
    kept = outside(["x"], environment=here | {"KEY": "secret"}, keep=["KEY"])
    assert kept[-3:] == ["--setenv=KEY", "--", "x"] and "secret" not in " ".join(kept)
    assert "--wait" in waited and "--property=RuntimeMaxSec=10.0" in waited


def test_a_service_without_the_program(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert outside(["x"], environment={IN_SERVICE: "1"}) == ["x"]
