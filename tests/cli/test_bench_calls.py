"""`assistant bench calls`, through the real engine and its grammar."""

import json

import pytest


@pytest.mark.models
def test_the_small_model_is_measured_through_the_real_engine(cli):
    """Which it calls is another matter; what is dangerous is never done."""
    done = cli("bench", "calls", "--clips", 1, "--json")
    assert done.code == 0, done.err
    [section] = json.loads(done.out)["sections"]
    rows = [r for r in section["rows"] if r["model"].startswith("smollm2-135m")]
    assert {r["kind"] for r in rows} == {"one", "several", "asked", "none"}
    assert all(r["language"] == "en" for r in rows)
    assert any(r["by"] == "model" and r["rounds"] >= 1 for r in rows)
    assert not any(r["done_unasked"] for r in rows)
