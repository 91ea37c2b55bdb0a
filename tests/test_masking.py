"""What is personal is masked, and what is not stays, in both languages."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.daemon import logs
from assistant.masking import mask

MASKED = [
    ("call Ana Lopez tomorrow", "call [name] tomorrow"),
    ("llama a Juan Pérez mañana", "llama a [name] mañana"),
    ("llamar a maría por favor", "llamar a [name] por favor"),
    ("send it, and text Bob that I am late", "send it, and text [name] that I am late"),
    ("manda un mensaje a Luis que voy", "manda un mensaje a [name] que voy"),
    ("escribe a María que llego tarde", "escribe a [name] que llego tarde"),
    ("my name is Peter Parker and I am new", "my name is [name] and I am new"),
    ("me llamo Pedro", "me llamo [name]"),
    ("my phone is 555 123 4567", "my phone is [number]"),
    ("mi teléfono es +34 612 34 56 78", "mi teléfono es [number]"),
    ("it is (020) 7946-0958", "it is [number]"),
    ("five five five one two three four", "[number]"),
    ("seis uno dos tres cuatro cinco seis siete", "[number]"),
    ("my card is 4111 1111 1111 1111", "my card is [card]"),
    ("mi cuenta es ES91 2100 0418 4502 0005 1332", "mi cuenta es [account]"),
    ("GB82WEST12345698765432", "[account]"),
    ("el DNI es 12345678Z", "el DNI es [number]"),
    ("write bob.smith@mail.example.org now", "write [email] now"),
    ("it is bob at example dot com", "it is [email]"),
    ("es bob arroba gmail punto com", "es [email]"),
    ("I live at 12 Baker Street, London", "I live at [address], London"),
    ("send it to 1600 Pennsylvania Ave", "send it to [address]"),
    ("vivo en la calle de Alcalá 42", "vivo en la [address]"),
    ("calle Mayor, número 3, Madrid", "[address], Madrid"),
    ("avenida de la Constitución 15", "[address]"),
]
KEPT = [
    "set a timer for 10 minutes",
    "pon un temporizador de diez minutos",
    "2026-11-26T07:55:07.123+00:00",
    "at 07:55:07 on 2026-11-26",
    "el 26/11/2026 a las 8",
    "call mum",
    "llama a mamá",
    "text me later",
    "127.0.0.1:1883 refused",
    "3.14159265358979 is pi",
    "one two three",
    "uno dos tres cuatro",
    "version 0.1.0, process 123456",
    "turn on the lights in the square room",
    "la calle está mojada",
    "ES12 is no account",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_personal(text, masked):
    assert mask(text) == masked
    assert mask(masked) == masked, "twice is as good as once"


@pytest.mark.parametrize("text", KEPT)
def test_not_personal(text):
    assert mask(text) == text


def test_names_that_the_user_told_us():
    names = ["Ana", "Ana María", "x", " "]
    assert mask("Ana María and ANA know Anatole, x", names) == "[name] and [name] know Anatole, x"


@given(st.text(max_size=300))
def test_any_text_is_taken(text):
    assert mask(mask(text)) == mask(text)


def test_no_text_takes_long():
    import time

    began = time.monotonic()
    for text in (
        "1 " * 5000,
        "a@" * 5000,
        "calle " * 3000,
        "call " * 3000,
        "(0" * 5000,
        "a " * 9000,
    ):
        mask(text)
    assert time.monotonic() - began < 5


def test_the_log(capsys):
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    root.handlers.clear()
    try:
        logs.begin({}, names=["Ana"])
        logging.getLogger("x").warning("cannot write to %s, and Ana waits", "bob@example.org")
        [handler] = root.handlers
        handler.formatter.on = False
        logging.getLogger("x").warning("to %s", "bob@example.org")
    finally:
        root.handlers[:] = before
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "WARNING x: cannot write to [email], and [name] waits",
        "WARNING x: to bob@example.org",
    ]
