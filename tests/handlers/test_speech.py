"""How it speaks: pace, spelling, language."""

import pytest

from assistant.config import load
from assistant.manner import Manner
from assistant.testing import FakeVoice
from assistant.worker import Worker
from tests.handlers.conftest import Device


@pytest.fixture
def voice():
    voice = FakeVoice()
    worker = Worker("tts", lambda: voice)
    worker.warm().result()
    yield voice, worker
    worker.close()


@pytest.fixture
def speaking(settings, cascade, tmp_path, voice):
    """A device with a voice, and models for Spanish only."""
    device = Device(settings, cascade, data=tmp_path / "data", root=tmp_path / "root")
    manner = Manner(load(["language=en"]).config, lambda _, language: "no" * (language == "en"))
    manner.speak_with({"en": voice[1]})
    device.family("speech").manner = manner
    device.manner = manner
    yield device
    device.functions.close()


def test_slower_and_faster(speaking, voice):
    assert speaking.say("speak slower") == "Is this better?"
    voice[1].start(lambda _: None).result()
    assert voice[0].pace == pytest.approx(0.83)
    speaking.say("habla un poco más rápido", "es")
    speaking.say("talk faster please")
    assert speaking.manner.pace == pytest.approx(1.2, abs=0.01)
    assert speaking.say("speak normally") == "Is this better?"
    voice[1].start(lambda _: None).result()
    assert voice[0].pace == 1.0


def test_the_pace_has_bounds(speaking):
    for _ in range(6):
        last = speaking.ask("speak slower")
    assert (last.ok, last.text) == (False, "That is as far as it goes.")
    assert speaking.manner.pace == 0.5


def test_the_pace_can_be_undone(speaking):
    speaking.ask("speak much faster").undo()
    assert speaking.manner.pace == 1.0


def test_repeat_slower(speaking):
    speaking.functions.spoken("Paris is the capital of France.")
    assert speaking.say("repeat that more slowly") == "Paris is the capital of France."
    assert speaking.manner.pace < 1


def test_without_a_voice(device):
    reply = device.ask("speak slower")
    assert (reply.ok, reply.text) == (False, "I have no voice here.")


@pytest.mark.parametrize(
    ("language", "sentence", "spelled"),
    [
        ("en", "spell egg", "E, G, G."),
        ("en", "How do you spell Zoë?", "Z, O, E with two dots."),
        ("en", "spell the word o'clock", "O, C, L, O, C, K."),
        ("es", "deletrea año", "A, Ñ, O."),
        ("es", "¿cómo se escribe José?", "J, O, S, E con acento."),
    ],
)
def test_spell(device, language, sentence, spelled):
    assert device.say(sentence, language) == spelled


def test_spell_that(device):
    assert device.say("spell that") == "I have not said anything yet."
    device.functions.spoken("The capital is Paris.")
    assert device.say("spell that") == "P, A, R, I, S."


def test_another_language(speaking):
    assert speaking.say("speak Spanish") == "I will speak Spanish. One moment."
    assert speaking.manner.wanted == "es"


def test_a_language_that_is_spoken_already(speaking):
    assert speaking.say("speak English") == "I am speaking English."
    assert speaking.manner.wanted is None


def test_a_language_without_a_model(speaking):
    speaking.manner.languages = ("es",)
    reply = speaking.ask("habla inglés", "es")
    assert not reply.ok
    assert reply.text.startswith("Aquí no puedo hablar inglés")
    assert speaking.manner.wanted is None


def test_with_both_languages_nothing_need_be_switched(speaking):
    speaking.manner.languages = ("en", "es")
    assert speaking.say("switch to Spanish").startswith("I understand Spanish at any time")
