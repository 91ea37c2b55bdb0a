import datetime as dt

import pytest

from assistant import config, handlers
from assistant.types import Intent
from assistant.understand.route import Cascade

NOW = dt.datetime(2025, 11, 22, 17, 0, tzinfo=dt.UTC)  # a Saturday


class Device:
    """The functions, and the sentences that call them, at a time of the test's choosing."""

    moment = NOW  # of the test that runs

    def __init__(self, settings, cascade=None, **places):
        """cascade: of another device with the same sentences, to save the time it takes."""
        self.now = NOW
        self.functions = handlers.load(settings, now=lambda: self.now, **places)
        self.cascade = cascade or Cascade(
            self.functions, settings.languages, settings.route, now=lambda: Device.moment
        )

    def ask(self, text, language="en", confirmed=True):
        """The reply to a sentence that must mean a function, and that was said yes to."""
        Device.moment = self.now
        route = self.cascade.route(text, language)
        assert isinstance(route, Intent), f"{text!r} is not understood"
        reply = self.functions.act(route, text, language, confirmed=confirmed)
        self.functions.spoken(reply.text)
        return reply

    def say(self, text, language="en"):
        return self.ask(text, language).text

    def wait(self, **length):
        self.now += dt.timedelta(**length)

    def family(self, name):
        return next(family for family in self.functions.families if family.name == name)


@pytest.fixture
def settings(home):
    return config.load(["language=auto"]).config


@pytest.fixture(scope="session")
def cascade(tmp_path_factory):
    """The sentences of the built-in functions."""
    folder = tmp_path_factory.mktemp("cascade")
    (folder / "config.toml").write_text("")
    overrides = ["language=auto", f'functions.folder="{folder}"']
    settings = config.load(overrides, folder / "config.toml").config
    return Device(settings, data=folder / "data").cascade


@pytest.fixture
def device(settings, cascade, tmp_path):
    """A machine without anything in it; its timers in a folder of the test."""
    made = Device(settings, cascade, data=tmp_path / "data", root=tmp_path / "machine")
    yield made
    made.functions.close()
