"""What the user told: kept encrypted, recalled by questions, listed, forgotten."""

import os
import signal
import stat
import subprocess
import sys

import numpy as np
import pytest

from assistant.errors import FunctionError
from assistant.handlers.memory import recalling
from assistant.handlers.memory.keys import KeyFile, Keys, SecretService
from assistant.handlers.memory.memory import Memory
from assistant.handlers.memory.store import Memory as Told, MemoryStore
from assistant.handlers.timekeeping.due_words import turned
from assistant.types import Confirm
from tests.bus import buses, no_buses  # noqa: F401 - fixtures
from tests.handlers.conftest import NOW
from tests.keyrings import keyring  # noqa: F401 - a fixture

KEY = "remember that the spare key is at the neighbour's"


@pytest.fixture(autouse=True)
def no_keyring(request):
    """Unless a test wants one."""
    if "keyring" not in request.fixturenames:
        request.getfixturevalue("no_buses")


def question(device, text, language="en"):
    known = device.family("memory").known(text, language)
    return known and known.text


def test_what_was_told_answers_a_question(device):
    assert device.say(KEY) == "I'll remember that the spare key is at the neighbour's."
    device.say("remember that my sister lives in Bilbao")
    told = "You told me: the spare key is at the neighbour's."
    assert question(device, "Where is the spare key?") == told
    assert question(device, "who has the spare key") == told
    assert (
        question(device, "Where does my sister live?")
        == "You told me: your sister lives in Bilbao."
    )


@pytest.mark.parametrize(
    "text",
    ["What is a key?", "What is the capital of Spain?", "Where is the spare wheel?",
     "the spare key", "Why is the sky blue?", "What is the key to happiness?"],
)  # fmt: skip
def test_other_questions_are_not_answered_by_it(device, text):
    device.say(KEY)
    assert question(device, text) is None


def test_it_is_told_as_it_was_said(device):
    device.say("Remember I parked on level B3, near the lift.")
    assert (
        question(device, "Where did I park?")
        == "You told me: you parked on level B3, near the lift."
    )


def test_in_spanish(device):
    device.say("Recuerda que la llave de repuesto está en casa del vecino", "es")
    told = "Me dijiste: la llave de repuesto está en casa del vecino."
    assert question(device, "¿Dónde está la llave de repuesto?", "es") == told
    assert question(device, "¿Qué es una llave?", "es") is None
    assert device.say("qué recuerdas", "es") == told
    assert device.say("olvida lo que te dije de la llave", "es").startswith("Olvidado")
    assert device.say("qué recuerdas", "es") == "No me has dicho que recuerde nada."


def test_listed_recalled_and_forgotten(device):
    assert device.say("what do you remember") == "You have not told me anything to remember."
    device.say(KEY)
    device.wait(minutes=1)
    device.say("remember that Anna is allergic to nuts")
    assert device.say("what do you remember") == (
        "You told me: Anna is allergic to nuts; the spare key is at the neighbour's."
    )
    about = "what did I tell you about the spare key"
    assert device.say(about) == "You told me: the spare key is at the neighbour's."
    gone = device.ask("forget what I told you about the spare key")
    assert gone.text == "Forgotten: the spare key is at the neighbour's."
    assert device.say(about) == "You told me nothing about that."
    gone.undo()
    assert device.say(about) == "You told me: the spare key is at the neighbour's."


def test_to_remember_is_undone(device):
    device.ask(KEY).undo()
    assert device.say("what do you remember") == "You have not told me anything to remember."


def test_to_forget_everything_asks_first(device):
    device.say(KEY)
    asked = device.ask("forget everything I told you", confirmed=False)
    assert isinstance(asked.asks, Confirm)
    assert question(device, "where is the spare key")
    device.ask("forget everything I told you").undo()
    assert question(device, "where is the spare key")
    device.say("forget everything I told you")
    assert question(device, "where is the spare key") is None


def test_nothing_is_written_before_something_is_told(device, tmp_path):
    device.say("what do you remember")
    assert question(device, "where is the spare key") is None
    assert not (tmp_path / "data" / "memory.db").exists()
    assert not (tmp_path / "data" / "memory.key").exists()


# -- on disk ---------------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path):
    made = new_store(tmp_path)
    yield made
    made.close()


def new_store(folder):
    return MemoryStore(folder / "memory.db", Keys(SecretService(), KeyFile(folder / "memory.key")))


def told(text):
    return Told(text, NOW, "en")


def everything(folder):
    return b"".join(file.read_bytes() for file in folder.glob("memory.db*"))


def test_no_word_stands_in_the_file(store, tmp_path):
    kept = store.keep(told("the safe opens with xylophone"))
    assert b"xylophone" not in everything(tmp_path)
    assert store.place == "file"
    for name in ("memory.db", "memory.key"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    again = new_store(tmp_path)
    assert again.all() == [kept]
    again.close()


def test_what_is_forgotten_is_gone_from_the_file(store, tmp_path):
    store.keep(told("one"))
    kept = store.keep(told("two"))
    with store._database.reading() as connection:
        box = bytes(
            connection.execute("SELECT box FROM memory WHERE id = ?", (kept.id,)).fetchone()[0]
        )
    assert box in everything(tmp_path)
    store.forget([kept])
    assert box not in everything(tmp_path)


@pytest.mark.parametrize("key", [None, b"x" * 32, b"short"])
def test_without_its_key_it_says_so_and_keeps_the_data(store, tmp_path, key):
    store.keep(told("one"))
    store.close()
    file = tmp_path / "memory.key"
    before = file.read_bytes()
    file.unlink() if key is None else file.write_bytes(key)
    other = new_store(tmp_path)
    with pytest.raises(FunctionError, match="key is gone"):
        other.all()
    with pytest.raises(FunctionError, match="key is gone"):
        other.keep(told("two"))
    assert Memory(other).known("where is the one", "en") is None  # a question is asked elsewhere
    other.close()
    file.write_bytes(before)
    again = new_store(tmp_path)
    assert [memory.text for memory in again.all()] == ["one"]
    again.close()


def test_boxes_cannot_be_exchanged(store, tmp_path):
    a, b = store.keep(told("one")), store.keep(told("two"))
    with store._database.changing() as connection:
        box = connection.execute("SELECT box FROM memory WHERE id = ?", (a.id,)).fetchone()[0]
        connection.execute("UPDATE memory SET box = ? WHERE id = ?", (box, b.id))
    other = new_store(tmp_path)
    assert other.all() == [a]
    other.close()


def damage(store, *memories, box=b"nonsense"):
    with store._database.changing() as connection:
        for each in memories:
            connection.execute("UPDATE memory SET box = ? WHERE id = ?", (box, each.id))


@pytest.mark.parametrize("box", [b"nonsense", b"", "text", 7])
def test_a_damaged_row_costs_that_one_alone(store, tmp_path, box):
    a, b = store.keep(told("one")), store.keep(told("two"))
    damage(store, b, box=box)
    other = new_store(tmp_path)
    assert other.all() == [a]
    c = other.keep(told("three"))
    other.forget([a])
    assert other.all() == [c]
    assert other.erase_all() == 2 and other.all() == []
    other.close()


def test_where_nothing_can_be_read_that_is_said_each_time(store, tmp_path):
    damage(store, store.keep(told("one")), store.keep(told("two")))
    other = new_store(tmp_path)
    for _ in range(2):
        with pytest.raises(FunctionError, match="cannot read"):
            other.all()
    other.close()


def test_what_cannot_be_read_is_forgotten_and_something_new_is_kept(store, tmp_path):
    kept = store.keep(told("one"))
    with store._database.reading() as connection:
        box = bytes(connection.execute("SELECT box FROM memory").fetchone()[0])
    (tmp_path / "memory.key").unlink()
    other = new_store(tmp_path)
    assert other.erase_all() == 1
    assert box not in everything(tmp_path)
    new = other.keep(told("two"))
    assert store.all() == [new]  # also by one that knew the old key
    again = store.keep(told("three"))
    third = new_store(tmp_path)
    assert {memory.id for memory in third.all()} == {new.id, again.id} and kept not in third.all()
    third.close()
    other.close()


def test_forget_everything_without_a_key(device, tmp_path):
    device.say(KEY)
    device.family("memory").store.close()
    device.family("memory").store._cipher = device.family("memory").store._known = None
    (tmp_path / "data" / "memory.key").unlink()
    assert device.ask("what do you remember").ok is False
    assert "cannot be brought back" in device.say("forget everything I told you")
    assert device.say("what do you remember") == "You have not told me anything to remember."
    device.say(KEY)
    assert question(device, "where is the spare key")


WRITER = """
import datetime as dt, sys
from pathlib import Path
from assistant.handlers.memory.keys import KeyFile, Keys, SecretService
from assistant.handlers.memory.store import Memory, MemoryStore
folder = Path(sys.argv[1])
store = MemoryStore(folder / "memory.db", Keys(SecretService(), KeyFile(folder / "memory.key")))
for n in range(10000):
    store.keep(Memory(f"thing {n}", dt.datetime.now(dt.UTC), "en"))
    print(n, flush=True)
"""


def test_it_outlives_an_end_by_force(tmp_path):
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE
        )
        lines = [process.stdout.readline() for _ in range(3)]
        os.kill(process.pid, signal.SIGKILL)
        lines += process.stdout.read().splitlines()
        process.wait()
        process.stdout.close()
        written = len([line for line in lines if line.strip()])
        store = new_store(tmp_path)
        assert len(store.all()) in (
            written,
            written + 1,
        )  # the last one may have come before its line
        store.forget(store.all())
        store.close()


# -- the keyring -------------------------------------------------------------------------------


@pytest.mark.usefixtures("keyring")
def test_the_key_is_in_the_keyring(tmp_path):
    store = new_store(tmp_path)
    kept = store.keep(told("the safe opens with xylophone"))
    assert store.place == "keyring"
    assert not (tmp_path / "memory.key").exists()
    assert SecretService().get() not in everything(tmp_path)
    store.close()
    again = new_store(tmp_path)
    assert again.all() == [kept]
    again.close()


def test_a_keyring_that_is_gone_locks_what_it_guards(tmp_path, keyring):  # noqa: F811
    store = new_store(tmp_path)
    store.keep(told("one"))
    store.close()
    keyring.kill()
    keyring.wait()
    other = new_store(tmp_path)
    with pytest.raises(FunctionError, match="keyring"):
        other.all()
    with pytest.raises(FunctionError, match="keyring"):
        other.keep(told("two"))
    assert not (tmp_path / "memory.key").exists()
    other.close()


# -- which one is meant ------------------------------------------------------------------------


def near(cosine):
    """An embedding in which the question is that near to every text."""
    other = np.array([cosine, (1 - cosine**2) ** 0.5], np.float32)
    return lambda texts, language: np.stack([[1, 0], *[other] * (len(texts) - 1)]).astype(
        np.float32
    )


def test_half_of_the_words_and_the_same_meaning():
    texts = ["I left the car on level three"]
    asked = "where is my parked car"
    assert recalling.best(asked, texts, "en", near(0.55)) == 0
    assert recalling.best(asked, texts, "en", near(0.4)) is None
    assert recalling.best(asked, texts, "en", lambda *_: None) is None


def test_other_words_and_the_same_meaning_only_about_the_user():
    texts = ["the automobile stands on level three"]
    assert recalling.best("where did I park my car", texts, "en", near(0.7)) == 0
    assert recalling.best("where is the car of the king", texts, "en", near(0.7)) is None


def test_of_two_the_latest_is_told():
    assert recalling.best("where is my key", ["key a", "key b"], "en", lambda *_: None) == 0


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ("aparqué en el nivel tres", "aparcaste en el nivel tres"),
        ("dejé las llaves en el café", "dejaste las llaves en el café"),
        ("ayer pagué el alquiler", "ayer pagaste el alquiler"),
        ("me quedé con el libro", "te quedaste con el libro"),
        ("puse el pasaporte en el cajón", "pusiste el pasaporte en el cajón"),
        ("café y leche", "café y leche"),
        ("José vive aquí", "José vive aquí"),
    ],
)
def test_what_was_done_is_said_back_to_who_did_it(told, answer):
    assert turned(told, "es") == answer


# -- what is told without "that", and the user's name -----------------------------------------


def test_a_fact_is_kept_without_that(device):
    said = device.say("Remember the wifi password is hunter2")
    assert said == "I'll remember that the wifi password is hunter2."
    told = "You told me: the wifi password is hunter2."
    assert question(device, "What's the wifi password?") == told
    assert device.say("remember his birthday is June 3rd") == (
        "I'll remember that his birthday is June 3rd."
    )


def test_the_users_name(device):
    assert device.say("what's my name") == "You have not told me your name."
    assert device.say("my name is sam") == "Hello, Sam."
    assert device.say("what's my name") == "You are Sam."
    assert device.say("cómo me llamo", "es") == "Te llamas Sam."
    renamed = device.ask("Me llamo Ana María", "es")
    assert renamed.text == "Hola, Ana María."
    assert device.say("who am I") == "You are Ana María."
    assert device.say("what do you remember") == "You told me: tu nombre es Ana María."
    renamed.undo()
    assert device.say("who am I") == "You are Sam."


def test_a_name_that_was_told_as_a_fact(device):
    device.say("remember that my name is Samuel")
    assert device.say("do you know my name") == "You are Samuel."
