"""Functions of installed packages: entry points of the group `assistant.functions`."""

import importlib
import sys

import pytest

from assistant import config
from tests.handlers.conftest import Device

MODULE = """
from assistant.handlers import Family, Request, function

@function(en=["(flip|toss) a coin"], help={"en": "flip a coin"})
def flip(request: Request):
    return "Heads."

class Lamp(Family):
    name = "lamp"

    @function(en=["shine"])
    def shine(self, request: Request):
        return "Shining."
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a package onto the path, as an installer does, with these entry points."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def make(module=MODULE, **points):
        (tmp_path / "coin_functions.py").write_text(module)
        folder = tmp_path / "coin_functions-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: coin-functions\nVersion: 1.0\n"
        )
        lines = "".join(f"{name} = {value}\n" for name, value in points.items())
        (folder / "entry_points.txt").write_text(f"[assistant.functions]\n{lines}")
        importlib.invalidate_caches()

    yield make
    sys.modules.pop("coin_functions", None)


def load(*overrides):
    return Device(config.load(["language=en", *overrides]).config)


def test_a_module_and_a_family(install):
    install(coin="coin_functions", lamp="coin_functions:Lamp")
    device = load()
    assert device.functions.problems == []
    assert device.say("toss a coin") == "Heads."
    assert device.say("shine") == "Shining."
    assert "flip a coin" in device.say("what can you do with coin")


def test_one_can_be_disabled(install):
    install(coin="coin_functions")
    device = load('functions.disabled=["coin"]')
    assert device.functions.problems == []
    assert "coin" not in {family.name for family in device.functions.families}


@pytest.mark.parametrize(
    ("module", "points", "problem"),
    [
        (MODULE, {"volume": "coin_functions"}, "there are functions named volume"),
        (MODULE, {"coin": "coin_functions:Lamp"}, "its family is named 'lamp'"),
        (MODULE, {"coin": "coin_functions:flip"}, "must lead to a module or a Family"),
        (MODULE, {"coin": "coin_functions:nothing"}, "AttributeError"),
        ("raise SystemExit(3)", {"coin": "coin_functions"}, "SystemExit"),
        (MODULE.replace("a coin", "(a coin"), {"coin": "coin_functions"}, "not well formed"),
    ],
)
def test_one_that_cannot_be_used_is_told_and_left_out(install, module, points, problem):
    install(module, **points)
    device = load()
    [told] = device.functions.problems
    assert problem in told and told.startswith("The package with coin_functions")
    assert device.say("hello").startswith("Hello")
