"""`assistant power` and `assistant profile`, as a person runs them."""

import json
import sys

import pytest

from tests.machines import play, unpack, write

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
    lines = {line[2:].split()[0]: line for line in done.out.splitlines()}
    assert "7.20 W" in lines["battery"] and lines["battery"].startswith("*")
    assert "(an estimate)" in lines["estimate"]
    assert lines["ina3221"].endswith("There is no INA3221, as Jetson boards have it.")


def test_where_no_meter_works_none_has_a_star(cli, tmp_path):
    done = cli("--set", f"power.root={tmp_path}", "power", "now", "--seconds", "0.05")
    assert done.out.endswith("No meter works here: what turns use is not measured.\n")
    assert "inf" not in cli("--set", f"power.root={tmp_path}", "power", "steps").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["now", "--seconds", "-1"],
        ["record", "--hours", "-1", "x.jsonl"],
        ["budget", "--battery-wh", "-5"],
        ["budget", "--last", "0"],
    ],
)
def test_numbers_that_mean_nothing_are_refused(cli, arguments):
    done = cli("power", *arguments)
    assert done.code == 2
    assert "is not in the range" in done.err


def test_a_recording_from_start_to_report(cli, laptop, tmp_path):
    setting = laptop[1]
    file, picture = tmp_path / "power.jsonl", tmp_path / "power.png"
    for _ in range(2):  # the second goes on with the file of the first
        options = ["--hours", "0.0001", "--every", "0.1"]
        assert cli("--set", setting, "power", "record", file, *options).code == 0
    assert cli("--set", setting, "power", "record", file, "--mark", "unplugged $x^").code == 0
    done = cli("--set", setting, "power", "report", file, "--json", "--picture", picture)
    found = json.loads(done.out)
    assert found["measures"] == "battery" and found["energy, Wh"] > 0
    assert found["power, W"]["value"] == pytest.approx(7.2, rel=0.02)
    assert found["battery, light use, h"]["value"] == pytest.approx(48 / 7.2, rel=0.02)
    assert picture.read_bytes().startswith(b"\x89PNG")
    rows = cli("--set", setting, "power", "report", file, "--csv").out.splitlines()
    assert rows[0] == "at,seconds,joules,watts,error,on" and len(rows) > 3
    assert "power, W" in cli("--set", setting, "power", "report", file).out
    done = cli("power", "compare", file, file, "--json")
    assert json.loads(done.out)["power, W"]["sure"] is False
    assert "not more than noise" in cli("power", "compare", file, file).out


@pytest.mark.real_time
def test_a_program_takes_turns_with_nothing(cli, laptop, tmp_path):
    """So that its share can be told from the machine's; the meter is named."""
    file, alive = tmp_path / "power.jsonl", tmp_path / "alive"
    code = f"touch {alive}; sleep 60"
    options = ["--hours", "0.0012", "--every", "0.2", "--period", "0.01", "--meter", "battery"]
    run = ["power", "record", file, *options, "--", "sh", "-c", code]
    done = cli("--set", laptop[1], *run)
    assert done.code == 0 and alive.exists()
    assert "W for 0.00 h. See: assistant power report" in done.err
    on = [json.loads(line).get("on") for line in file.read_text().splitlines()]
    assert True in on and False in on
    report = json.loads(cli("--set", laptop[1], "power", "report", file, "--json").out)
    assert "ours (on - off), W" in report


def test_what_cannot_be_recorded_is_told(cli, laptop, tmp_path):
    file, setting = tmp_path / "power.jsonl", laptop[1]
    record = ["--set", setting, "power", "record", file, "--hours", "0.0001"]
    assert "There is no meter 'sun'. There are: meter, battery" in cli(
        *record, "--meter", "sun"
    ).sentence(1)
    assert "There is no INA3221" in cli(*record, "--meter", "ina3221").sentence(1)
    assert "Begin one first" in cli(*record, "--mark", "noon").sentence(7)
    assert cli(*record, "--every", "0").code == 2
    done = cli(*record, "--period", "0.00001", "--every", "0.05", "--", "no-such-program")
    assert "no-such-program cannot be started" in done.err and done.code == 1


def test_a_battery_that_is_plugged_in_meanwhile_is_told(cli, laptop, tmp_path):
    root, setting = laptop
    file = tmp_path / "power.jsonl"
    code = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('Full')"
    plug = [sys.executable, "-c", code, root / "sys/class/power_supply/BAT0/status"]
    options = ["--hours", "0.0004", "--every", "0.2", "--period", "0.001", "--meter", "battery"]
    done = cli("--set", setting, "power", "record", file, *options, "--", *plug)
    assert done.err.count("Nothing is recorded until it does.") == 1
    assert "the machine is plugged in" in done.err


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
    assert "proc/meminfo = MemTotal:       16000000 kB" in text
    played = tmp_path / "played"
    play(text, played)
    out = cli("--set", f"power.root={played}", "power", "now", "--seconds", "0.05").out
    assert "7.20 W" in out
    detected = cli("--set", f"power.root={played}", "profile", "detect", "--json").out
    assert json.loads(detected)["profile"] == "laptop-battery"


def test_what_programs_print_is_captured_and_played(cli, tmp_path):
    """A Raspberry Pi's controller is asked through a program, whose lines become one."""
    setting = f"power.root={unpack('raspberry-pi-5-power', tmp_path)}"
    file = tmp_path / "captured.txt"
    assert cli("--set", setting, "power", "capture-sensors", file).code == 0
    told = file.read_text()
    assert "programs/pi-pmic = 3V7_WL_SW_A current(0)=0.09465496A\\n" in told
    played = tmp_path / "played"
    play(told, played)
    now = cli("--set", f"power.root={played}", "power", "now", "--seconds", "0.05").out
    assert any(line.startswith("* pi-pmic") and " W " in line for line in now.splitlines())
    assert "Raspberry Pi 5" in cli("--set", f"power.root={played}", "profile", "detect").out


def test_profiles(cli, laptop, home):
    listed = cli("profile", "list").out
    assert "raspberry-pi-5" in listed and "Small boards: the functions only" in listed
    assert 'speak.voice_en = "espeak"' in cli("profile", "show", "minimal").out
    assert cli("profile", "show", "none").out == "# base.toml as it is.\n"
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
