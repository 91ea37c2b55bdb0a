"""Which profile fits which machine, and what fits into its memory."""

import pytest

from assistant import config
from assistant.models import catalog
from assistant.power import fitting
from assistant.power.machine import Machine, look, propose
from tests.machines import unpack, write

LAPTOP = Machine("", 8, 16_000, False, True, False, "rapl")


def machine(**changes):
    from dataclasses import replace

    return replace(LAPTOP, **changes)


@pytest.mark.parametrize(
    ("changes", "profile"),
    [
        ({}, "laptop"),
        ({"battery": False}, "laptop"),
        ({"on_battery": True}, "laptop-battery"),
        ({"graphics": True}, "laptop-cuda"),
        ({"graphics": True, "memory_mb": 6000}, "laptop"),
        ({"graphics": True, "graphics_mb": 4096}, "laptop"),
        ({"graphics": True, "graphics_mb": 6144}, "laptop-cuda"),
        ({"memory_mb": 1900}, "minimal"),
        ({"cores": 1}, "minimal"),
        ({"board": "Raspberry Pi 5 Model B Rev 1.0", "memory_mb": 8000}, "raspberry-pi-5"),
        ({"board": "Raspberry Pi 5 Model B Rev 1.1", "memory_mb": 2000}, "minimal"),
        ({"board": "Raspberry Pi 4 Model B Rev 1.4", "memory_mb": 3900}, "raspberry-pi-4"),
        ({"board": "Raspberry Pi 4 Model B Rev 1.1", "memory_mb": 900}, "minimal"),
        ({"board": "Raspberry Pi 400 Rev 1.0", "memory_mb": 3900}, "raspberry-pi-4"),
        ({"board": "Raspberry Pi Zero 2 W Rev 1.0", "memory_mb": 420}, "raspberry-pi-zero-2w"),
        ({"board": "NVIDIA Jetson Nano Developer Kit", "memory_mb": 3960}, "jetson-nano"),
        ({"board": "NVIDIA Jetson Orin Nano Developer Kit"}, "jetson-orin-nano"),
        ({"board": "NVIDIA Orin NX Developer Kit"}, "jetson-orin-nano"),
        ({"board": "NVIDIA Jetson AGX Orin Developer Kit"}, "jetson-agx-orin"),
        ({"board": "Raspberry Pi 500 Rev 1.0", "memory_mb": 8000}, "raspberry-pi-5"),
        ({"board": "NVIDIA Jetson Xavier NX Developer Kit", "graphics": True}, "jetson-nano"),
        ({"board": "Some ARM Laptop", "memory_mb": 4000}, "laptop"),
        ({"board": "Some Board", "memory_mb": 4000, "battery": False}, "raspberry-pi-5"),
        ({"board": "Some Board", "memory_mb": 2000, "battery": False}, "minimal"),
    ],
)
def test_proposals(changes, profile):
    found = propose(machine(**changes))
    assert found.profile == profile
    assert found.profile in config.profiles()
    assert found.reasons and all(r.endswith(".") for r in found.reasons)


@pytest.mark.parametrize(
    ("tree", "profile", "meter", "because"),
    [
        ("thinkpad-power", "laptop-battery", "battery", "It runs on battery."),
        ("desktop-power", "laptop", "estimate", "It has no battery."),
        ("laptop-nvidia-power", "laptop-cuda", "rapl", "with 6442 MB of its own"),
        ("jetson-nano-power", "jetson-nano", "ina3221", "Jetson Nano Developer Kit"),
        ("orin-nano-power", "jetson-orin-nano", "ina3221", "Jetson Orin Nano"),
        ("agx-orin-power", "jetson-agx-orin", "ina3221", "Jetson AGX Orin"),
        ("raspberry-pi-5-power", "raspberry-pi-5", "pi-pmic", "Raspberry Pi 5 Model B"),
        ("raspberry-pi-4-power", "raspberry-pi-4", "estimate", "Raspberry Pi 4 Model B"),
        ("raspberry-pi-zero-2w-power", "raspberry-pi-zero-2w", "estimate", "428 MB"),
        ("rock-5b-power", "raspberry-pi-5", "estimate", "no profile for a “Radxa ROCK 5B”"),
    ],
)
def test_each_board_is_known_by_its_files(tmp_path, tree, profile, meter, because):
    found = look(unpack(tree, tmp_path), config.load([]).config.power)
    proposal = propose(found)
    assert (proposal.profile, found.meter) == (profile, meter)
    assert because in " ".join(proposal.reasons)
    assert found.cores >= 4 and found.memory_mb > 400
    assert found.graphics == (tree.startswith(("jetson", "orin", "agx")) or "nvidia" in tree)


def test_the_same_laptop_plugged_in_or_with_a_small_card(tmp_path):
    settings = config.load([]).config.power
    laptop = unpack("thinkpad-power", tmp_path)
    write(laptop, "sys/class/power_supply/BAT0/status", "Charging")
    found = look(laptop, settings)
    assert propose(found).profile == "laptop" and found.meter == "rapl"
    assert "plugged in" in propose(found).reasons[0]
    nvidia = unpack("laptop-nvidia-power", tmp_path)
    write(nvidia, "programs/nvml-memory-mb", "2048")
    small = propose(look(nvidia, settings))
    assert small.profile == "laptop" and "with 2048 MB of its own" in small.reasons[-1]
    write(nvidia, "sys/class/power_supply/BAT0/status", "Discharging")
    assert propose(look(nvidia, settings)).profile == "laptop-battery"


def test_a_machine_is_looked_at_through_its_files(tmp_path):
    root = unpack("thinkpad-power", tmp_path)
    write(root, "sys/devices/system/cpu/present", "0-3,6")
    write(root, "proc/meminfo", "MemTotal:       16000000 kB\nMemFree: 1 kB")
    found = look(root, config.load([]).config.power)
    assert (found.cores, found.memory_mb, found.battery, found.on_battery, found.meter) == (
        5, 16_000, True, True, "battery",
    )  # fmt: skip
    write(root, "sys/fs/cgroup/memory.max", "2000000000")
    assert look(root, config.load([]).config.power).memory_mb == 2000


@pytest.mark.parametrize("profile", [p for p in config.profiles() if p != "test"])
def test_every_profile_keeps_its_own_memory_budget(profile):
    settings = config.load([f"profile={profile}"]).config
    for language in ("en", "es"):
        own = config.load([f"profile={profile}", f"language={language}"]).config
        assert fitting.needed(fitting.chosen(own)) <= settings.budget.memory_peak_mb
    assert settings.budget.memory_idle_mb >= fitting.PROGRAM_MB


def test_what_would_fit():
    settings = config.load(["profile=minimal"]).config
    rows = {row.model: row for row in fitting.fits(settings, catalog.load().values(), 300)}
    assert rows["whisper-tiny.en"].chosen and rows["whisper-tiny.en"].fits
    assert not rows["whisper-large-v3"].fits
    assert rows["whisper-base.en"].needs_mb == fitting.needed(["whisper-base.en"])


def test_the_budget_limits_and_so_does_the_machine():
    settings = config.load(["profile=minimal"]).config
    assert fitting.limit(settings, 16_000) == 340
    assert fitting.limit(settings, 300) == 200
    assert fitting.limit(config.load([]).config, 3000) == 2000
