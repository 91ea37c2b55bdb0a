"""The unit, read by systemd itself."""

import logging
import os
import re
import shutil
import subprocess
import sys

import pytest

from assistant.config import load
from assistant.daemon import logs, manager
from assistant.daemon.back_off import SETTLED, BackOff
from assistant.daemon.unit import reaches, too_narrow, unit, unit_file

MOST_EXPOSED = 4.9
"""Of 10, by `systemd-analyze security`, whose "OK" ends at 5. What is left asks for what
a user's own manager may not do, or is needed: the sound devices, the pins of a board."""


def analyze(text, tmp_path, *how):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed (scripts/test installs it)")
    file = tmp_path / "assistant.service"
    file.write_text(text)
    runtime = tmp_path / "run"
    runtime.mkdir(exist_ok=True)
    return subprocess.run(
        [program, "--user", "--no-pager", *how, str(file)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime), "HOME": str(tmp_path)},
    )


@pytest.mark.parametrize(
    "settings",
    [
        (),
        ("profile=raspberry-pi-4",),
        ("home.broker=localhost",),
        ("home.broker=10.0.0.2",),
        ("show.leds=led:status",),
    ],
)
def test_systemd_understands_all_of_it(tmp_path, settings):
    done = analyze(unit(load(settings).config, manager.version()), tmp_path, "verify")
    assert (done.returncode, done.stderr) == (0, "")


def exposure(text, tmp_path):
    done = analyze(text, tmp_path, "security", "--offline=true")
    found = re.search(r"Overall exposure level.*?: (\d+\.\d)", done.stdout)
    assert found, done.stdout + done.stderr
    return float(found.group(1))


def test_how_exposed_it_is(tmp_path):
    assert exposure(unit(load().config, manager.version()), tmp_path) <= MOST_EXPOSED


def test_a_network_only_where_it_was_turned_on():
    alone = unit(load().config, 252)
    assert "PrivateNetwork=yes" in alone and "RestrictAddressFamilies=AF_UNIX\n" in alone
    here = unit(load(["home.broker=localhost"]).config, 252)
    assert "PrivateNetwork" not in here
    assert "IPAddressDeny=any\nIPAddressAllow=localhost\n" in here
    near = unit(load(["home.broker=10.0.0.2"]).config, 252)
    assert "IPAddressDeny=any\nIPAddressAllow=localhost 10.0.0.0/8 " in near
    assert [reaches(load([f"home.broker={b}"]).config) for b in ("", "::1", "b.local")] == [
        *("none", "loopback", "private")
    ]


def test_the_lamp_of_the_settings_can_be_lit():
    lamp = "ReadWritePaths=-/sys/class/leds/status:red\n"
    assert lamp in unit(load(["show.leds=led:status:red"]).config, 252)
    assert "/sys/class" not in unit(load(["show.leds=apa102:/dev/spidev0.0"]).config, 252)


def test_limits_come_from_the_profile():
    assert "MemoryMax" not in unit(load().config, 252)
    small = unit(load(["profile=raspberry-pi-4"]).config, 252)
    assert "MemoryHigh=600M\nMemoryMax=900M\n" in small


def test_longer_and_longer_by_systemd_or_by_ourselves():
    assert "RestartSec=100ms\nEnvironment=ASSISTANT_BACK_OFF=1\n" in unit(load().config, 252)
    assert "RestartSec=100ms\nRestartSteps=8\nRestartMaxDelaySec=60\n" in unit(load().config, 254)
    assert "BACK_OFF" not in unit(load().config, 254)


def test_how_long_is_waited_before_a_start(tmp_path):
    clock = [1000.0]
    starts = BackOff(tmp_path / "state" / "start.json", lambda: clock[0])
    waited = []
    for _ in range(9):  # each fails after a second
        waited.append(starts.begin())
        clock[0] += waited[-1] + 1
    assert waited == [0, 0, 2, 4, 8, 16, 32, 60, 60]
    clock[0] += SETTLED
    assert starts.begin() == 0, "the last one ran for long"
    assert starts.begin() == 0
    assert starts.begin() == 2
    starts.end()
    assert [starts.begin(), starts.begin()] == [0, 0], "it ended as it should"
    starts.begin()
    clock[0] = 5.0
    assert starts.begin() == 0, "the machine was started anew"
    (tmp_path / "state" / "start.json").write_text("{")
    assert starts.begin() == 0
    assert BackOff(tmp_path / "state" / "start.json" / "x").begin() == 0


def test_a_unit_of_other_settings_is_told():
    """Inside of it a server would listen where nobody can reach it."""
    serves = load(['wyoming.serve=["stt"]']).config
    text = unit(load().config, 252)
    [given] = re.findall(r"ASSISTANT_REACHES=(\w+)", text)
    assert "service install" in too_narrow(serves, {"ASSISTANT_REACHES": given})
    assert too_narrow(serves, {"ASSISTANT_REACHES": "loopback"}) == ""
    assert too_narrow(serves, {}) == "", "no unit of ours runs it"
    assert too_narrow(load().config, {"ASSISTANT_REACHES": "none"}) == ""
    lan = load(["home.broker=10.0.0.2"]).config
    assert too_narrow(lan, {"ASSISTANT_REACHES": "loopback"})


def test_a_path_cannot_add_a_line_or_a_word(tmp_path):
    odd = ('/opt/my "%n" $HOME/py', "-m", "assistant")
    text = unit(load().config, 252, odd)
    assert 'ExecStart="/opt/my \\"%%n\\" $$HOME/py" -m assistant run --quiet\n' in text


def test_where_it_lies(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert unit_file() == tmp_path / "systemd" / "user" / "assistant.service"


def test_levels_for_the_journal():
    program = (
        "import logging\nfrom assistant.daemon import logs\nlogs.begin({'JOURNAL_STREAM': '8:1'})\n"
        "logging.getLogger('a').warning('one\\ntwo')\nlogging.getLogger('a').error('three')\n"
        "logging.getLogger('a').info('not told')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr == "<4>a: one\n<4>two\n<3>a: three\n"
    assert set(logs.LEVELS.values()) == {7, 6, 4, 3, 2}


def test_what_does_not_work_has_its_level_in_the_journal():
    assert logs.with_level("no disk\nno voice", logging.ERROR, {}) == "no disk\nno voice"
    told = logs.with_level("no disk\nno voice", logging.ERROR, {"JOURNAL_STREAM": "8:1"})
    assert told == "<3>no disk\n<3>no voice"


def test_it_imports_nothing_from_a_current_folder():
    text = unit(load().config, 255)
    assert re.search(r"^ExecStart=.* -P -m assistant run --quiet$", text, re.MULTILINE)
    assert re.search(r"^ExecReload=.* -P -m assistant reload$", text, re.MULTILINE)
