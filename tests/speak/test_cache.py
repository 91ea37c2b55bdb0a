import stat
from pathlib import Path

import numpy as np
import pytest

from assistant.speak.cache import CachedVoice, SpeechCache
from assistant.testing import FakeVoice
from assistant.types import Speech


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "speech"


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*")) if folder.is_dir() else []


def test_a_sentence_is_rendered_once(folder):
    voice = FakeVoice()
    cached = CachedVoice(voice, SpeechCache(folder, "fake"))
    first, second = cached.synthesize("one two"), cached.synthesize("one two")
    assert voice.said == ["one two"]
    assert np.array_equal(first.samples, second.samples)


def test_what_is_said_is_not_written_to_disk(folder):
    CachedVoice(FakeVoice(), SpeechCache(folder, "fake")).synthesize("my secret")
    assert files(folder) == []


def test_fixed_phrases_outlive_the_program_and_are_the_owners_only(folder):
    voice = FakeVoice()
    CachedVoice(voice, SpeechCache(folder, "fake")).remember(["good night", "hello"])
    assert len(files(folder)) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files(folder)} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert b"hello" not in b"".join(file.read_bytes() for file in files(folder))

    again = FakeVoice()
    speech = CachedVoice(again, SpeechCache(folder, "fake")).synthesize("good night")
    assert again.said == []
    assert np.array_equal(speech.samples, voice.synthesize("good night").samples)
    assert speech.rate == voice.rate


def test_another_voice_or_pace_has_its_own_sounds(folder):
    CachedVoice(FakeVoice(), SpeechCache(folder, "fake 1.0")).remember(["hello"])
    other = FakeVoice()
    CachedVoice(other, SpeechCache(folder, "fake 1.2")).synthesize("hello")
    assert other.said == ["hello"]


@pytest.mark.parametrize("harm", [lambda raw: raw[:-7], lambda raw: b"", lambda raw: b"x" * 99])
def test_a_damaged_file_is_rendered_again(folder, harm):
    CachedVoice(FakeVoice(), SpeechCache(folder, "fake")).remember(["hello"])
    [file] = files(folder)
    whole = file.read_bytes()
    file.write_bytes(harm(whole))
    voice = FakeVoice()
    CachedVoice(voice, SpeechCache(folder, "fake")).remember(["hello"])
    assert voice.said == ["hello"]
    assert file.read_bytes() == whole


def test_memory_is_bounded_and_the_oldest_goes_first(folder):
    voice = FakeVoice()
    size = voice.synthesize("a").samples.nbytes
    voice.said.clear()
    cached = CachedVoice(voice, SpeechCache(folder, "fake", memory_bytes=2 * size))
    for sentence in "a", "b", "a", "c", "a", "b":
        cached.synthesize(sentence)
    assert voice.said == ["a", "b", "c", "b"]


def test_the_bound_of_memory_may_change(folder):
    voice = FakeVoice()
    size = voice.synthesize("a").samples.nbytes
    voice.said.clear()
    cached = CachedVoice(voice, SpeechCache(folder, "fake"))
    cached.set_pace(1.0)
    for sentence in "a", "b", "c":
        cached.synthesize(sentence)
    cached.keep(1.5 * size / 1e6)
    cached.synthesize("c")
    assert voice.said == ["a", "b", "c"]
    cached.set_pace(1.2)
    for sentence in "a", "b", "b", "a":
        cached.synthesize(sentence)
    assert voice.said[3:] == ["a", "b", "a"]  # at another pace, too
    cached.keep(8)
    for sentence in "b", "a", "b":
        cached.synthesize(sentence)
    assert voice.said[6:] == ["b"]


def test_disk_is_bounded(folder):
    size = FakeVoice().synthesize("a").samples.nbytes
    cache = SpeechCache(folder, "fake", disk_bytes=3 * size)
    CachedVoice(FakeVoice(), cache).remember("abcdefgh")
    assert 0 < sum(file.stat().st_size for file in files(folder)) <= 3 * size


def test_a_disk_that_cannot_be_written_costs_nothing(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    voice = CachedVoice(FakeVoice(), SpeechCache(blocked / "speech", "fake"))
    voice.remember(["hello"])
    assert len(voice.synthesize("hello").samples)


def test_cached_sound_cannot_be_changed_by_who_plays_it(folder):
    speech = CachedVoice(FakeVoice(), SpeechCache(folder, "fake")).synthesize("hello")
    with pytest.raises(ValueError, match="read-only"):
        speech.samples[0] = 2


def test_a_sentence_larger_than_the_memory_is_not_held(folder):
    cache = SpeechCache(folder, "fake", memory_bytes=10)
    cache.hold("long", Speech(np.ones(100, np.int16), 16_000))
    assert cache.find("long") is None
