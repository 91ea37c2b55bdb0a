"""Passwords and tokens are in a real keyring, and nowhere else."""

import subprocess
import sys
from pathlib import Path

import pytest

from assistant import paths
from assistant.cli.doctor import _privacy
from assistant.config import load, user_file
from assistant.errors import ConfigError
from assistant.handlers.home.broker import _password
from assistant.handlers.memory.keys import SecretService
from assistant.handlers.secrets import keyring as place, secret
from assistant.handlers.servers import link
from assistant.handlers.servers.wire import ServerError, Wire
from assistant.server_settings import McpServer
from tests.bus import buses, no_buses  # noqa: F401 - fixtures
from tests.keyrings import keyring  # noqa: F401 - a fixture

PATIENCE = 60.0
TOKEN = "t0ps3cr3t"
PROGRAM = """
import os, sys
from pathlib import Path
from mcp.server.mcpserver import MCPServer
Path(sys.argv[1]).write_text(os.environ.get("TOKEN", "none"))
MCPServer("example").run("stdio")
"""


@pytest.mark.usefixtures("keyring")
def test_the_password_of_the_broker_is_in_the_keyring():
    home = load(["home.password_file=keyring"]).config.home
    with pytest.raises(ConfigError, match=r"config secret`\."):
        _password(home)
    place("broker").keep("pässword")
    assert _password(home) == "pässword"
    assert SecretService().get() is None, "each secret is its own"
    place("broker").remove()
    with pytest.raises(ConfigError):
        _password(home)


@pytest.fixture
def server(tmp_path):
    program = tmp_path / "server.py"
    program.write_text(PROGRAM)
    command = [sys.executable, str(program), str(tmp_path / "found")]
    return McpServer(command=command, env={"TOKEN": "keyring"}, time_limit=PATIENCE)


@pytest.fixture
def wire():
    one = Wire()
    yield one
    one.close()


@pytest.mark.usefixtures("keyring")
def test_an_mcp_server_gets_its_token_from_the_keyring(server, wire, tmp_path):
    with pytest.raises(ServerError, match=r"assistant config secret mcp\.weather\.TOKEN"):
        wire.tools("weather", server, PATIENCE)
    assert not (tmp_path / "found").exists(), "without it, it is not even started"
    place("mcp.weather.TOKEN").keep(TOKEN)
    wire.tools("weather", server, PATIENCE)
    assert (tmp_path / "found").read_text() == TOKEN


def test_without_a_keyring_it_says_so(server, wire, no_buses):  # noqa: F811
    with pytest.raises(ServerError, match="no keyring"):
        wire.tools("weather", server, PATIENCE)


@pytest.mark.usefixtures("keyring")
def test_it_is_put_there_and_the_setting_says_so(cli, tmp_path):
    file = user_file()
    paths.private_dir(file.parent)
    server = '[mcp.servers.weather]\ncommand = ["x"]\nenv = {TOKEN = "plain", OTHER = "o"}\n'
    file.write_text(server)
    file.chmod(0o644)
    done = cli("config", "secret", "mcp.weather.TOKEN", stdin=f"{TOKEN}\n")
    assert done.code == 0 and TOKEN not in done.out + done.err
    assert load().config.mcp.servers["weather"].env == {"TOKEN": "keyring", "OTHER": "o"}
    assert file.stat().st_mode & 0o777 == 0o600
    assert secret("mcp.weather.TOKEN", "x") == TOKEN
    shown = cli("config", "show", "mcp", "--json").out
    assert '"keyring"' in shown and "(not shown)" in shown and '"o"' not in shown
    told = cli("config", "set", "mcp.servers.weather.env.OTHER", TOKEN)
    assert told.code == 0 and TOKEN not in told.out
    cli("config", "secret", "mcp.weather.TOKEN", "--remove")
    with pytest.raises(ConfigError):
        secret("mcp.weather.TOKEN", "x")


def test_doctor_tells_what_lies_open():
    """Settings with a token in them that others can read, as an editor writes them."""
    file = user_file()
    paths.private_dir(file.parent)
    env = 'env = {API_TOKEN = "t", LANG = "es"}'
    file.write_text(f'[mcp.servers.weather]\ncommand = ["x"]\n{env}\n')
    file.chmod(0o644)
    found = [(f.what, f.state, f.remedy) for f in _privacy(load().config)]
    assert found == [
        ("your files", "note", f"chmod go= {file}"),
        ("secrets", "note", "assistant config secret mcp.weather.API_TOKEN"),
    ]
    file.write_text("")
    file.chmod(0o600)
    assert [f.state for f in _privacy(load().config)] == ["works"]


@pytest.mark.parametrize("name", ["mcp.weather.TOKEN", "mcp.weather", "wifi", ""])
def test_what_is_no_secret_is_refused(cli, name):
    assert cli("config", "secret", name, stdin="x\n").code == 2


def test_no_token_is_in_the_arguments_of_a_program(monkeypatch, tmp_path):
    """Which everybody on this machine can read."""
    (tmp_path / "systemd-run").write_text("#!/bin/sh\n")
    (tmp_path / "systemd-run").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setenv("ASSISTANT_SERVICE", "1")
    server = McpServer(command=["x"], env={"TOKEN": TOKEN}, outside=True)
    command = link._command(server)
    assert "--setenv=TOKEN" in command and TOKEN not in " ".join(command)


def test_settings_are_never_readable_by_others_not_even_while_they_are_written(tmp_path):
    """With a umask that lets others read, looked at by the kernel's own trace of what is opened."""
    program = (
        "import os; os.umask(0)\nfrom assistant.config import write\nwrite({'speak.pace': 1.1})"
    )
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-e", "trace=openat,creat", "-o", str(trace)]
    try:
        subprocess.run([*command, sys.executable, "-c", program], check=True)
    except FileNotFoundError:
        pytest.skip("strace is not installed (scripts/test installs it)")
    made = [line for line in trace.read_text().splitlines() if "config.toml" in line]
    made = [line for line in made if "O_CREAT" in line and "O_EXCL" in line]
    assert len(made) == 1 and "0600" in made[0], made
    assert Path(user_file()).stat().st_mode & 0o777 == 0o600
