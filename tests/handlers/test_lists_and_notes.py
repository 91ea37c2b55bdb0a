"""Lists and notes, asked for in words, on a real file."""

import sqlite3

import pytest

from assistant.cli.kept import lists_as, notes_as
from assistant.errors import StorageError
from assistant.handlers.lists.notebook import Notebook
from assistant.types import Intent


@pytest.fixture
def book(device):
    return device.family("lists").book


def on(book, name="shopping"):
    return [e.text for each in book.lists() if each.name == name for e in each.open]


def test_several_things_are_added_at_once(device, book):
    assert device.say("Add eggs, milk and Brie to the shopping list.") == (
        "Added to your shopping list: eggs, milk and Brie."
    )
    assert on(book) == ["eggs", "milk", "Brie"]
    assert device.say("add milk to my grocery list") == "That is already on your shopping list."
    assert device.say("what's on my shopping list") == (
        "On your shopping list: eggs, milk and Brie."
    )
    assert device.say("how many items are on my list") == (
        "There are three things on your shopping list."
    )


def test_the_same_list_in_both_languages(device, book):
    device.say("añade huevos y leche a la lista de la compra", "es")
    assert device.say("what's on my grocery list") == "On your shopping list: huevos and leche."
    assert device.say("qué hay en la lista", "es") == "En tu lista de la compra: huevos y leche."


def test_every_change_can_be_taken_back(device, book):
    device.say("add eggs and milk to the shopping list")
    for sentence in (
        "take milk off the list",
        "check off eggs on the shopping list",
        "clear the shopping list",
        "delete the shopping list",
        "add bread to the shopping list",
    ):
        before = book.lists()
        reply = device.ask(sentence)
        assert book.lists() != before
        reply.undo()
        assert book.lists() == before, sentence


def test_named_lists(device, book):
    assert device.say("make a list called Camping") == "I made a Camping list."
    assert device.say("add a tent and two torches to the camping list") == (
        "Added to your Camping list: tent and two torches."
    )
    assert device.say("add soap to the holiday list") == "I made a new holiday list, with soap."
    assert device.say("what lists do I have") == "Your lists: Camping list and holiday list."
    assert device.ask("read my christmas list").text == (
        "There is no christmas list. There is: Camping list and holiday list."
    )
    assert device.say("delete the camping list").startswith("The Camping list is deleted, with two")
    assert book.names() == ["holiday"]


def test_one_thing_is_no_things(device):
    for sentence, language, told in [
        ("clear the shopping list", "en", "it had one thing on it."),
        ("delete the shopping list", "en", "with one thing on it."),
        ("vacía la lista de la compra", "es", "tenía una cosa."),
        ("borra la lista de la compra", "es", "con una cosa."),
    ]:
        device.say("add milk to the shopping list")
        assert told in device.say(sentence, language)


def test_without_notes_there_is_none_to_delete(device):
    assert device.ask("delete all my notes").text == "You have no notes."
    assert device.ask("borra todas mis notas", "es").text == "No tienes notas."
    assert device.ask("delete the note about the key").text == "There is no such note."


def test_what_is_there_and_what_is_not(device):
    device.say("add two litres of milk to the shopping list")
    assert device.say("is milk on my shopping list") == "Yes, milk is on your shopping list."
    assert device.say("is bread on my shopping list") == "No, bread is not on your shopping list."
    assert device.ask("take bread off the list").text == "Bread is not on your shopping list."
    assert device.say("check off milk on the list") == (
        "Done: two litres of milk. That was the last one."
    )
    assert device.say("what's on my list") == "Your shopping list is empty."


def test_notes(device):
    assert device.say("read my last note") == "There is no note."
    assert device.say("Take a note: buy Joe's paint.") == "Noted."
    device.wait(days=1)
    device.say("note that my key is under the mat")
    assert device.say("read my last note") == "Noted today: your key is under the mat."
    assert device.say("find my note about painting") == "There is no note about painting."
    assert device.say("find my note about the paint") == "Noted yesterday: buy Joe's paint."
    reply = device.ask("delete the note about the key")
    assert reply.text == "I deleted the note: your key is under the mat."
    assert device.say("how many notes do I have") == "Noted yesterday: buy Joe's paint."
    reply.undo()
    assert device.say("read my notes").startswith("Two notes. Noted today:")
    assert device.ask("take a note").asks.slot == "text"


def test_words_are_never_taken_for_a_query(device):
    device.say('take a note: NEAR " OR * -x')
    assert device.ask('find my note about OR " NEAR').ok


def test_it_is_all_there_for_the_next_start(device, book):
    device.say("add eggs to the shopping list")
    device.say("note to self call the plumber")
    again = Notebook(book.path)
    assert again.lists() == book.lists()
    assert again.notes() == book.notes()
    again.close()


def test_a_full_disk_is_told_and_nothing_is_half_done(device, book):
    device.say("add eggs to the shopping list")
    connection = book._database._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own disk-full error
    before = book.lists()
    with pytest.raises(StorageError, match="full"):
        book.add("shopping", ["x" * 100] * 1000)
    assert book.lists() == before
    reply = device.ask("note that " + "word " * 70)
    while reply.ok:
        reply = device.ask("note that " + "word " * 70)
    assert reply.text == "Sorry, I cannot save that. The disk may be full."


def test_a_list_that_is_deleted_takes_its_entries_along(device, book):
    device.say("add eggs to the shopping list")
    device.say("delete the shopping list")
    other = sqlite3.connect(book.path)
    assert other.execute("SELECT count(*) FROM entry").fetchone() == (0,)
    other.close()


def test_written_out(device, book):
    device.say("add eggs and milk to the shopping list")
    device.say("check off milk on the shopping list")
    device.say("note to self call the plumber")
    assert lists_as("text", book.lists()) == "shopping\n  eggs\n  x milk"
    assert lists_as("markdown", book.lists()) == "## shopping\n\n- [ ] eggs\n- [x] milk"
    assert notes_as("text", book.notes()) == "2025-11-22 17:00  call the plumber"
    assert notes_as("markdown", book.notes()) == "## 2025-11-22 17:00\n\ncall the plumber"


def test_a_note_that_was_asked_for_keeps_its_article(device):
    take = next(f for f in device.functions if f.name == "notes.take")
    for slot, said, language in (
        ("fontanero viene el martes", "El fontanero viene el martes.", "es"),
        ("plumber comes on tuesday", "the plumber comes on tuesday", "en"),
    ):
        intent = Intent(take.name, {"text": slot}, "dialogue", 1.0, "")
        device.functions.act(intent, said, language)
    assert device.say("lee mi última nota", "es") == "Apuntado hoy: the plumber comes on tuesday."
    assert "El fontanero viene el martes." in device.say("read my notes")
