"""TOML and YAML of somebody who means no good: a short sentence, soon."""

import time
import tomllib

import pytest
import yaml

from assistant import written

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(n + 1)}: &{chr(n + 1)} [{','.join([f'*{chr(n)}'] * 9)}]\n" for n in range(97, 107)
)


@pytest.mark.parametrize(
    "text",
    ["a" + ".a" * 50_000 + " = 1", "a = " + "[" * 5000 + "]" * 5000, "a = " + "9" * 5000, "a = "],
)
def test_toml(text):
    began = time.process_time()
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        written.toml(text)
    assert len(str(caught.value)) < 200 and time.process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    [BOMB, "&a [*a]", "a: &a {b: *a}", "a: 2001-13-45", "!!float x", "!!int ''", "[" * 5000,
     "!!python/object/apply:os.system [true]"],
)  # fmt: skip
def test_yaml(text):
    began = time.process_time()
    with pytest.raises(yaml.YAMLError):
        written.yaml(text)
    assert time.process_time() - began < 2


def test_what_is_well_formed_is_read():
    assert written.toml("a.b = 1") == {"a": {"b": 1}}
    assert written.yaml("a: &x [1, 2]\nb: *x") == {"a": [1, 2], "b": [1, 2]}
    assert written.yaml("") is None
    assert written.shown("x" * 500) == "x" * written.MOST_SHOWN + "…"
