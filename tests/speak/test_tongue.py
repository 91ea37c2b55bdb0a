"""Which voice says what."""

import pytest
from hypothesis import given, strategies as st

from assistant.speak.tongue import parts

BOTH = ("en", "es")

SPANISH = [
    "Las patatas se fríen a fuego lento en una sartén.",
    "El coche está en la calle.",
    "Los neumáticos delanteros necesitan 2,2 bar de presión.",
    "¿Dónde están las llaves del coche?",
    "Según el manual, la garantía dura tres años.",
]
ENGLISH = [
    "The front tires need 32 psi, and the rear ones a little less.",
    "It was built by the Romans in the second century.",
    "You should not open the lid while it is hot.",
]
WITH_NAMES = {
    "She sang La vie en rose on Friday night.": "en",
    "The restaurant is called El rincón de la abuela.": "en",
    "Llama al servicio técnico de Home Assistant Cloud.": "es",
    "Pon The Dark Side of the Moon en el salón": "es",
}
EITHER = [
    "Los Angeles, Las Vegas, La Paz, El Paso and Santa Fe",
    "Real Madrid beat Atlético",
    "de la",
    "",
    "1, 2, 3, 4, 5",
    "software hardware router switch modem",
]


@pytest.mark.parametrize("text", SPANISH)
def test_spanish_is_said_in_spanish_whoever_asked(text):
    assert parts(text, "en", BOTH) == [(text, "es")]
    assert parts(text, "es", BOTH) == [(text, "es")]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_said_in_english_whoever_asked(text):
    assert parts(text, "es", BOTH) == [(text, "en")]
    assert parts(text, "en", BOTH) == [(text, "en")]


@pytest.mark.parametrize(("text", "language"), WITH_NAMES.items())
def test_a_foreign_name_stays_with_its_sentence(text, language):
    assert parts(text, language, BOTH) == [(text, language)]


@pytest.mark.parametrize("text", EITHER)
@pytest.mark.parametrize("language", BOTH)
def test_what_tells_no_language_is_of_the_reply(text, language):
    assert parts(text, language, BOTH) == [(text, language)]


def test_what_is_quoted_has_its_own_language():
    before, quote = "From recetas:", "Las patatas se fríen a fuego lento."
    assert parts(f"{before} {quote}", "en", BOTH) == [(before, "en"), (quote, "es")]
    before, quote = "De manual, página 4:", "The tires of the car need to be checked."
    assert parts(f"{before} {quote}", "es", BOTH) == [(before, "es"), (quote, "en")]


def test_without_a_voice_of_that_language_the_own_one_says_it():
    assert parts(SPANISH[0], "en", ("en",)) == [(SPANISH[0], "en")]


def test_a_language_that_we_have_no_words_of():
    assert parts("Die Reifen müssen mit der Pumpe auf den Druck", "de", ("de", "en"))[0][1] == "de"


@given(st.text(), st.sampled_from(BOTH))
def test_no_word_is_lost(text, language):
    said = parts(text, language, BOTH)
    assert "".join("".join(piece.split()) for piece, _ in said) == "".join(text.split())
