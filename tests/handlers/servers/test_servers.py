"""Tools of a real MCP server process, made with the protocol's own SDK, as functions."""

import datetime as dt
import os
import signal
import sys
import time
from pathlib import Path
from typing import Annotated

import pytest

from assistant.config import load
from assistant.errors import ConfigError
from assistant.handlers import load as load_functions
from assistant.handlers.servers import schema, seen
from assistant.handlers.servers.family import ServerTools
from assistant.handlers.servers.seen import Tool
from assistant.handlers.servers.wire import ServerError, Wire
from assistant.server_settings import McpSentences, McpServer
from assistant.types import Confirm, Intent

PROGRAM = str(Path(__file__).with_name("example_server.py"))
PATIENCE = 60.0  # this machine may be busy; it answers in milliseconds


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the server tells what it did."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(folder):
    return McpServer(command=[sys.executable, PROGRAM, str(folder)], time_limit=PATIENCE)


@pytest.fixture(scope="module")
def wire(server):
    one = Wire()
    one.tools("example", server, PATIENCE)  # its thread outlives a test
    yield one
    one.close()


@pytest.fixture
def own():
    """For servers that are to die: who waits for their end is a thread, too."""
    one = Wire()
    yield one
    one.close()


@pytest.fixture(scope="module")
def tools(wire, server):
    return {tool.name: tool for tool in wire.tools("example", server, PATIENCE)}


def starts(folder):
    return [int(line) for line in (folder / "starts").read_text().split()]


def test_what_it_offers_is_told_and_kept_for_the_owner(tools):
    assert set(tools) == {"forecast", "wipe", "keep", "slow", "die", "fail", "sort_list"}
    assert [n for n, tool in tools.items() if tool.careful] == ["wipe"]
    seen.write({"example": list(tools.values())})
    assert seen.read() == {"example": tools}
    assert seen.file().stat().st_mode & 0o777 == 0o600
    assert "\x1b" not in tools["forecast"].shown and "unlock" in tools["forecast"].shown


@pytest.mark.parametrize(
    "kept", [b"", b'{"a": [{"name": "\xed\xa0\x80"}]}', b'{"a": ' + b"[" * 100_000, b"[3]"]
)
def test_what_is_kept_and_damaged_allows_nothing(kept, tmp_path):
    (tmp_path / "tools.json").write_bytes(kept)
    assert seen.read(tmp_path / "tools.json") == {}


def test_a_call(wire, server, tools, folder):
    arguments = {"city": "Paris", "days": 2}
    answer = wire.call("example", server, tools["forecast"], arguments, PATIENCE)
    assert (answer.text, answer.ok) == ("Paris: rain for 2 days, in celsius.", True)
    failed = wire.call("example", server, tools["fail"], {}, PATIENCE)
    assert (failed.text, failed.ok) == ("Error executing tool fail", False)
    long = wire.call("example", server, tools["keep"], {"text": "a", "loud": True}, PATIENCE)
    assert len(long.text) == 600
    assert len(starts(folder)) == 1, "it is kept"


def test_one_that_dies_is_started_again(own, server, tools, folder):
    before = len(starts(folder))
    with pytest.raises(ServerError) as raised:
        own.call("example", server, tools["die"], {}, PATIENCE)
    assert raised.value.kind == "gone"
    assert own.call("example", server, tools["forecast"], {"city": "Rome"}, PATIENCE).ok
    os.kill(starts(folder)[-1], signal.SIGKILL)  # while nobody asks it anything
    time.sleep(0.5)
    assert own.call("example", server, tools["forecast"], {"city": "Rome"}, PATIENCE).ok
    assert len(starts(folder)) == before + 3


def test_one_that_hangs_is_given_up_and_started_again(own, server, tools, folder):
    before = len(starts(folder))
    own.tools("example", server, PATIENCE)
    began = time.monotonic()
    with pytest.raises(ServerError) as raised:
        own.call("example", server, tools["slow"], {}, 0.5)
    assert raised.value.kind == "time" and time.monotonic() - began < 60
    assert own.call("example", server, tools["forecast"], {"city": "Rome"}, PATIENCE).ok
    assert len(starts(folder)) == before + 2


def test_one_that_hangs_at_its_start(own, server, tmp_path):
    (tmp_path / "hang").touch()
    other = McpServer(command=[sys.executable, PROGRAM, str(tmp_path)])
    with pytest.raises(ServerError) as raised:
        own.tools("other", other, 2.0)
    assert raised.value.kind == "time"
    (tmp_path / "hang").unlink()
    assert own.tools("other", other, PATIENCE)


@pytest.mark.parametrize("command", [["/nowhere/program"], ["true"], ["echo", "nonsense"]])
def test_what_is_no_server(own, command):
    with pytest.raises(ServerError) as raised:
        own.tools(command[0], McpServer(command=command), PATIENCE)
    assert raised.value.kind in {"start", "gone"}


def test_a_tool_that_is_another_by_now_is_not_called(wire, server, tools, folder):
    old = Tool("keep", {"type": "object", "properties": {"text": {"type": "string"}}})
    with pytest.raises(ServerError) as raised:
        wire.call("example", server, old, {"text": "x"}, PATIENCE)
    assert raised.value.kind == "changed"
    harmless = Tool("wipe", tools["wipe"].schema, read_only=True)
    with pytest.raises(ServerError):
        wire.call("example", server, harmless, {"what": "all"}, PATIENCE)
    assert not (folder / "wiped").exists()


def test_all_ends_with_the_program(server, folder):
    wire = Wire()
    wire.tools("example", server, PATIENCE)
    assert Path(f"/proc/{starts(folder)[-1]}").exists()
    wire.close()
    assert not Path(f"/proc/{starts(folder)[-1]}").exists()


# -- as functions -------------------------------------------------------------------------------


@pytest.fixture
def functions(tools, tmp_path):
    """All functions, with those of a server as the user's settings have it."""
    seen.write({"example": list(tools.values())})
    config = load().config
    server = McpServer(
        command=[sys.executable, PROGRAM, str(tmp_path)],
        allow=["keep", "wipe", "sort_list", "nothing", "fail"],
        tools={"forecast": McpSentences(en=["[what is] the forecast for {city}"])},
        time_limit=PATIENCE,
    )
    import msgspec

    mcp = msgspec.structs.replace(config.mcp, servers={"example": server})
    limits = msgspec.structs.replace(config.functions, time_limit=PATIENCE)
    made = load_functions(msgspec.structs.replace(config, mcp=mcp, functions=limits))
    yield made
    made.close()


def act(functions, name, language="en", confirmed=False, **slots):
    intent = Intent(f"example.{name}", slots, "templates", 1.0, "")
    return functions.act(intent, "", language, confirmed=confirmed)


def test_only_what_is_allowed_and_was_seen_is_a_function(functions):
    mine = {f.name for f in functions if f.family.name == "example"}
    assert mine == {"example.forecast", "example.keep", "example.wipe", "example.fail"}
    assert [p for p in functions.problems if "mcp" in p] == [
        "mcp.servers.example: sort_list is left out: it needs 'items', which cannot be said.",
        "mcp.servers.example: nothing is left out: it was not seen yet: run `assistant tools`.",
    ]
    [forecast] = [f for f in functions if f.name == "example.forecast"]
    assert "Ignore" not in repr(forecast), "nobody is shown what a server says of itself"


def test_they_are_called(functions, tmp_path):
    assert act(functions, "forecast", city="Paris", days=3).text.startswith("Paris: rain for 3")
    assert act(functions, "keep", "es", text="leche", loud=False).text == "Hecho."
    assert (tmp_path / "kept").read_text() == "leche False\n"


def test_what_may_destroy_asks_first(functions, tmp_path):
    reply = act(functions, "wipe", what="attic")
    assert isinstance(reply.asks, Confirm) and not (tmp_path / "wiped").exists()
    assert act(functions, "wipe", confirmed=True, what="attic").text == "attic is gone."


def test_what_is_missing_is_asked_for(functions):
    assert act(functions, "forecast").asks.slot == "city"


def test_what_fails_is_said_in_the_language_of_the_user(functions):
    reply = act(functions, "fail", "es")
    assert reply.text.startswith("Example dice: ") and not reply.ok


def test_sentences_of_the_user_find_them(functions):
    from assistant.understand.route import Cascade

    config = load(["route.nearest_en=none"]).config
    with_router = Cascade(functions, ("en",), config.route, embedders={})
    with_router.start()
    try:
        with_router.ready()
        route = with_router.route("what is the forecast for New York", "en")
        assert route.function == "example.forecast" and route.slots["city"].lower() == "new york"
    finally:
        with_router.close()


def test_a_server_that_is_not_there_is_known():
    made = ServerTools("gone", McpServer(command=["/nowhere/at-all"]), {}, Wire(), 10)
    assert made.unavailable()["es"] == "El programa de gone no está en esta máquina."


def test_settings_are_checked():
    with pytest.raises(ConfigError):
        load(["mcp.servers.x.command=[]"])
    with pytest.raises(ConfigError):
        load(['mcp.servers.x={command=["a"], alow=["b"]}'])
    with pytest.raises(ConfigError):
        load(["mcp.other=1"])
    assert load(['mcp.servers.x.command=["a"]']).config.mcp.servers["x"].command == ["a"]


# -- schemas ------------------------------------------------------------------------------------


def slots_of(needed=(), **properties):
    return schema.slots({"type": "object", "properties": properties, "required": list(needed)})


def test_types_of_a_schema():
    found = slots_of(
        needed=["a", "f"],
        a={"type": "string"},
        b={"type": "integer", "minimum": 1, "maximum": 5},
        c={"type": ["number", "null"]},
        d={"type": "string", "format": "date-time"},
        e={"enum": ["celsius", "fast-forward"]},
        f={"anyOf": [{"type": "boolean"}, {"type": "null"}]},
        g={"type": "object"},
        **{"start-date": {"type": "string", "format": "date"}},
    )
    assert {name: slot.kind for name, slot in found.items() if name in "abcd"} == {
        "a": str, "b": Annotated[int, range(1, 6)], "c": float, "d": dt.datetime,
    }  # fmt: skip
    assert found["e"].kind == Annotated[str, {"celsius": "celsius", "fast forward": "fast-forward"}]
    assert found["f"].needed and "g" not in found
    assert found["start_date"].property == "start-date"


@pytest.mark.parametrize(
    "given",
    [
        {"properties": 3},
        {"properties": {}, "required": ["x"]},
        {"properties": {"x": {"type": "string"}}, "required": [["x"]]},
        {"properties": {"x": {"type": "string"}}, "required": "x"},
        {"properties": {"x": {"$ref": "#/y"}}, "required": ["x"]},
        {"properties": {"request": {"type": "string"}}, "required": ["request"]},
        {"properties": {"x": {"enum": ["(((", "{a}"]}}, "required": ["x"], "more": 1},
        {"properties": {str(n): {"type": "string"} for n in range(99)}},
        {"properties": {"x": "text"}, "required": ["x"]},
    ],
)
def test_a_schema_that_cannot_be_said(given):
    if "more" in given:  # its signs are no template: only the words of a choice are
        assert schema.slots(given)["x"].kind == Annotated[str, {"a": "{a}"}]
        return
    with pytest.raises(ConfigError):
        schema.slots(given)


def test_arguments_as_json_has_them():
    slot = schema.Slot("x", str, True, 5)
    assert schema.argument(slot, dt.timedelta(minutes=10)) == "PT600S"
    assert schema.argument(slot, dt.date(2027, 5, 5)) == "2027-05-05"
    assert schema.argument(slot, 3) == 3
    with pytest.raises(ValueError):
        schema.argument(slot, "longer")


def test_the_command_shows_and_keeps(cli_tools, tmp_path):
    done = cli_tools()
    assert "'forecast'" in done and "allowed; {city}, [{days}], [{unit}]" in done
    assert "not allowed; asks first; {what}" in done and "\x1b" not in done
    assert set(seen.read()["example"]) >= {"forecast", "wipe"}


@pytest.fixture
def cli_tools(tmp_path):
    from click.testing import CliRunner

    from assistant.cli import group

    command = f'["{sys.executable}", "{PROGRAM}", "{tmp_path}"]'
    given = ["--set", f"mcp.servers.example.command={command}"]
    given += ["--set", 'mcp.servers.example.allow=["forecast"]']

    def run():
        result = CliRunner().invoke(group, [*given, "tools"], standalone_mode=False)
        assert result.exception is None, result.output
        return result.output

    return run
