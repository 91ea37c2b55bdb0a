"""What is done at a pause, and when the ears are told."""

import numpy as np
import pytest

from assistant import config
from assistant.drafts import Drafts
from assistant.types import Utterance
from assistant.worker import Cancel


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "config.toml").write_text("")
    return config.load(file=tmp_path / "config.toml").config.endpoint


class Begun:
    def __init__(self, completeness, log):
        self.completeness, self.log = completeness, log
        self.cancel = Cancel()

    def prepare(self, _said):
        self.log.append("prepared")
        return self.completeness

    def go_ahead(self, over):
        assert not over()
        self.log.append("rendered")


def pause(revision=1):
    return Utterance(np.zeros(16_000, np.int16), "pause", 0.0, revision=revision)


def test_the_ears_are_told_before_the_reply_is_rendered(settings):
    log = []
    drafts = Drafts(settings, lambda revision, silence: log.append((revision, silence)))
    drafts.prepare(pause(3), Begun("extendable", log))
    assert log == ["prepared", (3, settings.extendable_silence), "rendered"]


def test_nothing_is_rendered_in_mid_sentence(settings):
    log = []
    drafts = Drafts(settings, lambda *_: None)
    begun = Begun("unfinished", log)
    drafts.prepare(pause(1), begun)
    assert log == ["prepared"]
    assert drafts.take(pause(1)) is begun
    assert drafts.take(pause(1)) is None


def test_a_turn_that_was_begun_in_vain_thinks_no_longer(settings):
    drafts = Drafts(settings, lambda *_: None)
    first, second = Begun("unknown", []), Begun("unknown", [])
    drafts.prepare(pause(1), first)
    drafts.prepare(pause(2), second)
    assert first.cancel.is_set()
    assert not second.cancel.is_set()
    assert drafts.take(pause(3)) is None
    assert second.cancel.is_set()
