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
SAID = {
    "en": {
        "I have no forecast: I am offline.": ["will it be cold tonight", "what's it like outside"],
        "I have no news: I am offline.": ["catch me up on the news", "any big news today"],
        "I know nothing of the traffic: I am offline.": [
            "is there much traffic on the M25",
            "check the traffic for me",
        ],
        "I have no sports results: I am offline.": [
            "did the Lakers win last night",
            "what was the score of the Chelsea game",
            "when do the Yankees play next",
        ],
        "I have no stock prices: I am offline.": ["what's Tesla stock at", "how's the Dow doing"],
        "I can't translate.": [
            "translate good morning into French",
            "how do you say thank you in German",
        ],
        "I can't play from streaming services: I am offline.": [
            "put on Stranger Things on Netflix",
            "play some lofi on YouTube",
            "play my discover weekly on Spotify",
            "play the latest episode of the daily podcast on Spotify",
        ],
        "I can't order or buy anything: I am offline.": [
            "order me a large pepperoni pizza",
            "get me some Thai food delivered",
        ],
        "I can't book or reserve anything: I am offline.": ["book me a flight to Rome"],
        "I can't get a taxi: I am offline.": ["book a taxi for eight", "I need an Uber"],
        "I can't make calls.": ["call John", "ring the doctor", "give my sister a call"],
        "I can't send or read messages.": [
            "send a message to Sarah saying I'm late",
            "text dad that I'm on my way",
            "tell my mum I'll be late",
        ],
        "I have no calendar. I can set a reminder.": ["put lunch with Tom on my calendar"],
        "I have no timetables: I am offline.": ["when's the next train to London"],
        "I have no map: I am offline.": ["navigate home", "find a pharmacy near me"],
        "I can't look that up: I am offline.": [
            "google the best pasta recipe",
            "show me photos of cats on the internet",
        ],
        "I can't take photos or videos.": ["take a picture"],
    },
    "es": {
        "No tengo el pronóstico: estoy sin conexión.": ["mañana llueve", "va a hacer frío hoy"],
        "No tengo noticias: estoy sin conexión.": ["qué ha pasado hoy en el mundo"],
        "No sé nada del tráfico: estoy sin conexión.": ["hay atasco para ir al trabajo"],
        "No tengo resultados deportivos: estoy sin conexión.": [
            "ganó el Madrid ayer",
            "cómo quedó el Barça",
        ],
        "No tengo cotizaciones de bolsa: estoy sin conexión.": ["cómo va el Ibex"],
        "No sé traducir.": ["traduce buenos días al francés", "cómo se dice gracias en alemán"],
        "No puedo reproducir de servicios de streaming: estoy sin conexión.": [
            "pon algo de lofi en YouTube",
        ],
        "No puedo pedir ni comprar nada: estoy sin conexión.": ["quiero pedir comida china"],
        "No puedo pedir un taxi: estoy sin conexión.": ["necesito un uber al aeropuerto"],
        "No puedo llamar por teléfono.": ["llama a mi madre"],
        "No puedo enviar ni leer mensajes.": [
            "manda un mensaje a Sara diciendo que llego tarde",
            "dile a mi padre que voy de camino",
        ],
        "No puedo buscarlo: estoy sin conexión.": [
            "busca en Google recetas de pasta",
            "enséñame fotos de gatos en internet",
        ],
        "No puedo hacer fotos ni vídeos.": ["haz una foto"],
    },
}
"""What is said of what was asked for."""
DONE = {
    "en": {
        "take a picture of the screen": "screenshot.take",
        "pause Spotify": "media.pause",
        "add watch a film on Netflix to my to do list": "lists.add",
        "show me photos of my holidays": "files.open",
        "unlock the front door": "home.unlock",
        "remind me to call the doctor tomorrow at five": "reminders.add",
        "add order pizza to my to do list": "lists.add",
        "what time is it in Berlin": "clock.time_in",
        "how warm is it in the living room": "home.temperature",
        "add eggs to my shopping list": "lists.add",
        "play some jazz": "media.play",
        "open email": "apps.open",
        "play the game of thrones soundtrack": "media.play",
        "remind me to call mum tomorrow at five": "reminders.add",
    },
    "es": {
        "pon algo de jazz": "media.play",
        "recuérdame llamar a mamá mañana": "reminders.add",
        "pausa Spotify": "media.pause",
        "añade comprar billetes a mi lista de tareas": "lists.add",
    },
}


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, ts in REFUSED.items() for t in ts])
def test_it_is_refused(cascade, language, text):
    route = cascade.route(text, language)
    assert isinstance(route, Unheard)
    assert route.refused
    assert "nothing here can do" in route.reason


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        (k, text, said)
        for k, table in SAID.items()
        for said, texts in table.items()
        for text in texts
    ],
)
def test_it_is_said_what_is_not_here(cascade, language, text, said):
    route = cascade.route(text, language)
    assert isinstance(route, Unheard)
    assert (route.refused, route.reply) == (True, said)


@pytest.mark.parametrize("text", ["call me Peter", "call it a day", "call the list camping"])
def test_who_is_called_something_is_not_rung(cascade, text):
    assert not getattr(cascade.route(text, "en"), "refused", False)


@pytest.mark.parametrize(
    ("language", "text", "function"), [(k, t, f) for k, ts in DONE.items() for t, f in ts.items()]
)
def test_a_function_that_leaves_fewer_words_open_comes_first(cascade, language, text, function):
    route = cascade.route(text, language)
    assert isinstance(route, Intent)
    assert route.function == function


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "what is the atomic number of gold"),
        ("en", "who won the second world war"),
        ("en", "who won the world cup in 1978"),
        ("en", "who plays james bond in goldfinger"),
        ("en", "who won the nobel prize for radium"),
        ("en", "what was the episode name of his first score"),
        ("en", "where is the spare key"),
        ("en", "how much is the rent of the cellar"),
        ("es", "cuál es la capital de perú"),
        ("es", "quién ganó el mundial de fútbol de 1978"),
        ("es", "quién ganó la batalla de Lepanto"),
        ("es", "cuál fue el resultado de la votación"),
        ("es", "dónde está la llave de repuesto"),
    ],
)
def test_open_questions_are_not_refused(cascade, language, text):
    """They are for the documents, and for a model."""
    route = cascade.route(text, language)
    assert not getattr(route, "refused", False)
