import datetime as dt
import shutil
from pathlib import Path

import msgspec
import pytest

from assistant import config, handlers
from assistant.handlers.lists.notebook import Notebook
from assistant.understand.route import Cascade

NOW = dt.datetime(2025, 11, 22, 17, 0, tzinfo=dt.UTC)  # a Saturday


@pytest.fixture(scope="session")
def settings(tmp_path_factory):
    """Both languages, nothing of the user's."""
    folder = tmp_path_factory.mktemp("settings")
    (folder / "config.toml").write_text("")
    (folder / "functions").mkdir()
    (folder / "sentences").mkdir()
    overrides = [
        "language=auto",
        f'functions.folder="{folder}/functions"',
        f'functions.sentences="{folder}/sentences"',
        f'board.lines="{Path(__file__).parent.parent / "data" / "board.toml"}"',
        f'home.names="{Path(__file__).parent.parent / "data" / "home.toml"}"',
    ]
    return config.load(overrides, folder / "config.toml").config


class Titles:
    """Of two documents."""

    def titles(self):
        return ("Car manual", "Manual de la caldera")

    def on_change(self, listener):
        """They never change."""


@pytest.fixture(scope="session")
def functions(settings, tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    book = Notebook(data / "assistant.db")
    book.create("Mercadona")
    book.close()
    loaded = handlers.load(settings, data=data, now=lambda: NOW)
    assert loaded.problems == []
    next(f for f in loaded.families if f.name == "documents").use(None, Titles())
    yield loaded
    loaded.close()


@pytest.fixture(scope="session")
def cascade(functions, settings):
    return Cascade(functions, settings.languages, settings.route, now=lambda: NOW)


@pytest.fixture(scope="session")
def coffee_functions(settings, tmp_path_factory):
    """The built-in functions, and a coffee bar as a user's file."""
    folder = tmp_path_factory.mktemp("coffee")
    shutil.copy(Path(__file__).parent.parent / "data" / "coffee.yaml", folder)
    own = msgspec.structs.replace(settings.functions, sentences=str(folder))
    with_own = msgspec.structs.replace(settings, functions=own)
    loaded = handlers.load(with_own, data=tmp_path_factory.mktemp("data"), now=lambda: NOW)
    assert loaded.problems == []
    yield loaded
    loaded.close()


@pytest.fixture(scope="session")
def with_coffee(coffee_functions, settings):
    return Cascade(coffee_functions, settings.languages, settings.route, now=lambda: NOW)
