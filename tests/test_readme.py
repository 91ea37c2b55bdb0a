"""What the README promises is tried."""

import re
from pathlib import Path

from assistant import handlers
from assistant.assemble import Engines
from assistant.cli import COMMANDS
from assistant.config import load, profiles
from assistant.types import Intent

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def example() -> str:
    """The Python block of "Add a function in ten lines"."""
    section = README.split("## Add a function in ten lines")[1]
    return re.search(r"```python\n(.*?)```", section, re.DOTALL).group(1)


def test_a_function_in_ten_lines(home):
    folder = home / "config" / "functions"
    folder.mkdir(parents=True)
    code = example()
    assert sum(bool(line.strip()) for line in code.splitlines()) <= 10
    (folder / "coin.py").write_text(code)
    functions = handlers.load(load().config)
    assert functions.problems == []
    with Engines(load(["language=auto"]).config) as engines:
        for text, language in [("flip a coin", "en"), ("lanza una moneda", "es")]:
            route = engines.stages.router.route(text, language)
            assert isinstance(route, Intent), text
            reply = engines.functions.act(route, text, language)
            assert reply.ok
            assert reply.text in {"Heads.", "Tails.", "Cara.", "Cruz."}


def test_bring_your_own_sentences(home):
    folder = home / "config" / "sentences"
    folder.mkdir(parents=True)
    section = README.split("## Bring your own sentences")[1]
    text = re.search(r"```yaml\n(.*?)```", section, re.DOTALL).group(1)
    (folder / "coffee.yaml").write_text(text)
    with Engines(load(["language=en"]).config) as engines:
        assert engines.functions.problems == []
        for said in ["I want a 12 ounce latte with soy milk", "brew me a twelve-ounce latte"]:
            route = engines.stages.router.route(said, "en")
            assert isinstance(route, Intent), said
            assert route.slots["size"] == "twelve ounce"
            reply = engines.functions.act(route, said, "en")
            assert reply.text == "Twelve ounce latte, coming up."
        route = engines.stages.router.route("give me a twelve ounce ladder", "en")
        assert isinstance(route, Intent)
        assert (route.stage, route.slots["drink"]) == ("by sound", "latte")


def test_every_command_is_in_the_table():
    for name in COMMANDS:
        assert f"`assistant {name}" in README, name


def test_every_profile_is_in_the_table():
    for name in profiles():
        assert f"`{name}`" in README, name
