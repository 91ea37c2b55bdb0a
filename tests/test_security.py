"""What SECURITY.md promises is held by tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[\w/.]+)`", TEXT))))
def test_each_named_test_is_there(path):
    found = ROOT / path
    files = [found] if found.suffix else sorted(found.glob("test_*.py"))
    assert files and all(re.search(r"def (test|no)_", f.read_text("utf-8")) for f in files)


def test_each_named_setting_is_there():
    from assistant.config import load, value_of

    config = load().config
    for key in (
        "home.broker",
        "wyoming.serve",
        "stt.remote",
        "trace.days",
        "trace.transcripts",
        "bus.words",
    ):
        assert f"`{key}`" in TEXT
        assert not value_of(config, key) or key == "trace.days", f"{key} is on by itself"
