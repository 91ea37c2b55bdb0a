"""Which recordings there are, and what each of them is for."""

import pytest

from assistant.audio.files import write_wav
from assistant.bench.clips import find, sample
from assistant.errors import AudioFileError, ConfigError
from assistant.types import LOOP_RATE, Speech
from tests.bench.conftest import tone


def test_the_labels_say_what_a_clip_is_for(recordings):
    recordings("dictation", {"audio": "1.wav", "text": "hello", "lang": "es", "human": True})
    recordings("phone", {"audio": "1.wav", "text": "operator", "keyword": "operator"})
    recordings("orders", {"audio": "1.wav", "intent": "order", "slots": {"size": "small", "n": 2}})
    recordings("wake_word/alexa", {"audio": "1.wav", "keyword": "alexa"})
    recordings("wake_word/others", {"audio": "1.wav", "keyword": "computer"})
    recordings("near", {"audio": "1.wav", "keyword": None, "positive": False, "text": "a lexer"})
    root = recordings("street", {"audio": "1.wav", "lang": None, "kind": "noise"})
    clips = {clip.name: clip for clip in find(root).clips}
    assert {name: clip.purpose for name, clip in clips.items()} == {
        "dictation/1.wav": "words",
        "phone/1.wav": "words",
        "orders/1.wav": "intent",
        "wake_word/alexa/1.wav": "wake",
        "wake_word/others/1.wav": "decoy",
        "near/1.wav": "decoy",
        "street/1.wav": "not for us",
    }
    assert clips["dictation/1.wav"].language == "es"
    assert clips["street/1.wav"].language == "en"
    assert clips["orders/1.wav"].slots == {"size": "small", "n": "2"}


def test_labels_in_the_folder_itself(recordings):
    root = recordings("orders", {"audio": "1.wav", "text": "hello"})
    [clip] = find(root / "orders").clips
    assert clip.name == "orders/1.wav"


def test_noise_and_rooms_are_found(recordings):
    root = recordings("orders", {"audio": "noise_1.wav", "text": "hello"})
    write_wav(root / "orders" / "kitchen_noise.wav", Speech(tone(0.1), LOOP_RATE))
    (root / "rooms").mkdir()
    write_wav(root / "rooms" / "hall.wav", Speech(tone(0.1), LOOP_RATE))
    found = find(root)
    assert found.noise == root / "orders" / "kitchen_noise.wav"
    assert found.rooms == (root / "rooms" / "hall.wav",)
    other = root / "orders" / "noise_1.wav"
    assert find(root, noise=other).noise == other


@pytest.mark.parametrize(
    ("label", "problem"),
    [
        ({"audio": "1.wav"}, "none of the labels text, intent, keyword, kind"),
        ({"audio": "1.wav", "text": "x", "lang": "fr"}, "lang 'fr' is not one we hear"),
        ({"text": "x", "audio": 3}, "is not a label"),
    ],
)
def test_a_label_that_cannot_be_used(recordings, label, problem):
    root = recordings("orders", {"audio": "0.wav", "text": "x"}, label, sounds=False)
    for name in ("0.wav", "1.wav"):
        write_wav(root / "orders" / name, Speech(tone(0.1), LOOP_RATE))
    with pytest.raises(ConfigError, match=problem) as raised:
        find(root)
    assert "labels.jsonl, line 2" in str(raised.value)


def test_what_is_missing(recordings, tmp_path):
    with pytest.raises(ConfigError, match="There is no folder"):
        find(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ConfigError, match=r"There is no labels\.jsonl in"):
        find(tmp_path / "empty")
    root = recordings("orders", {"audio": "1.wav", "text": "x"}, sounds=False)
    with pytest.raises(AudioFileError, match=r"no file .*1\.wav, which .*line 1 names"):
        find(root)
    root = recordings("orders", {"audio": "1.wav", "text": "x"})
    with pytest.raises(AudioFileError, match="There is no file"):
        find(root, noise=tmp_path / "nothing.wav")
    with pytest.raises(ConfigError, match="impulse responses"):
        find(root, rooms=tmp_path / "empty")


def test_a_sample_is_fair_and_the_same_each_time(recordings):
    many = [{"audio": f"{n:02}.wav", "text": "x"} for n in range(40)]
    recordings("a", *many)
    root = recordings("b", *many[:3])
    clips = find(root).clips
    drawn = sample(clips, 10, seed=1)
    assert [clip.folder for clip in drawn] == ["a"] * 10 + ["b"] * 3
    assert drawn == sorted(drawn, key=lambda clip: clip.name)
    assert drawn == sample(clips, 10, seed=1)
    assert drawn != sample(clips, 10, seed=2)
    assert drawn[:10] == sample([c for c in clips if c.folder == "a"], 10, seed=1)
    assert sample(clips, None) == list(clips)
