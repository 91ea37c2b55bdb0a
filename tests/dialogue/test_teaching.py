"""Phrases and routines: taught by voice, in files; used, listed, explained, undone, forgotten."""

import pytest

from assistant.handlers.own.taught_store import Lesson
from tests.dialogue.test_dialogues import play


def test_what_was_not_understood_is_taught_and_done_at_once(house):
    h = house()
    h.say("make it cosy")
    said = h.say("that means turn on the bedroom light")
    assert said == (
        "I will remember: “make it cosy” means turn on the bedroom light. The bedroom light is on."
    )
    h.say("turn off the bedroom light")
    assert h.say("Make it cosy, please.") == "The bedroom light is on."
    assert [intent.stage for intent in h.plan.intents] == ["taught"]


def test_in_spanish(house):
    h = house()
    play(h, [("qué frío hace", "(question)")], "es")
    said = h.say("eso significa enciende la luz de la cocina", "es")
    assert said.startswith("Lo recordaré: «qué frío hace» significa enciende la luz de la cocina.")
    assert h.say("¡Qué frío hace!", "es") == "La luz está on: kitchen."


ROUTINES = [
    ("en", "when I say movie time, dim the screen to twenty and set the volume to sixty",
     "movie time", "Brightness twenty. Volume sixty."),
    ("en", "When I say movie time dim the screen to twenty and set the volume to sixty.",
     "Movie time!", "Brightness twenty. Volume sixty."),
    ("en", "whenever I say lights out do turn off the kitchen light",
     "lights out", "The kitchen light is off."),
    ("en", "if I say “good night”, please turn off the light, turn it down, and set a timer for ten"
     " minutes", "good night",
     "The living room light is off. Volume twenty. Timer set for ten minutes."),
    ("es", "cuando diga hora del cine, atenúa la pantalla al veinte y pon el volumen al sesenta",
     "hora del cine", "Brillo veinte. Volumen sesenta."),
    ("es", "si digo a dormir haz apaga la luz del dormitorio", "a dormir",
     "La luz está on: bedroom."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "lesson", "phrase", "reply"), ROUTINES)
def test_a_routine_is_taught_by_voice(house, language, lesson, phrase, reply):
    h = house()
    assert h.say(lesson, language).startswith(("I will remember", "Lo recordaré")), h.reply
    assert h.say(phrase, language) == reply


def test_a_phrase_that_is_heard_a_little_wrong(house):
    h = house()
    h.say("when I say movie time, turn it up")
    assert h.say("movie times") == "Volume forty."
    assert h.say("movies") == "(unheard)"


def test_taught_outlives_the_program_and_belongs_to_its_owner_only(house):
    house().say("when I say movie time, turn it up")
    again = house()
    assert again.taught.path.stat().st_mode & 0o777 == 0o600
    assert again.say("movie time") == "Volume forty."


def test_listed_explained_forgotten(house):
    h = house()
    play(h, [
        ("what have I taught you", "You have not taught me anything."),
        ("when I say movie time, turn it up", "I will remember: “movie time” means turn it up."),
        ("what have I taught you", "You taught me: movie time."),
        ("what does movie time mean", "“movie time” means turn it up."),
        ("forget movie time", "I have forgotten “movie time”."),
        ("movie time", "(unheard)"),
        ("undo that", "Undone: movie time."),
        ("movie time", "Volume forty."),
        ("forget the phrase nonsense", "You have not taught me “nonsense”."),
        ("forget everything I taught you", "Shall I forget everything that you taught me?"),
        ("yes", "I have forgotten one phrase."),
        ("movie time", "(unheard)"),
    ])  # fmt: skip


def test_teaching_can_be_undone(house):
    h = house()
    h.say("when I say movie time, turn it up")
    h.say("undo that")
    assert h.taught.lessons() == []


def test_a_sentence_that_is_known_is_not_shadowed_silently(house):
    h = house()
    asked = h.say("when I say turn it down, turn it up")
    assert asked == "I know “turn it down” already. Shall I change what it means?"
    assert h.say("no") == "All right, I won't."
    assert h.say("turn it down") == "Volume twenty."
    h.say("when I say turn it down, turn it up")
    assert h.say("yes") == "I will remember: “turn it down” means turn it up."
    assert h.say("turn it down") == "Volume thirty."


@pytest.mark.parametrize("phrase", ["yes", "no", "stop", "never mind"])
def test_what_ends_and_confirms_is_never_taught(house, phrase):
    h = house()
    assert h.say(f"when I say {phrase}, power off").startswith(f"I need “{phrase}” for something")
    assert h.taught.lessons() == []


def test_a_taught_phrase_confirms_nothing(house):
    h = house()
    h.say("when I say finish, power off and turn it down")
    assert h.say("finish").startswith("Volume twenty. Shall I do this:")
    assert h.machine.off == 0
    h.say("when I say indeed, turn it up")
    h.say("finish")
    h.say("indeed")
    assert h.machine.off == 0
    h.say("finish")
    assert h.say("yes") == "Good bye."


@pytest.mark.parametrize(
    ("lesson", "reply"),
    [
        ("when I say movie time, do the funky chicken",
         "I do not understand what to do: the funky chicken."),
        ("that means turn it up",
         "What do you mean by that? Say, for example: when I say movie time, turn it up."),
    ],
)  # fmt: skip
def test_what_cannot_be_learned_is_told(house, lesson, reply):
    assert house().say(lesson) == reply


def test_what_it_means_must_be_understood(house):
    h = house()
    h.say("make it cosy")
    assert h.say("that means florble the grobble") == (
        "I do not understand what to do: florble the grobble."
    )


# -- files ----------------------------------------------------------------------------------------

YAML = """
say: [movie time, film time]
do:
  - dim the screen to twenty
  - set the volume to sixty
"""
TOML = """
[[routine]]
say = "a dormir"
do = ["apaga la luz del dormitorio"]
language = "es"

[[routine]]
say = "good night"
do = ["movie time", "florble", "turn it down"]
"""


@pytest.fixture
def routines(tmp_path):
    folder = tmp_path / "routines"
    folder.mkdir()
    (folder / "film.yaml").write_text(YAML)
    (folder / "more.toml").write_text(TOML)
    return folder


def test_routines_in_files(house, routines):
    h = house()
    play(h, [
        ("movie time", "Brightness twenty. Volume sixty."),
        ("film time", "Brightness twenty. Volume sixty."),
        ("what have I taught you", "You taught me: movie time, film time and good night."),
        ("forget the routine movie time",
         "“movie time” is in the file film.yaml. Delete it there."),
    ])  # fmt: skip
    assert h.say("a dormir", "es") == "La luz está on: bedroom."


def test_a_routine_may_use_another_and_a_step_that_fails_is_told(house, routines):
    said = house().say("good night")
    assert (
        said == "I did not understand this: florble. Brightness twenty. Volume sixty. Volume fifty."
    )


def test_a_routine_that_leads_to_itself_ends(house, routines):
    (routines / "film.yaml").write_text("say: movie time\ndo: [movie time, turn it down]")
    h = house()
    h.say("movie time")
    assert h.level.level < 30


def test_files_are_read_again_when_they_change(house, routines):
    h = house()
    h.say("movie time")
    (routines / "film.yaml").write_text("say: movie time\ndo: turn it down and turn it down")
    assert h.say("movie time") == "Volume fifty. Volume forty."


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "say: x"),
        ("a.yaml", "do: [a"),
        ("a.toml", "say = 1\ndo = ['x']"),
        ("a.yaml", "say: ''\ndo: turn it up"),
        ("a.yaml", "just text"),
        ("a.yaml", "say: x\ndo: y\nlanguage: de"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(house, routines, name, text):
    (routines / name).write_text(text)
    h = house()
    assert h.say("movie time") == "Brightness twenty. Volume sixty."
    [problem] = h.taught.problems
    assert problem.startswith(f"{routines / name} cannot be used: ")


def test_a_damaged_file_of_what_was_taught_costs_nothing_else(house, tmp_path):
    (tmp_path / "taught.toml").write_text("{{{")
    h = house()
    assert h.say("turn it up") == "Volume forty."
    assert "taught.toml cannot be used" in h.taught.problems[0]


def test_what_is_written_can_be_read_as_a_routine(house, routines):
    from assistant.handlers.own.taught_store import as_toml

    h = house()
    lesson = Lesson("odd “phrase” \\ 1", "en", ("turn it up", "x"))
    (routines / "out.toml").write_text(as_toml([lesson]))
    [found] = [each for each in h.taught.lessons() if each.phrase == lesson.phrase]
    assert found.steps == lesson.steps
