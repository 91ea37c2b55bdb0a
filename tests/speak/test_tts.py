import json
import re

import msgspec
import pytest

from assistant import config
from assistant.errors import ModelError
from assistant.speak.tts import EspeakVoice, PiperVoice
from assistant.speak.voices import load_voice


@pytest.fixture
def settings():
    return config.load().config.speak


def test_a_voice_that_is_not_installed_says_how_to_get_it(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path))
    with pytest.raises(ModelError, match="assistant models pull piper-en_us-joe-medium"):
        load_voice(settings, "en")


def test_spanish_is_spoken_without_any_model(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path))
    voice = load_voice(settings, "es")
    assert voice.language == "es"
    assert len(voice.synthesize("hola").samples) > voice.rate // 5


def test_an_unknown_language_is_refused():
    with pytest.raises(ModelError, match="no voice for the language 'xx'"):
        EspeakVoice("xx")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "json is missing"), ("", "is damaged"), ("[]", "is damaged"), ("{}", "is damaged")],
)
def test_a_voice_without_its_description(tmp_path, content, sentence):
    model = tmp_path / "voice.onnx"
    model.write_bytes(b"")
    if content is not None:
        (tmp_path / "voice.onnx.json").write_text(content)
    with pytest.raises(ModelError, match=sentence):
        PiperVoice(model, "en")


def test_a_damaged_voice(tmp_path):
    described = {
        "audio": {"sample_rate": 22050},
        "espeak": {"voice": "en-us"},
        "num_symbols": 1,
        "num_speakers": 1,
        "phoneme_id_map": {},
    }
    (tmp_path / "voice.onnx.json").write_text(json.dumps(described))
    (tmp_path / "voice.onnx").write_bytes(b"nothing of a model")
    with pytest.raises(ModelError, match=re.escape("voice.onnx is damaged")):
        PiperVoice(tmp_path / "voice.onnx", "en")


def test_a_faster_pace_is_shorter():
    sentence = "The quick brown fox jumps over the lazy dog."
    slow, fast = (EspeakVoice("en", pace=pace).synthesize(sentence) for pace in (0.7, 1.5))
    assert 1.6 < slow.seconds / fast.seconds < 2.8


@pytest.mark.models
def test_piper_keeps_the_pace_and_the_cache_apart(settings):
    sentence = "The quick brown fox jumps over the lazy dog."
    slow = load_voice(msgspec.structs.replace(settings, pace=0.7), "en").synthesize(sentence)
    fast = load_voice(msgspec.structs.replace(settings, pace=1.5), "en").synthesize(sentence)
    assert 1.6 < slow.seconds / fast.seconds < 2.8


@pytest.mark.models
def test_piper_and_espeak_share_espeak_without_mixing_languages(settings):
    sentence = "Buenos días a todos, ¿qué tal?"
    piper, espeak = load_voice(settings, "en"), EspeakVoice("es")
    alone = espeak.synthesize(sentence).seconds
    assert EspeakVoice("en").synthesize(sentence).seconds != pytest.approx(alone, rel=0.1)
    piper.synthesize("Good morning.")
    assert espeak.synthesize(sentence).seconds == pytest.approx(alone, rel=0.03)
    assert piper.synthesize("Good night.").seconds > 0.3


@pytest.mark.models
def test_text_is_never_taken_for_phonemes(settings):
    """Piper reads "[[x]]" as raw phonemes; ours reads it as the letters it is."""
    voice = load_voice(settings, "en")
    assert voice.synthesize("[[ wait for me ]]").seconds > 0.5
