"""The layout of sentences: what it reads, what of it is taken over, and what lies on disk."""

import itertools
import os
import stat
from typing import Annotated

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from assistant import paths
from assistant.understand import kept_layout, layout
from assistant.understand.grammar import compile_grammar
from assistant.understand.kept_layout import MOST_FILES, laid_out
from assistant.understand.layout import ENDS, lay_out
from assistant.understand.nearby import light_words
from assistant.understand.sentence_graph import AnyWords, Value
from assistant.understand.word_tables import NONE, tables
from tests.understand.test_sentences import Told


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    """Not the one that tests share."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path))
    return tmp_path / "cache" / "grammar"


def lamp(*sentences, names=("lamp", "desk lamp")):
    slots = {"name": Annotated[str, dict.fromkeys(names)], "level": int, "rest": str}
    return Told(
        "lamp", {"en": list(sentences) or ["turn on [the] {name}", "dim to {level}"]}, slots
    )


def fan():
    return Told("fan", {"en": ["(start|stop) the fan[s] [now]"]})


def grammar(*functions):
    return compile_grammar(functions, "en")


def sentences(made, function=None):
    """Every sentence of a layout as its labels."""
    found = set()

    def walk(point, before):
        if made.marks[point] & ENDS:
            found.add(before)
        for arc in range(made.rows[point], made.rows[point + 1]):
            walk(int(made.after[arc]), (*before, made.labels[made.taken[arc]]))

    for template, start in enumerate(made.starts.tolist()):
        if function in (None, made.functions[template]):
            walk(start, ())
    return found


def kept(*functions):
    """The layout as the program takes it."""
    made = grammar(*functions)
    return laid_out(made, light_words(made))


def same(one, other):
    names = ("firsts", "rows", "taken", "after", "marks", "phrases", "own")
    return (
        [*one.labels] == [*other.labels]
        and [*one.parts] == [*other.parts]
        and all(np.array_equal(getattr(one, n), getattr(other, n)) for n in names)
    )


def test_a_layout_has_the_sentences_of_its_templates():
    made = lay_out(grammar(fan()))
    ways = itertools.product(("start", "stop"), ("fan", "fans"), ((), ("now",)))
    assert sentences(made) == {(verb, "the", what, *end) for verb, what, end in ways}


def test_values_and_free_words_are_labels():
    found = sentences(lay_out(grammar(lamp("dim {level} [{rest}]"))))
    kinds = {tuple(type(label) for label in sentence) for sentence in found}
    assert kinds == {(str, Value), (str, Value, AnyWords)}


def test_points_that_go_on_alike_are_one():
    made = lay_out(grammar(Told("x", {"en": ["(red|blue|old green) lamp [please]"]})))
    assert len(made.marks) == 5  # begin, after "old", before "lamp", before and after "please"


def test_where_a_slot_has_no_phrases_nothing_ends():
    made = lay_out(grammar(lamp("turn on {name}", names=())))
    assert sentences(made) == set()
    assert not made.going_on(made.starts).size


def test_what_did_not_change_is_taken_over_and_is_the_same(monkeypatch):
    before = lay_out(grammar(fan(), lamp()))
    written = []
    write = layout._write
    monkeypatch.setattr(layout, "_write", lambda *a: (written.append(a[2]), write(*a)))
    more = grammar(lamp(names=("lamp", "ceiling lamp")), fan())
    after = lay_out(more, before)
    assert written == ["lamp"]
    assert sentences(after) == sentences(lay_out(more))
    assert sentences(after, "fan") == sentences(before, "fan")
    assert "desk" not in after.labels  # nobody says it any more


TEMPLATES = st.lists(
    st.lists(
        st.sampled_from(
            ["play", " [the] ", "{name}", " {level}", "(a|b|)", "timer[s]", " {rest}", " now"]
        ),
        min_size=1,
        max_size=5,
    ).map("".join),
    min_size=1,
    max_size=3,
)


@settings(max_examples=100, deadline=None)
@given(TEMPLATES, TEMPLATES)
def test_any_layout_grows_out_of_any_other(first, second):
    one, other = lamp(*first), lamp(*second)
    other.name = "other"
    whole = grammar(other, one)
    assert same(lay_out(whole, lay_out(whole)), lay_out(whole))
    assert sentences(lay_out(whole, lay_out(grammar(one)))) == sentences(lay_out(whole))


def test_the_file_is_as_good_as_what_was_laid_out(own_folder):
    made, words = kept(fan(), lamp())
    assert same(made, lay_out(grammar(fan(), lamp())))
    assert len([*own_folder.iterdir()]) == 1
    again, words_again = kept(fan(), lamp())
    assert same(made, again)
    assert words.codes == words_again.codes
    assert not again.rows.flags.writeable  # it is mapped


def test_a_second_start_lays_nothing_out(monkeypatch):
    kept(fan(), lamp())
    monkeypatch.setattr(kept_layout, "lay_out", lambda *_: pytest.fail("laid out"))
    kept(fan(), lamp())


@pytest.mark.parametrize("change", ["cut", "flip", "empty", "other"])
def test_a_damaged_file_is_made_again(own_folder, change):
    made, _ = kept(fan(), lamp())
    (file,) = own_folder.iterdir()
    data = file.read_bytes()
    for at in (3, len(data) // 4, len(data) - 9):
        damaged = {
            "cut": data[:at],
            "flip": data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :],
            "empty": b"",
            "other": b"\n{}\n" * 20,
        }[change]
        file.unlink()  # `made` is mapped from it
        file.write_bytes(damaged)
        again, _ = kept(fan(), lamp())
        assert same(made, again)
        assert file.read_bytes() == data


def test_files_are_for_their_owner_and_few(own_folder):
    for number in range(MOST_FILES + 3):
        kept(fan(), lamp(names=("lamp", f"lamp {number}")))
    files = [*own_folder.iterdir()]
    assert len(files) == MOST_FILES
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(own_folder.stat().st_mode) == 0o700


def test_the_files_that_are_used_stay(own_folder):
    kept(fan())
    (mine,) = own_folder.iterdir()
    os.utime(mine, (1, 1))
    for number in range(MOST_FILES + 1):
        kept(fan(), lamp(names=(f"lamp {number}",)))
        kept(fan())
    assert mine.exists()


def test_without_room_on_the_disk_it_is_laid_out_all_the_same(monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_layout, "_write", full)
    made, _ = kept(fan())
    assert len(sentences(made)) == 8


def test_a_folder_that_cannot_be_made_is_no_matter(tmp_path):
    paths.cache_dir().parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "cache").write_text("in the way")
    made, _ = kept(fan())
    assert len(sentences(made)) == 8


def test_the_words_of_a_layout():
    made = lay_out(grammar(fan(), lamp(names=("desk lamp",))))
    words = tables(made, frozenset(["the"]), "en")
    label = made.numbers
    assert [made.functions[n] for n in words.templates(label["fan"])] == ["fan"]
    assert label["the"] * len(made.labels) + label["fan"] in words.pairs.tolist()
    assert label["fan"] * len(made.labels) + label["the"] not in words.pairs.tolist()
    entries = {tuple(made.labels[n] for n in e if n != NONE) for e in words.entries.tolist()}
    assert {("desk",), ("lamp",), ("desk", "lamp"), ("fans",), ("the",)} <= entries
    assert all("the" not in entry for entry in entries if len(entry) == 2)
    assert [*words.lengths] == sorted(words.lengths)
