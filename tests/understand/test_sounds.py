import pytest
from rapidfuzz.distance import Levenshtein

from assistant.understand.sounds import SOUND, sounds


def apart(a, b, language="en"):
    """In sounds."""
    return min(
        Levenshtein.distance(x, y) for x in sounds(a, language) for y in sounds(b, language)
    ) / SOUND  # fmt: skip


def test_what_sounds_the_same_is_the_same():
    for a, b in [("ate", "eight"), ("rows", "rose"), ("whole", "hole"), ("flour", "flower")]:
        assert apart(a, b) == 0, (a, b)
    for a, b in [("vaca", "baca"), ("hola", "ola"), ("queso", "keso"), ("cena", "sena")]:
        assert apart(a, b, "es") == 0, (a, b)


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("rose", "roast", "light"), ("dull", "double", "single"), ("ice", "iced", "latte")],
)
def test_near_and_far(word, near, far):
    assert apart(word, near) < apart(word, far)


def test_a_sound_is_weighed_by_its_features():
    assert 0 < apart("pat", "bat") < 1
    assert apart("pat", "bat") < apart("pat", "mat") <= 1
    assert apart("time", "timer") == 1


@pytest.mark.parametrize("word", ["macchiato", "zzyzx", "blorptastic", "knight", "nabu"])
def test_unknown_words_are_read_by_rules(word):
    for found in sounds(word, "en"):
        assert found
        assert len(found) % SOUND == 0


def test_every_word_of_the_rules_is_made_of_whole_sounds():
    for word in ["guitarra", "pingüino", "chorizo", "llave", "quiero", "gente", "hueso", "zorro"]:
        [found] = sounds(word, "es")
        assert len(found) % SOUND == 0


def test_signs_have_no_sound():
    assert sounds("7:30", "en") == ("",)
