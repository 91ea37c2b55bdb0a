"""In which language something was typed."""

import pytest

from assistant.which_language import language_of


class Templates:
    """A router that knows one sentence of each language, and one that is in both."""

    def exact(self, text, language):
        known = {"en": {"stop", "turn it up"}, "es": {"stop", "sube el volumen"}}
        return object() if text in known[language] else None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("turn it up", "en"),
        ("sube el volumen", "es"),
        ("stop", "es"),  # of both: the usual one
        ("quien escribio don quijote de la mancha", "es"),
        ("who wrote the raven", "en"),
        ("¿puedes?", "es"),
        ("no", "es"),
        ("42", "es"),
    ],
)
def test_by_sentences_then_by_words(text, language):
    assert language_of(text, ("en", "es"), Templates(), "es") == language


def test_where_one_is_spoken_it_is_that():
    assert language_of("sube el volumen", ("en",), Templates(), "en") == "en"
