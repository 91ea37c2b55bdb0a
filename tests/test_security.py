"""What SECURITY.md promises is held by tests that exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/.]+(?:::\w+)?)`", TEXT)))
THREATS = TEXT.partition("## Who could do what")[2].partition("\n\n## ")[0]


@cache
def held_in(file):
    tree = ast.parse(file.read_text("utf-8"))
    found = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    return {name for name in found if name.startswith(("test_", "no_"))}


@pytest.mark.parametrize("named", NAMED)
def test_each_named_test_is_there(named):
    path, _, name = named.partition("::")
    found = ROOT / path
    files = [found] if found.suffix else sorted(found.glob("test_*.py"))
    assert files and all(held_in(file) for file in files)
    assert not name or name in held_in(found), f"{path} has no {name}"


def test_each_threat_names_the_tests_that_hold_it_off():
    rows = [line.split("|")[1:-1] for line in THREATS.splitlines() if line.startswith("| ")][1:]
    who = [row[0].strip() for row in rows]
    asked = ("person", "recording", "document", "model file", "sentences", "plugin", "socket")
    asked += ("session bus", "MCP server", "Wyoming peer")
    told = " ".join(f"{row[0]} {row[1]}" for row in rows)
    assert [threat for threat in asked if threat not in told] == []
    for name, row in zip(who, rows, strict=True):
        tests = re.findall(r"`(tests/[\w/]+\.py::\w+)`", row[3])
        assert tests and len(tests) == row[3].count("`") // 2, f"{name}: {row[3]}"


def test_each_named_setting_is_there():
    from assistant.config import load, value_of

    config = load().config
    on = {"trace.days", "trace.max_mb", "trace.mask", "bus.serve", "think.history"}
    settings = set(re.findall(r"`((?:\w+)\.(?:\w+))`", TEXT))
    sections = {key.partition(".")[0] for key in settings} & set(config.__struct_fields__)
    keys = {key for key in settings if key.partition(".")[0] in sections}
    assert {"home.broker", "wyoming.serve", "stt.remote", "trace.transcripts", "bus.words"} <= keys
    assert {"keep.notes_days", "keep.lists_days", "keep.memory_days", "trace.contacts"} <= keys
    for key in keys:
        assert not value_of(config, key) or key in on, f"{key} is on by itself"
