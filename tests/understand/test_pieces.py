"""Which words that no function understands are a question, and which are a piece of something."""

import pytest

from assistant.bench.questions import questions
from assistant.understand.asking import asks

ASKED = [
    *((q.language, q.text) for q in questions()),
    *(("en", t) for t in ("why", "and why", "population of Japan", "I love you", "tell me more",
                          "Vaccines?", "a poem about rain", "go on", "my head hurts badly today")),
    *(("es", t) for t in ("por qué", "capital de Japón", "te quiero", "cuéntame algo", "sigue",
                          "¿vacunas?", "estoy triste", "un chiste de pájaros")),
]  # fmt: skip
PIECES = [
    *(("en", t) for t in ("turn on", "pink elephants", "and butter", "the kitchen", "asdf qwer")),
    *(("es", t) for t in ("enciende", "y mantequilla", "elefantes rosas", "la cocina")),
]


@pytest.mark.parametrize(("language", "text"), ASKED)
def test_what_is_asked(language, text):
    assert asks(text, language)


@pytest.mark.parametrize("question", questions(), ids=lambda q: q.text)
def test_a_recognizer_may_leave_the_mark_out(question):
    assert asks(question.text.strip("¿?.").lower(), question.language)


@pytest.mark.parametrize(("language", "text"), PIECES)
def test_a_piece_asks_nothing(language, text):
    assert not asks(text, language)
