"""What the machine is doing: against the machine that runs the test, measured by other means."""

import datetime as dt
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from assistant.handlers.contract import Request
from assistant.handlers.machine import updates, usage
from assistant.handlers.machine.system import System
from assistant.handlers.machine.updates import Waiting
from assistant.handlers.machine.usage import Disk, Program, Traffic
from tests.machines import unpack, write

GB = 1_000_000_000


def asked(language="en"):
    return Request("", language, dt.datetime(2025, 11, 22, 17, 0, tzinfo=dt.UTC))


@pytest.fixture
def system(tmp_path):
    return System(tmp_path)


@pytest.mark.parametrize(
    ("size", "english", "spanish"),
    [
        (0, "zero bytes", "cero bytes"),
        (1, "one byte", "un byte"),
        (999, "nine hundred ninety-nine bytes", "novecientos noventa y nueve bytes"),
        (1_000, "one kilobyte", "un kilobyte"),
        (8_240_000_000, "eight point two gigabytes", "ocho coma dos gigabytes"),
        (21_600_000, "twenty-two megabytes", "veintidós megabytes"),
        (999_999_999, "one gigabyte", "un gigabyte"),
        (2 * 10**12, "two terabytes", "dos terabytes"),
        (2 * 10**19, "twenty thousand petabytes", "veinte mil petabytes"),
    ],
)
def test_amounts_for_the_ear(size, english, spanish):
    assert usage.amount(size, "en") == english
    assert usage.amount(size, "es") == spanish


def test_memory_is_counted_in_powers_of_two():
    assert usage.amount(16 * 2**30, "en", thousand=1024) == "sixteen gigabytes"


def test_the_unit_of_two_amounts_is_said_once():
    assert usage.amount_of(8 * GB, 16 * GB, "en") == ("eight gigabytes", "sixteen")
    assert usage.amount_of(GB // 2, 16 * GB, "en") == (
        "five hundred megabytes",
        "sixteen gigabytes",
    )


def test_memory_is_that_of_the_kernel():
    fields = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    free, total = usage.memory()
    assert total == int(fields["MemTotal"].split()[0]) * 1024
    assert free == pytest.approx(int(fields["MemAvailable"].split()[0]) * 1024, rel=0.1)


def test_a_busy_core_is_seen():
    """A loop of ours for a moment: the processor cannot be idle, and the loop is named."""
    spin = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        assert usage.processor() > 0
        name = psutil.Process(spin.pid).name()
        assert name in {program.name for program in usage.programs() if program.busy > 0}
    finally:
        spin.kill()
        spin.wait()


def test_the_root_is_the_first_disk():
    [first, *_] = usage.disks()
    real = os.statvfs("/")
    assert first.total == real.f_blocks * real.f_frsize
    assert 0 < first.free <= first.total


def test_uptime_is_that_of_the_kernel():
    seconds = float(Path("/proc/uptime").read_text().split()[0])
    assert usage.uptime().total_seconds() == pytest.approx(seconds, abs=2)


def test_traffic_counts_what_the_kernel_counts(monkeypatch):
    before = usage.traffic()
    lines = [line.split() for line in Path("/proc/net/dev").read_text().splitlines()[2:]]
    counted = sum(int(fields[1]) for fields in lines if fields[0] != "lo:")
    assert before.received <= counted <= usage.traffic().received


def test_addresses_are_not_our_own_loop():
    assert all(not address.startswith("127.") for address in usage.addresses())


def test_disks_are_read_out(system, monkeypatch):
    found = [Disk("", 20 * GB, 100 * GB), Disk("data", 400 * GB, 1000 * GB)]
    monkeypatch.setattr(usage, "disks", lambda: found)
    assert system.disk(asked()).text == (
        "Twenty gigabytes free of one hundred; on data, four hundred gigabytes of one terabyte."
    )
    assert system.disk(asked("es")).text == (
        "Veinte gigabytes libres de cien; en data, cuatrocientos gigabytes de un terabyte."
    )


@pytest.mark.parametrize(
    ("programs", "answer"),
    [
        (
            [Program("fire{0}fox", 80.4, GB), Program("b", 3, 2 * 2**30)],
            "Fire{0}fox takes eighty percent of the processor. Most memory is held by b: two"
            " gigabytes.",
        ),
        (
            [Program("a", 3, 2**30), Program("b", 1, 2**20)],
            "Nothing takes much of the processor. Most memory is held by a: one gigabyte.",
        ),
    ],
)
def test_the_busiest_program(system, monkeypatch, programs, answer):
    monkeypatch.setattr(usage, "programs", lambda: programs)
    assert system.busiest(asked()).text == answer


def test_a_quiet_network(system, monkeypatch):
    monkeypatch.setattr(usage, "traffic", lambda: Traffic(3 * GB, GB // 5))
    monkeypatch.setattr(usage, "traffic_now", lambda: Traffic(0, 20))
    assert system.network(asked()).text == (
        "The network is quiet. Since the start, three gigabytes came in and two hundred megabytes"
        " went out."
    )
    monkeypatch.setattr(usage, "traffic_now", lambda: Traffic(1_200_000, 40_000))
    assert system.network(asked()).text.startswith(
        "One point two megabytes a second come in and forty kilobytes go out."
    )


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (dt.timedelta(seconds=50), "fifty seconds"),
        (dt.timedelta(hours=3, minutes=4, seconds=40), "three hours and five minutes"),
        (dt.timedelta(days=9, hours=3, minutes=40), "nine days and four hours"),
    ],
)
def test_uptime_is_rounded(system, monkeypatch, length, said):
    monkeypatch.setattr(usage, "uptime", lambda: length)
    assert system.uptime(asked()).text == f"The machine has been on for {said}."


def test_an_address_is_said_number_by_number(system, monkeypatch):
    monkeypatch.setattr(usage, "addresses", lambda: ["192.168.1.42"])
    assert system.address(asked("es")).text == (
        "La dirección es ciento noventa y dos punto ciento sesenta y ocho punto uno punto cuarenta"
        " y dos."
    )
    monkeypatch.setattr(usage, "addresses", list)
    assert system.address(asked()).text == "There is no network address."


@pytest.mark.parametrize(
    ("machine", "model"),
    [("pi", "Raspberry Pi 5 Model B Rev 1.0"), ("laptop", "20XW004AGE"), ("", "")],
)
def test_what_it_is(tmp_path, machine, model):
    root = unpack(machine, tmp_path) if machine else tmp_path
    assert model in System(root).about(asked()).text


NOTIFIED = """
Expanded Security Maintenance for Applications is not enabled.

12 updates can be applied immediately.
3 of these updates are standard security updates.
To see these additional updates run: apt list --upgradable
"""
SIMULATED = """\
NOTE: This is only a simulation!
Inst base-files [12.4] (12.5 Debian:12.15/oldstable [amd64])
Inst libgcrypt20 [1.10.1-3] (1.10.1-3+deb12u1 Debian-Security:12/oldstable-security [amd64]) []
Conf base-files (12.5 Debian:12.15/oldstable [amd64])
"""
DNF = """\

bash.x86_64            5.2.26-4.fc40          updates
kernel.x86_64          6.9.7-200.fc40         updates

Obsoleting Packages
old.noarch             1-1                    updates
"""


def test_what_the_package_managers_write():
    assert updates.notified(NOTIFIED) == Waiting(12, 3)
    assert updates.notified("0 updates can be applied immediately.") == Waiting(0)
    assert updates.notified("Se pueden aplicar 12 actualizaciones.") is None
    assert updates.simulated(SIMULATED) == Waiting(2, 1)
    assert updates.listed(DNF) == Waiting(2)
    assert updates.listed("") == Waiting(0)
    assert updates.listed("linux 6.9.1-1 -> 6.9.2-1\nbash 5.1-1 -> 5.2-1\n") == Waiting(2)


@pytest.mark.parametrize(
    ("found", "restart", "english", "spanish"),
    [
        (Waiting(0), False, "No update waits.", "No hay actualizaciones."),
        (Waiting(1), False, "One update waits.", "Una actualización."),
        (
            Waiting(12, 3),
            True,
            "Twelve updates wait, three of them for security. A restart is needed for those that"
            " were installed.",
            "Doce actualizaciones, de ellas tres de seguridad. Hay que reiniciar por las que ya se"
            " instalaron.",
        ),
    ],
)
def test_updates_are_told(system, tmp_path, monkeypatch, found, restart, english, spanish):
    monkeypatch.setattr(updates, "waiting", lambda root: found)
    if restart:
        write(tmp_path, "var/run/reboot-required", "*** System restart required ***")
    assert system.updates(asked()).text == english
    assert system.updates(asked("es")).text == spanish


def test_what_ubuntu_has_written_is_believed(tmp_path):
    write(tmp_path, "var/lib/update-notifier/updates-available", NOTIFIED)
    assert updates.waiting(tmp_path) == Waiting(12, 3)


@pytest.mark.skipif(not shutil.which("apt-get"), reason="this machine has no apt")
def test_apt_is_really_asked(tmp_path, monkeypatch):
    """By another command of apt: `list --upgradable` also has those that are held back."""
    monkeypatch.setattr(updates, "_PATIENCE", 120.0)  # of a machine that runs tests
    found = updates.waiting(tmp_path)
    listed = subprocess.run(
        ["apt", "list", "--upgradable"], capture_output=True, text=True, check=True,
        env={**os.environ, "LC_ALL": "C"},
    ).stdout  # fmt: skip
    assert found.count <= listed.count("[upgradable from")
    assert (found.count == 0) == ("[upgradable from" not in listed)


def programs(folder, monkeypatch, **scripts):
    """Make these the only package managers there are."""
    for name, text in scripts.items():
        file = folder / name.replace("_", "-")
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_a_package_manager_that_hangs_is_not_waited_for(tmp_path, monkeypatch):
    programs(tmp_path, monkeypatch, apt_get="exec /bin/sleep 60")
    monkeypatch.setattr(updates, "_PATIENCE", 0.2)
    start = time.monotonic()
    with pytest.raises(updates.TooSlow):
        updates.waiting(tmp_path)
    assert time.monotonic() - start < 40


def test_one_that_fails_leaves_it_to_the_next(tmp_path, monkeypatch):
    programs(tmp_path, monkeypatch, apt_get="exit 100", dnf="echo bash 5.2 updates; exit 100")
    assert updates.waiting(tmp_path) == Waiting(1)


def test_without_any_it_says_so(system, tmp_path, monkeypatch):
    programs(tmp_path, monkeypatch)
    with pytest.raises(Exception, match="no package manager"):
        system.updates(asked())
