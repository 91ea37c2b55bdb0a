"""What nothing here can do: it is said so, and no function takes its words for something else."""

import pytest

from assistant.types import Intent, Unheard

REFUSED = {
    "en": [
        "play chess with me",
        "play a race game",
        "open my contact list",
        "is there a contact named Allen in my list",
        "please add Tom to my contact list",
        "call my mother",
        "book a taxi for tomorrow",
        "order a pizza",
        "send an email to John",
        "do I have any new emails",
        "play BBC radio four",
        "post this on Facebook",
    ],
    "es": [
        "juega al ajedrez conmigo",
        "abre mi lista de contactos",
        "llama a mi madre",
        "pídeme un taxi",
        "manda un correo a Ana",
        "pon la radio",
    ],
}
DONE = {
    "en": {
        "add eggs to my shopping list": "lists.add",
        "play some jazz": "media.play",
        "open email": "apps.open",
        "play the game of thrones soundtrack": "media.play",
        "remind me to call mum tomorrow at five": "reminders.add",
    },
    "es": {"pon algo de jazz": "media.play", "recuérdame llamar a mamá mañana": "reminders.add"},
}


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, ts in REFUSED.items() for t in ts])
def test_it_is_refused(cascade, language, text):
    route = cascade.route(text, language)
    assert isinstance(route, Unheard)
    assert route.refused
    assert "nothing here can do" in route.reason


@pytest.mark.parametrize(
    ("language", "text", "function"), [(k, t, f) for k, ts in DONE.items() for t, f in ts.items()]
)
def test_a_function_that_leaves_fewer_words_open_comes_first(cascade, language, text, function):
    route = cascade.route(text, language)
    assert isinstance(route, Intent)
    assert route.function == function


@pytest.mark.parametrize("language", ["en", "es"])
def test_open_questions_are_not_refused(cascade, language):
    text = {"en": "what is the atomic number of gold", "es": "cuál es la capital de perú"}
    route = cascade.route(text[language], language)
    assert not getattr(route, "refused", False)
