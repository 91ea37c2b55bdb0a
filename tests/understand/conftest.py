import datetime as dt

import pytest

from assistant import config, handlers
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
    ]
    return config.load(overrides, folder / "config.toml").config


@pytest.fixture(scope="session")
def functions(settings, tmp_path_factory):
    loaded = handlers.load(settings, data=tmp_path_factory.mktemp("data"), now=lambda: NOW)
    assert loaded.problems == []
    yield loaded
    loaded.close()


@pytest.fixture(scope="session")
def cascade(functions, settings):
    return Cascade(functions, settings.languages, settings.route, now=lambda: NOW)
