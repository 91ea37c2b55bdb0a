"""`assistant power` and `assistant profile`, as a person runs them."""

import json

import pytest

from tests.machines import unpack, write

COUNTER = "sys/class/powercap/intel-rapl:0/energy_uj"


@pytest.fixture
def laptop(tmp_path):
    """A recorded machine, and the option that names it."""
    root = unpack("thinkpad-power", tmp_path)
    write(root, "sys/devices/system/cpu/present", "0-3")
    write(root, "proc/meminfo", "MemTotal:       16000000 kB")
    return root, f"power.root={root}"


def test_every_meter_says_what_it_measures_or_why_not(cli, laptop):
    done = cli("--set", laptop[1], "power", "now", "--seconds", "0.05")
    assert done.code == 0
    lines = {line.split()[0]: line for line in done.out.splitlines()}
    assert "7.20 W" in lines["battery"]
    assert "(an estimate)" in lines["estimate"]
    assert lines["ina3221"].endswith("There is no INA3221, as Jetson boards have it.")


def test_a_recording_from_start_to_report(cli, laptop, tmp_path):
    setting = laptop[1]
    file, picture = tmp_path / "power.jsonl", tmp_path / "power.png"
    for _ in range(2):  # the second goes on with the file of the first
        options = ["--hours", "0.0001", "--every", "0.1"]
        assert cli("--set", setting, "power", "record", file, *options).code == 0
    assert cli("--set", setting, "power", "record", file, "--mark", "unplugged $x^").code == 0
    done = cli("--set", setting, "power", "report", file, "--json", "--picture", picture)
    found = json.loads(done.out)
    assert found["measures"] == "battery" and found["energy, J"] > 0
    assert found["power, W"]["value"] == pytest.approx(7.2, rel=0.02)
    assert found["battery, light use, h"]["value"] == pytest.approx(48 / 7.2, rel=0.02)
    assert picture.read_bytes().startswith(b"\x89PNG")
    rows = cli("--set", setting, "power", "report", file, "--csv").out.splitlines()
    assert rows[0] == "at,seconds,joules,watts,error,on" and len(rows) > 3
    assert "power, W" in cli("--set", setting, "power", "report", file).out
    assert "not more than noise" in cli("power", "compare", file, file).out


def test_two_meters_are_not_compared(cli, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).write_text(
            f'{{"at": 1.0, "kind": "start", "meter": "{name}"}}\n'
            '{"at": 2.0, "kind": "energy", "seconds": 1.0, "joules": 1.0, "error": 0, "on": true}\n'
        )
    done = cli("power", "compare", tmp_path / "a", tmp_path / "b")
    assert "cannot be compared" in done.sentence(1)


def test_commands_until_empty(cli, laptop, home):
    setting = laptop[1]
    assert "No turn was measured" in cli("--set", setting, "power", "budget").sentence(1)
    state = home / "state"
    state.mkdir(exist_ok=True)
    turn = {
        "id": "1", "started": "2026-11-26T10:00:00+00:00", "kind": "text", "outcome": "answered",
        "language": "en", "spans": [], "route": {}, "first_audio_seconds": None,
        "total_seconds": 1.0, "peak_rss_mb": 1.0, "energy": {"joules": 10.0, "estimated": True},
    }  # fmt: skip
    (state / "trace.jsonl").write_text(2 * (json.dumps(turn) + "\n"))
    out = cli("--set", setting, "power", "budget").out
    assert "30.2 Wh are left; a command takes 10.00 J" in out and "10,886 commands" in out
    assert out.strip().endswith("by an estimate.")


def test_sensors_are_captured_and_can_be_played(cli, laptop, tmp_path):
    root, setting = laptop
    write(root, "sys/class/power_supply/BAT0/serial_number", "SECRET")
    file = tmp_path / "mine.txt"
    assert cli("--set", setting, "power", "capture-sensors", file).code == 0
    text = file.read_text()
    assert f"{COUNTER} = 262143000000" in text and "SECRET" not in text
    played = tmp_path / "played"
    for line in text.splitlines()[1:]:
        path, _, value = line.partition(" = ")
        write(played, path, value)
    out = cli("--set", f"power.root={played}", "power", "now", "--seconds", "0.05").out
    assert "7.20 W" in out


def test_profiles(cli, laptop, home):
    listed = cli("profile", "list").out
    assert "raspberry-pi-5" in listed and "Small boards: the functions only" in listed
    assert 'speak.voice_en = "espeak"' in cli("profile", "show", "minimal").out
    assert cli("profile", "use", "minimal").code == 0
    assert "* minimal" in cli("profile", "list").out
    assert "no device profile 'nonsense'" in cli("profile", "use", "nonsense").sentence(2)


def test_a_profile_is_proposed_with_reasons(cli, laptop):
    done = json.loads(cli("--set", laptop[1], "profile", "detect", "--json").out)
    assert done["profile"] == "laptop-battery"
    assert "It runs on battery." in cli("--set", laptop[1], "profile", "detect").out


def test_what_fits_is_told_before_anything_is_loaded(cli, laptop):
    out = cli("--set", laptop[1], "profile", "fit", "minimal").out
    assert "The machine has 16000 MB; 340 MB are for the program." in out
    assert "whisper-tiny.en" in out and "whisper-large-v3 " not in out
    assert "does not fit" in cli("--set", laptop[1], "profile", "fit", "minimal", "--all").out


def test_the_steps_of_the_governor_and_the_machine_as_it_is(cli, laptop):
    pinned = 'governor.pin=["hot"]'
    done = cli("--set", laptop[1], "--set", pinned, "power", "steps")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].split(maxsplit=1) == ["power", "battery, 63 %"]
    assert any(line.startswith("battery_low") and "at 40 % or less" in line for line in lines)
    assert any(line.startswith("hot") and "(pinned)" in line for line in lines)
    assert any(line.strip() == "route.open_questions=refuse" for line in lines)


def test_a_step_that_cannot_be_is_told_at_the_start(cli):
    done = cli("--set", 'governor.battery=["audio.block_ms=96"]', "power", "steps")
    assert done.code == 2
    assert "audio.block_ms=96" in done.err and "cannot change while it runs" in done.err
