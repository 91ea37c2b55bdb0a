"""Every second look at a wake word, the scripted one and real ones, on the same spoken words."""

from dataclasses import dataclass

import numpy as np
import pytest

from assistant.config import load
from assistant.hear.verify import (
    LIKE_ENOUGH,
    NEEDED,
    WINDOW,
    ModelVerifier,
    TranscriptVerifier,
    agreement,
    levels,
    likeness,
    load_verifier,
)
from assistant.hear.wake import BUILT_IN
from assistant.testing import ScriptedVerifier
from assistant.types import LOOP_RATE
from tests.speaking import noise, silence, speak

pytestmark = pytest.mark.models


def new(word, hear=None, sensitivity="normal"):
    settings = load([f"wake.word={word}", f"wake.sensitivity={sensitivity}"]).config.wake
    return load_verifier(settings, hear)


@dataclass
class Case:
    word: str
    text: str
    yes: object  # a verifier that is to accept what is said
    no: object  # the same, asked about something else


CASES = {
    name: Case(name.replace("_", " "), f"{name.replace('_', ' ').title()}.", new(name), new(name))
    for name in BUILT_IN
}
CASES["transcript"] = Case(
    "hey zorbo", "Hey Zorbo.", TranscriptVerifier(lambda *_: "Hey, Zorba!", 0.75),
    TranscriptVerifier(lambda *_: "The weather is nice.", 0.75),
)  # fmt: skip
CASES["scripted"] = Case(
    "okay nabu", "Okay Nabu.", ScriptedVerifier([0.9]), ScriptedVerifier([0.1])
)


@pytest.fixture(scope="module", params=CASES, ids=str)
def case(request):
    yield CASES[request.param]
    for verifier in (CASES[request.param].yes, CASES[request.param].no):
        close = getattr(verifier, "close", None)
        if close is not None:
            close()


def test_it_accepts_its_word(case):
    said = speak(1.0, case.text, 0.1)
    verdict = case.yes.verify(said[-WINDOW:], case.word)
    assert verdict.accepted
    assert 0 < verdict.score <= 1
    assert verdict.reason


def test_it_accepts_it_in_noise_and_quietly(case):
    said = speak(1.2, case.text, 0.1)[-WINDOW:]
    for heard in (said // 8, said + noise(len(said) / LOOP_RATE, 300)):
        assert case.yes.verify(heard, case.word).accepted


def test_it_rejects_silence_noise_and_other_words(case):
    others = [silence(2.2), noise(2.2, 2000), speak(1.0, "The weather is nice today.")]
    for sound in others:
        verdict = case.no.verify(sound, case.word)
        assert not verdict.accepted
        assert 0 <= verdict.score < 0.5


def test_the_reason_holds_no_words(case):
    assert "weather" not in case.no.verify(silence(2.2), case.word).reason.lower()


def test_what_was_heard_before_does_not_matter(case):
    said = speak(1.2, case.text, 0.1)[-WINDOW:]
    first = case.yes.verify(said, case.word)
    case.yes.verify(noise(2.2, 3000), case.word)
    assert case.yes.verify(said, case.word) == first


@pytest.mark.parametrize("seconds", [0, 0.1, 1.0, 5.0])
def test_any_length_is_taken(case, seconds):
    assert not case.no.verify(silence(seconds), case.word).accepted


def test_only_the_end_counts():
    """The word was said, but three seconds ago."""
    verifier = new("alexa")
    said = np.concatenate([speak("Alexa."), silence(3)])
    assert not verifier.verify(said, "alexa").accepted
    verifier.close()


def test_near_misses_are_rejected():
    """The first two are among those that the bare model takes for its word."""
    verifier = new("okay_nabu")
    for text in ("Okay then.", "Okay, not you.", "Hey Travis."):
        said = speak(1.5, text)[-WINDOW:]
        assert not verifier.verify(said, "okay nabu").accepted, text
    verifier.close()


def test_a_closed_one_loads_again():
    verifier = new("alexa")
    said = speak(1.2, "Alexa.", 0.1)[-WINDOW:]
    first = verifier.verify(said, "alexa")
    verifier.close()
    assert verifier.verify(said, "alexa") == first
    verifier.close()
    verifier.close()


# -- which one ------------------------------------------------------------------------------------


def test_words_without_a_detector_need_no_second_look():
    assert new("none") is None
    assert new("push-to-talk") is None


def test_a_word_of_ones_own_is_read():
    assert new("/my/word.onnx") is None
    assert isinstance(new("/my/word.onnx", lambda *_: ""), TranscriptVerifier)


@pytest.mark.parametrize(
    ("written", "accepted"),
    [
        ("Open Sesame.", True),
        ("Open, says me.", True),
        ("so I said, open sesame, and it did", True),
        ("Open the door.", False),
        ("", False),
        (".", False),
        ("O", False),
    ],
)
def test_a_transcript_need_only_be_alike(written, accepted):
    verifier = new("/my/open_sesame", lambda *_: written)
    assert verifier.verify(silence(1), "open sesame").accepted is accepted


@pytest.mark.parametrize(
    ("written", "least", "most"),
    [
        ("Okay Nabu.", 1.0, 1.0),
        ("What? Okay, Naboo!", 0.8, 0.95),
        ("Okay, now do it.", 0.5, 0.74),
        ("Okay, then.", 0.3, 0.74),
        ("", 0.0, 0.0),
        ("...", 0.0, 0.0),
    ],
)
def test_how_alike(written, least, most):
    assert least <= likeness(written, "okay nabu") <= most


class ScriptedModels:
    def __init__(self, *probabilities):
        self._probabilities = probabilities

    def look(self, samples):
        assert len(samples) == WINDOW
        return self._probabilities

    def close(self):
        pass


@pytest.mark.parametrize(
    ("models", "written", "accepted"),
    [
        ((0.99, 0.9), None, True),  # sure: nobody is asked
        ((0.5, 0.0), None, False),  # it is out of the question
        ((0.7, 0.7), "Okay Nabu.", True),
        ((0.9, 0.1), "Okay, now do it.", False),
        ((0.9, 0.02), "Okay Nabu.", True),
        ((0.9, 0.1), "", True),  # no opinion: the models decide
        ((0.9, 0.01), "", False),
    ],
)
def test_the_recognizer_is_asked_in_doubt(models, written, accepted):
    asked = []

    def hear(samples, word):
        asked.append((len(samples), word))
        return written

    verifier = ModelVerifier(lambda: ScriptedModels(*models), NEEDED["normal"], hear)
    assert verifier.verify(silence(3), "okay nabu").accepted is accepted
    assert asked == ([] if written is None else [(WINDOW, "okay nabu")])


def test_without_a_recognizer_the_models_decide():
    verifier = ModelVerifier(lambda: ScriptedModels(0.9, 0.1), NEEDED["normal"])
    assert verifier.verify(silence(3), "okay nabu").accepted


@pytest.mark.parametrize("needed", [NEEDED, LIKE_ENOUGH])
def test_sensitivities_are_in_order(needed):
    assert 1 > needed["low"] > needed["normal"] > needed["high"] > 0


def test_each_sensitivity_draws_its_own_line():
    for word in ("alexa", "/my/word"):
        for name, least in levels(word).items():
            verifier = new(word, lambda *_: "", name)
            assert verifier._needed == least


def test_the_mean_of_two_opinions():
    assert agreement(0.5, 0.5) == pytest.approx(0.5)
    assert agreement(0.9, 0.1) == pytest.approx(0.5)
    assert agreement(0.99, 0.9) > 0.95
    assert 0 < agreement(0.0, 0.0) < 0.001
    # nobody decides alone: certain against quite sure of the contrary
    assert agreement(1.0, 0.0) == pytest.approx(0.5)
    assert agreement(0.95, 0.0) < 0.1
