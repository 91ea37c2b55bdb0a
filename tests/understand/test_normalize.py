import pytest
from hypothesis import given, strategies as st

from assistant.understand.normalize import fold, without_courtesy, words


@pytest.mark.parametrize(
    ("language", "written", "plain"),
    [
        ("en", "Set a timer, for 10 seconds.", "set a timer for 10 seconds"),
        ("en", "What's the time?", "what is the time"),
        ("en", "What’s the time?", "what is the time"),
        ("en", "a ten-minute timer", "a ten minute timer"),
        ("en", "30%", "30 percent"),
        ("en", "1,234.5", "1234.5"),
        ("en", "at 7 p.m. sharp", "at 7 pm sharp"),
        ("en", "in 10min", "in 10 min"),
        ("en", "-5 degrees", "minus 5 degrees"),
        ("en", "the 5th of May", "the 5th of may"),
        ("en", "I can't", "i can not"),
        ("en", "1½ hours", "1 1/2 hours"),
        ("es", "¿Qué hora es?", "que hora es"),
        ("es", "30 %", "30 por ciento"),
        ("es", "1.234,5", "1234.5"),
        ("es", "¡Súbelo!", "subelo"),
        ("es", "mañana", "manana"),
    ],
)
def test_words(language, written, plain):
    assert " ".join(words(written, language).plain) == plain


def test_accents_are_kept_beside_the_plain_words():
    assert words("El café", "es").said == ("el", "café")


@pytest.mark.parametrize("text", ["", "   ", "...", "Hmm.", "uh, um", "♪ ♪", "¿?"])
def test_noise_has_no_words(text):
    assert not words(text, "en")


@pytest.mark.parametrize(
    ("language", "written", "bare"),
    [
        ("en", "Hey, could you please stop?", "stop"),
        ("en", "please", "please"),
        ("en", "Okay Nabu, what time is it right now, please?", "what time is it"),
        ("en", "thank you", "thank you"),
        ("es", "Oye, ¿puedes parar, por favor?", "parar"),
        ("es", "por favor", "por favor"),
    ],
)
def test_courtesy_is_taken_off_both_ends(language, written, bare):
    assert " ".join(without_courtesy(words(written, language), language).plain) == bare


@given(st.text(), st.sampled_from(["en", "es", "fr"]))
def test_any_text_gives_as_many_plain_words_as_said_ones(text, language):
    found = words(text, language)
    assert len(found.said) == len(found.plain)
    assert fold(text, language) == fold(text, language).lower()
