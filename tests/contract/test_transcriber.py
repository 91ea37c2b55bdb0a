"""Transcribers, scripted and real: words of what was spoken, none of what was not."""

import shutil

import numpy as np
import pytest

from assistant import models
from assistant.config import load
from assistant.errors import ModelError
from assistant.hear.stt import PROMPT_TOKENS, WAKE_TOKENS, WhisperTranscriber
from assistant.testing import FakeTranscriber
from assistant.types import LOOP_RATE, Utterance, Wake
from tests.conftest import REAL_MODELS
from tests.speaking import noise, silence, speak

pytestmark = pytest.mark.models

EXAMPLES = ["What time is it?", "Set a timer for ten minutes.", "Turn up the volume."]
WORDS = ["timer", "volume", "battery", "minutes"]


def whisper(model, language, examples=(), words=()):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
        folder = models.locate(model)
    return WhisperTranscriber(folder, language, load().config.stt, examples, words)


@pytest.fixture(scope="module")
def english():
    return whisper("whisper-tiny.en", "en", EXAMPLES, WORDS)


@pytest.fixture(scope="module")
def both():
    return whisper("whisper-base", "auto")


def utterance(samples, **changes):
    return Utterance(samples, "silence", 0.0, **changes)


def words(text):
    return "".join(c if c.isalnum() else " " for c in text.lower()).split()


# -- the contract ---------------------------------------------------------------------------------


@pytest.fixture(params=["real", "scripted"])
def hears(request):
    """hears(text, samples): what the transcriber makes of `samples`, in which `text` is said."""

    def hear(text, samples):
        if request.param == "scripted":
            return FakeTranscriber([text]).transcribe(utterance(samples))
        return request.getfixturevalue("english").transcribe(utterance(samples))

    return hear


@pytest.mark.parametrize("text", ["What time is it?", "Set a timer for ten minutes."])
def test_what_was_said(hears, text):
    said = speak(0.3, text, 0.3)
    heard = hears(text, said)
    assert words(heard.text.replace("10", "ten")) == words(text)
    assert heard.language == "en"
    assert heard.reason == ""
    assert 0.5 < heard.confidence <= 1
    assert 0 <= heard.no_speech < 0.5
    assert heard.audio_seconds == pytest.approx(len(said) / LOOP_RATE)


@pytest.mark.parametrize(
    "sound",
    [silence(2), noise(2, 30), noise(2, 2000), silence(0.01)],
    ids=["silence", "hiss", "loud noise", "next to nothing"],
)
def test_no_words_where_none_were_said(hears, sound):
    heard = hears("", sound)
    assert heard.text == ""
    assert heard.reason


def test_an_error_is_raised_to_whoever_asked():
    with pytest.raises(ModelError, match="gone"):
        FakeTranscriber([ModelError("gone")]).transcribe(utterance(silence(1)))


# -- the wake word --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["What time is it?", "Turn up the volume."])
@pytest.mark.parametrize("word", ["okay nabu", "alexa"])
def test_the_wake_word_in_the_same_breath_is_no_part_of_the_text(english, word, command):
    said = speak(f"{word.title()}, {command}", 0.3)
    wake = Wake(word, 0.9, LOOP_RATE)
    heard = english.transcribe(utterance(said, wake=wake, wake_samples=LOOP_RATE // 2))
    assert words(heard.text) == words(command)


def test_the_sound_after_the_wake_word_is_heard_again_when_the_word_was_all(english, monkeypatch):
    """Whisper sometimes stops after the wake word, as if nothing followed."""
    decoded, decode = [], english._decode

    def stop_early(samples, prompt):
        decoded.append(len(samples))
        heard = decode(samples, prompt)
        if len(decoded) == 1:
            object.__setattr__(heard, "text", "Okay Nabu.")
        return heard

    monkeypatch.setattr(english, "_decode", stop_early)
    word, command = speak("Okay Nabu."), speak("What time is it?", 0.3)
    said = utterance(
        np.concatenate([word, command]),
        wake=Wake("okay nabu", 0.9, len(word)),
        wake_samples=len(word),
    )
    assert words(english.transcribe(said).text) == ["what", "time", "is", "it"]
    assert decoded == [len(said.samples), len(command) + LOOP_RATE // 4]


def test_the_wake_word_alone_is_no_command(english):
    word = speak("Okay Nabu.", 0.3)
    wake = Wake("okay nabu", 0.9, len(word))
    heard = english.transcribe(utterance(word, wake=wake, wake_samples=len(word)))
    assert (heard.text, bool(heard.reason)) == ("", True)


# -- languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [("Pon un temporizador de diez minutos.", "es"), ("Set a timer for ten minutes.", "en")],
)
def test_the_language_is_found_out(both, text, language):
    heard = both.transcribe(utterance(speak(0.3, text, 0.3, language=language)))
    assert heard.language == language
    assert {"es": "minutos", "en": "minutes"}[language] in words(heard.text)


def test_only_our_languages_are_found(both, monkeypatch):
    """Of short Spanish commands, Whisper alone made Thai and Japanese."""
    monkeypatch.setattr(
        both._model,
        "detect_language",
        lambda sound: ("th", 0.5, [("th", 0.5), ("en", 0.1), ("es", 0.3), ("ja", 0.1)]),
    )
    heard = both.transcribe(utterance(speak("sube el volumen", language="es")))
    assert heard.language == "es"


def test_a_fixed_language():
    spanish = whisper("whisper-base", "es", ["Pon un temporizador de diez minutos."])
    text = "pon un temporizador de diez minutos"
    heard = spanish.transcribe(utterance(speak(text, language="es")))
    assert heard.language == "es"
    assert words(heard.text.replace("10", "diez")) == words(text)


# -- the prompt, and what is refused --------------------------------------------------------------


def test_the_prompt_is_never_longer_than_whisper_reads(english):
    prompt = english._bias(EXAMPLES * 50, WORDS * 50)
    assert PROMPT_TOKENS - 15 < len(prompt) <= PROMPT_TOKENS
    assert PROMPT_TOKENS + WAKE_TOKENS <= 223


def copy(folder, **files):
    """A copy of the model in which these files hold something else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_MODELS", str(REAL_MODELS))
        good = models.locate("whisper-tiny.en")
    for file in good.iterdir():
        (folder / file.name).symlink_to(file)
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.unlink()
        if content is not None:
            path.write_bytes(content)
    return folder


def half(name):
    return (next(REAL_MODELS.glob("whisper-tiny.en/*/")) / name).read_bytes()[:1_000_000]


@pytest.mark.parametrize(
    "files",
    [
        {"model_bin": b""},
        {"model_bin": b"garbage" * 1000},
        {"model_bin": None},
        {"config_json": b"{"},
        {"tokenizer_json": b"garbage"},
        {"tokenizer_json": b"{}"},
        {"tokenizer_json": None},
        {"vocabulary_txt": None},
    ],
    ids=str,
)
def test_a_damaged_model(tmp_path, files):
    folder = copy(tmp_path, **files)
    with pytest.raises(ModelError, match=r"does not load .*Run `assistant models verify`"):
        WhisperTranscriber(folder, "en", load().config.stt)


def test_half_a_model(tmp_path):
    folder = copy(tmp_path, model_bin=half("model.bin"))
    with pytest.raises(ModelError, match="does not load"):
        WhisperTranscriber(folder, "en", load().config.stt)


def test_a_missing_model(tmp_path):
    shutil.rmtree(tmp_path)
    with pytest.raises(ModelError, match="does not load"):
        WhisperTranscriber(tmp_path, "en", load().config.stt)
