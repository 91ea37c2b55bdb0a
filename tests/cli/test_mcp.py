"""The device functions for an agent, met by the real client of the protocol's own SDK."""

import asyncio
import os
import sys

import pytest
from mcp import Client, StdioServerParameters

from assistant.assemble import Engines
from assistant.config import load
from assistant.daemon.mcp_server import server
from assistant.daemon.mcp_tools import Tools

OWN = """
from assistant.handlers import function

@function(en=["wipe {what}"], dangerous=True, help={"en": "wipe the attic"})
def wipe(request, what: str):
    raise SystemExit("it was called")
"""


@pytest.fixture(scope="module")
def tools(tmp_path_factory):
    home = tmp_path_factory.mktemp("agent")
    (home / "own.py").write_text(OWN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_HOME", str(home))
        given = [f"functions.folder={home}", "route.nearest_en=none", "think.model=none"]
        with Engines(load(given).config) as engines:
            engines.ready()
            made = Tools(engines)
            made.call("clock.time", {})  # the thread of the functions outlives a test
            yield made


def talk(tools, conversation):
    async def run():
        async with Client(server(tools)) as client:
            return await asyncio.wait_for(conversation(client), 60)

    return asyncio.run(run())


def call(tools, name, **arguments):
    result = talk(tools, lambda client: client.call_tool(name, arguments))
    [content] = result.content
    return content.text, bool(result.is_error)


def test_the_functions_are_listed(tools):
    found = {t.name: t for t in talk(tools, lambda client: client.list_tools()).tools}
    assert len(found) > 60
    start = found["timers.start"]
    assert "length of time" in start.input_schema["properties"]["length"]["description"]
    assert found["clock.time"].annotations.read_only_hint
    [dangerous] = [t for name, t in found.items() if name.endswith("wipe")]
    assert dangerous.annotations.destructive_hint and "refused" in dangerous.description


def test_they_are_called(tools):
    text, failed = call(tools, "timers.start", length="ten minutes")
    assert (text, failed) == ("Timer set for ten minutes.", False)
    text, failed = call(tools, "clock.time")
    assert text.startswith("It's ") and not failed


def test_what_is_dangerous_is_refused_whatever_the_agent_says(tools):
    [name] = [t.name for t in tools.listed() if t.name.endswith("wipe")]
    for more in ({}, {"confirmed": "yes"}):
        text, failed = call(tools, name, what="attic", **more)
        assert failed
    text, failed = call(tools, name, what="attic")
    assert failed and text.startswith("Nothing was done.")
    assert call(tools, name, what="yes")[1]


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("timers.explode", {}, "There is no tool"),
        ("__class__", {}, "There is no tool"),
        ("timers.start", {"length": "soonish"}, "is not what length takes"),
        ("timers.start", {"length": {"a": [1]}}, "must be a text"),
        ("timers.start", {"length": "x" * 501}, "must be a text"),
        ("timers.start", {"request": "x"}, "takes"),
    ],
)
def test_what_an_agent_gets_wrong_is_told(tools, name, arguments, sentence):
    text, failed = call(tools, name, **arguments)
    assert failed and sentence in text


def test_as_an_agent_starts_it():
    """A process of its own; nothing but the protocol is on its output."""
    how = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant", "--set", "route.nearest_en=none", "mcp"],
        env=dict(os.environ),
    )

    async def run():
        async with Client(how) as client:
            return await asyncio.wait_for(client.call_tool("clock.time", {}), 120)

    [content] = asyncio.run(run()).content
    assert content.text.startswith("It's ")
