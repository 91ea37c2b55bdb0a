"""`assistant service`, where there is a service manager and where there is none."""

from assistant.daemon.unit import unit_file


def test_printed(cli):
    assert cli("service", "install", "--print").out.startswith("# Written by `assistant service")


def test_without_a_manager_it_says_what_to_do(cli, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    told = cli("service", "status").sentence(1)
    assert "assistant run" in told
    assert cli("service", "uninstall").out == "There is no service.\n"


def test_a_stand_in_for_the_manager_sees_these_commands(cli, monkeypatch, tmp_path):
    """What is asked of systemctl, in order; systemd itself reads the unit in the tests above."""
    program = tmp_path / "systemctl"
    log = tmp_path / "log"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] && echo "systemd 255" || echo "$@" >>{log}\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    done = cli("service", "install")
    assert done.code == 0 and "no network" in done.out, done.err
    assert "RestartSteps" in unit_file().read_text()
    assert cli("service", "uninstall").out == "The service is removed.\n"
    assert not unit_file().exists()
    asked = [line.removeprefix("--user --no-pager ") for line in log.read_text().splitlines()]
    assert asked == [
        "daemon-reload",
        "enable assistant.service",
        "restart assistant.service",
        "disable --now assistant.service",
        "daemon-reload",
    ]
