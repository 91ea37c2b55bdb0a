"""The service as a session has it: under a real service manager, in its real sandbox."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest

from assistant.types import LOOP_RATE
from tests.user_manager import HOME, UserManager, may_boot

pytestmark = [pytest.mark.models, pytest.mark.sound]
UNIT = "assistant.service"
OWN = (".config/assistant", ".local/share/assistant", ".local/state/assistant", ".cache/assistant")
QUICK = "[Service]\nWatchdogSec=10\nRestartSec=500ms\nTimeoutStopSec=60\n"
"""What a session waits longer for, and less long."""


@pytest.fixture(scope="module")
def manager(sound):
    """A manager whose user has the service installed, started and listening."""
    may_boot()
    folder = Path(sound.env["XDG_RUNTIME_DIR"])
    folder.chmod(0o755)  # of its owner, who is another here
    noise = np.random.default_rng(1).integers(-2, 3, 900 * LOOP_RATE).astype(np.int16)
    sound.speak(noise, wait=False)  # a room: a microphone without any noise counts as dead
    with UserManager(folder) as booted:
        quick = f"{HOME}/.config/systemd/user/{UNIT}.d"
        booted.run("sh", "-c", f"mkdir -p {quick} && printf '{QUICK}' > {quick}/quick.conf")
        told = booted.assistant("service", "install").stdout
        assert "no network" in told
        yield booted
    sound.hush()
    folder.chmod(0o700)


def until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return found


def main_pid(manager):
    return int(manager.show(UNIT, "MainPID"))


def journal(manager):
    """What the service's lines are, as the journal has them."""
    told = manager.run("journalctl", "--user", "--no-pager", f"--unit={UNIT}", "--output=json")
    if "No journal files" in told.stderr:
        pytest.skip("no journal is kept here")
    return [json.loads(line) for line in told.stdout.splitlines()]


def within(manager, text):
    """The answer to a typed command, by the running service."""
    return manager.assistant("ask", text).stdout.strip()


def test_it_is_ready_when_it_listens(manager):
    assert manager.show(UNIT, "ActiveState") == "active"
    assert manager.show(UNIT, "StatusText") == "waiting"
    state = json.loads(manager.assistant("status", "--json").stdout)
    assert state["state"] == "waiting"


def test_how_it_is_in_the_words_of_systemd(manager):
    told = manager.assistant("service", "status").stdout
    assert "active (running)" in told and 'Status: "waiting"' in told, told


def test_new_settings_are_taken_in_and_what_is_wrong_is_in_the_journal(manager):
    """A real one: with its level, and without what was said."""
    settings = f"{HOME}/.config/assistant/config.toml"
    manager.assistant("config", "set", "endpoint.follow_up", "6.0")
    manager.systemctl("reload", UNIT)
    assert "seven" in within(manager, "what is three plus four").lower()
    manager.run("sh", "-c", f"mv {settings} {settings}.good && echo '{{' > {settings}")
    manager.systemctl("kill", "--signal=HUP", "--kill-who=main", UNIT)
    lines = until(lambda: [line for line in journal(manager) if "TOML" in line["MESSAGE"]])
    manager.run("mv", f"{settings}.good", settings)
    assert {(line["PRIORITY"], line["SYSLOG_IDENTIFIER"]) for line in lines} == {("3", "python")}
    assert "is not valid TOML" in manager.assistant("service", "logs", "--lines", "99").stdout
    assert not [line for line in journal(manager) if "three plus four" in line["MESSAGE"]]


def test_it_answers_a_voice(manager, sound, say):
    with sound.recording() as heard:
        sound.speak(say("Okay Nabu.", 0.3, "What time is it?", 1.0))
        until(lambda: "clock.time" in manager.assistant("trace", "--json").stdout)
        until(lambda: np.abs(heard.samples.astype(int)).max(initial=0) > 1000)


def test_its_sandbox_holds(manager):
    pid = main_pid(manager)
    links = manager.run("cat", f"/proc/{pid}/net/dev").stdout.splitlines()[2:]
    assert [line.split(":")[0].strip() for line in links] == ["lo"]
    status = manager.run("cat", f"/proc/{pid}/status").stdout
    assert "NoNewPrivs:\t1" in status and "Seccomp:\t2" in status
    mounts = manager.run("cat", f"/proc/{pid}/mountinfo").stdout.splitlines()
    options = {line.split()[4]: line.split()[5].split(",")[0] for line in mounts}
    writable = {where for where, how in options.items() if how == "rw" and where.startswith(HOME)}
    assert options["/"] == options[HOME] == "ro"
    assert writable == {f"{HOME}/{folder}" for folder in OWN}


def test_what_it_is_told_survives_a_kill(manager):
    assert "seven" in within(manager, "wake me at seven")
    before = main_pid(manager)
    manager.run("kill", "-9", str(before))
    until(lambda: main_pid(manager) not in {0, before})
    until(lambda: manager.show(UNIT, "ActiveState") == "active")
    assert "seven" in within(manager, "what alarms do I have")


def test_one_that_is_alive_but_stuck_is_started_again(manager):
    before = main_pid(manager)
    manager.run("kill", "-STOP", str(before))
    until(lambda: main_pid(manager) not in {0, before})
    until(lambda: manager.show(UNIT, "ActiveState") == "active")


def test_it_stops_by_itself_and_leaves_nothing(manager):
    manager.systemctl("stop", UNIT)
    assert manager.show(UNIT, "Result") == "success"  # else systemd has killed it
    assert "removed" in manager.assistant("service", "uninstall").stdout
    assert manager.show(UNIT, "LoadState") == "not-found"
