"""What is personal is masked, and what is not stays, in both languages."""

import datetime as dt
import logging
import pwd
import time

import pytest
from hypothesis import given, strategies as st

from assistant import paths
from assistant.config import load
from assistant.daemon import logs
from assistant.handlers.built_in import memories
from assistant.handlers.memory.store import Memory
from assistant.masking import Known, mask, named
from assistant.people import People, in_text
from assistant.trace import TraceLog
from tests.bus import no_buses  # noqa: F401 - a fixture
from tests.test_trace import turn

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
    ("born 1980-05-04 600123456", "born [number]"),
    ("1980-05-04 600 12 34 56", "[number]"),
    ("es el +34.600123456", "es el [number]"),
    ("+34.600.123.456", "[number]"),
]
KEPT = [
    "set a timer for 10 minutes",
    "pon un temporizador de diez minutos",
    "2026-11-26T07:55:07.123+00:00",
    "at 07:55:07 on 2026-11-26",
    "2026-11-26 07:55:07 and 2026-11-26 0755 and 2026-11-26 07",
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
    names = named(["Ana", "Ana María", "x", " "])
    assert mask("Ana María and ANA know Anatole, x", names) == "[name] and [name] know Anatole, x"


OF_ANA = [
    ("Ana's birthday is on Monday", "[name]'s birthday is on Monday"),
    ("is that Ana’s car", "is that [name]’s car"),
    ("it is ANA'S, or ana's", "it is [name]'S, or [name]'s"),
    ("Ana María's and Ana-María's", "[name]'s and Ana-María's"),
    ("Anas is not Ana'sa", "Anas is not Ana'sa"),
]


@pytest.mark.parametrize(("text", "masked"), OF_ANA)
def test_what_is_somebody_s_is_still_somebody(text, masked):
    known = named(["Ana", "Ana María"])
    assert mask(text, known) == masked
    assert mask(masked, known) == masked


@pytest.mark.parametrize("said", ["Ana's birthday is in May", "Ana’s birthday", "Ana loves tea"])
def test_a_possessive_teaches_the_name(said):
    assert in_text(said).parts == {"ana"}


def test_parts_of_names_that_are_words_too():
    known = Known(frozenset({"will o'neil"}), frozenset({"will", "o'neil", "josé"}))
    assert mask("Will you ask will o'neil, Will?", known) == "[name] you ask [name], [name]?"
    assert mask("will you ask José or josé", known) == "will you ask [name] or josé"


@given(st.text(max_size=300), st.lists(st.text(max_size=8), max_size=5))
def test_any_text_is_taken(text, names):
    known = named(names) | Known(parts=named(names).whole)
    assert mask(mask(text, known), known) == mask(text, known)


CARDS = """BEGIN:VCARD\r
VERSION:3.0\r
FN;CHARSET=UTF-8:María del Mar\r
  López\r
TEL:1\r
END:VCARD\r
BEGIN:VCARD
item1.FN:O'Brien\\, Pat
NICKNAME:Patsy
END:VCARD
"""


def test_whom_the_address_book_knows(tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "all.vcf").write_text(CARDS)
    (tmp_path / "broken.vcf").write_bytes(b"FN:\xff\xfe\nFN\nFN:")
    known = People(load([f"trace.contacts={tmp_path}"]).config.trace).learn()
    said = "María is with maría del mar lópez and Patsy, and pat o'brien is on the Mar"
    assert mask(said, known) == "[name] is with [name] and [name], and pat o'brien is on the [name]"
    assert mask("de la López", known) == "de la [name]"
    assert People(load(["trace.contacts=/nowhere"]).config.trace).learn() is not None


def test_whom_memory_knows(no_buses):  # noqa: F811
    """Its sentences are encrypted; they are read anew when something was told or forgotten."""
    store = memories(paths.data_dir() / "assistant.db")
    now = dt.datetime.now(dt.UTC)
    people = People(load().config.trace)
    assert mask("ask Anna about Bilbao", people.learn()) == "ask Anna about Bilbao"
    told = store.keep(Memory("Anna is allergic, and the Wi-Fi is in Bilbao", now, "en"))
    masked = "ask [name] about [name], The Wi-Fi is on Monday"
    assert mask("ask Anna about Bilbao, The Wi-Fi is on Monday", people.learn()) == masked
    store.forget([told])
    assert mask("ask Anna", people.learn()) == "ask Anna"
    store.close()


def test_who_owns_the_account(monkeypatch):
    entry = pwd.struct_passwd(("x", "x", 1, 1, "Grace Hopper,Room 1,555", "/", "/bin/sh"))
    monkeypatch.setattr(pwd, "getpwuid", lambda _: entry)
    known = People(load().config.trace).known
    assert mask("i am grace hopper, Grace, room", known) == "i am [name], [name], room"


def test_the_trace_masks_whom_memory_knows(no_buses, tmp_path):  # noqa: F811
    store = memories(paths.data_dir() / "assistant.db")
    store.keep(Memory("Anna is allergic to nuts", dt.datetime.now(dt.UTC), "en"))
    store.close()
    log = TraceLog(load(["trace.transcripts=true"]).config.trace, tmp_path / "trace")
    log.write(turn("what may Anna eat"))
    assert log.read(1)[0].transcript == "what may [name] eat"


def test_ten_thousand_names_take_no_longer():
    def spent(count):
        known = named(f"Name{n} Surname{n}" for n in range(count))
        began = time.thread_time()
        for _ in range(100):
            mask("ask name7 surname7 whether Name8 comes " * 3, known)
        return time.thread_time() - began

    few = spent(10)
    assert spent(10_000) < 50 * few  # and not a thousand times as much


def test_no_text_takes_long():
    began = time.thread_time()
    for text in (
        "1 " * 5000,
        "a@" * 5000,
        "calle " * 3000,
        "call " * 3000,
        "(0" * 5000,
        "a " * 9000,
    ):
        mask(text)
    assert time.thread_time() - began < 10  # seconds of a processor, where hundredths are usual


def test_the_log(capsys):
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    root.handlers.clear()
    try:
        logs.begin({}, names=lambda: named(["Ana"]))
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
