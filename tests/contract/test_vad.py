"""Voice activity, scripted and real: speech on spoken sound, none on silence and noise."""

import numpy as np
import pytest

from assistant.errors import ModelError
from assistant.hear.vad import SileroVad, silero_path
from assistant.testing import ScriptedVad
from assistant.types import LOOP_RATE
from tests.speaking import noise, silence, speak

pytestmark = pytest.mark.models


@pytest.fixture(params=[SileroVad, ScriptedVad])
def vad(request):
    return request.param()


def probabilities(vad, samples):
    vad.reset()
    whole = len(samples) - len(samples) % vad.frame
    return np.array([vad.probability(f) for f in samples[:whole].reshape(-1, vad.frame)])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What time is it?", "en"),
        ("Stop!", "en"),
        ("She sells sea shells.", "en"),
        ("¿Qué hora es?", "es"),
    ],
)
def test_speech(vad, text, language):
    said = speak(text, language=language)
    loud = np.abs(said.astype(np.int32))
    middle = said[np.argmax(loud > 1000) : -np.argmax(loud[::-1] > 1000)]
    found = probabilities(vad, np.concatenate([silence(0.5), middle]))
    assert found[: len(silence(0.5)) // vad.frame].max() < 0.5
    assert np.mean(found[len(silence(0.5)) // vad.frame + 1 :] > 0.5) > 0.6
    assert found.min() >= 0 and found.max() <= 1


@pytest.mark.parametrize(
    "sound",
    [silence(2), noise(2, 3), noise(2, 100), np.full(2 * LOOP_RATE, 500, np.int16)],
    ids=["silence", "hiss", "noise", "a constant"],
)
def test_no_speech(vad, sound):
    assert probabilities(vad, sound).max() < 0.5


def test_loud_noise_and_tones_are_no_speech():
    """The scripted one is fooled by what is loud; the real one is not."""
    vad, time = SileroVad(), np.arange(2 * LOOP_RATE) / LOOP_RATE
    assert probabilities(vad, noise(2, 3000)).max() < 0.5
    tone = (8000 * np.sin(2 * np.pi * 440 * time)).astype(np.int16)
    assert np.mean(probabilities(vad, tone) > 0.5) < 0.1
    click = silence(1)
    click[8000:8050] = 20000
    assert np.sum(probabilities(vad, click) > 0.5) <= 2


def test_reset_forgets(vad):
    said = speak("What time is it?")
    first = probabilities(vad, said)
    probabilities(vad, noise(1, 2000))
    assert np.array_equal(probabilities(vad, said), first)


def test_it_is_the_model_as_its_package_runs_it():
    from faster_whisper.vad import get_vad_model

    said = np.concatenate([noise(1, 50), speak("Set a timer for ten minutes."), silence(0.7)])
    said = said[: len(said) - len(said) % 512]
    theirs = get_vad_model()(said.astype(np.float32) / 32768)
    ours = probabilities(SileroVad(), said)
    assert len(ours) == len(said) // 512
    assert np.abs(ours - theirs.reshape(-1)).max() < 1e-3


def test_a_missing_or_damaged_model(tmp_path):
    with pytest.raises(ModelError, match="is missing"):
        SileroVad(tmp_path / "gone.onnx")
    damaged = tmp_path / "half.onnx"
    damaged.write_bytes(silero_path().read_bytes()[:200_000])
    with pytest.raises(ModelError, match="damaged or not an ONNX model"):
        SileroVad(damaged)


def test_a_package_without_its_model(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ModelError, match="pip install --force-reinstall faster-whisper"):
        silero_path()
