"""What every voice keeps, the fake one and the real ones."""

import numpy as np
import pytest

from assistant import config, models
from assistant.errors import ModelError
from assistant.speak.cache import CachedVoice, SpeechCache
from assistant.speak.tts import EspeakVoice
from assistant.speak.voices import load_voice
from assistant.testing import FakeVoice

MODELS = models.models_dir()  # before a test has a home of its own


class VoiceContract:
    """A subclass gives the `voice`."""

    @pytest.mark.parametrize("sentence", ["Hello there.", "one", "¿Qué tal, señor?", "a b c d e f"])
    def test_renders_sound(self, voice, sentence):
        speech = voice.synthesize(sentence)
        assert speech.samples.dtype == np.int16
        assert speech.samples.ndim == 1
        assert speech.rate == voice.rate
        assert 0.1 < speech.seconds < 10
        assert np.abs(speech.samples.astype(int)).max() > 1000

    def test_a_longer_sentence_takes_longer(self, voice):
        short, long = voice.synthesize("Hello."), voice.synthesize("Hello " * 8)
        assert long.seconds > 2 * short.seconds

    @pytest.mark.parametrize("sentence", ["", " ", "...", "\n"])
    def test_without_words_there_is_next_to_no_sound(self, voice, sentence):
        speech = voice.synthesize(sentence)
        assert speech.rate == voice.rate
        assert speech.seconds < 1

    @pytest.mark.parametrize(
        "sentence", ["日本語", "\0null\0", "<speak>&amp;</speak>", "😀 hi", "\ud800"]
    )
    def test_takes_any_text(self, voice, sentence):
        assert voice.synthesize(sentence).seconds < 10

    def test_knows_its_language(self, voice):
        assert len(voice.language) == 2


class TestFakeVoice(VoiceContract):
    @pytest.fixture
    def voice(self):
        return FakeVoice()


class TestCachedVoice(VoiceContract):
    @pytest.fixture
    def voice(self, tmp_path):
        return CachedVoice(FakeVoice(), SpeechCache(tmp_path, "fake"))


@pytest.mark.parametrize("language", ["en", "es"])
class TestEspeakVoice(VoiceContract):
    @pytest.fixture
    def voice(self, language):
        return EspeakVoice(language)


@pytest.fixture(scope="module")
def piper_voice(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("ASSISTANT_MODELS", str(MODELS))
        try:
            return load_voice(config.load().config.speak, "en")
        except ModelError as error:
            pytest.skip(f"{error} (scripts/test installs it)")


@pytest.mark.models
class TestPiperVoice(VoiceContract):
    @pytest.fixture
    def voice(self, piper_voice):
        return piper_voice
