"""Who answers: what is written down, a model, or nobody; and what the trace tells of it."""

import pytest

from assistant.errors import ModelError
from assistant.speak.sentences import split_stream
from assistant.stages import Exchange, Known
from assistant.testing import FakeThinker
from assistant.think.choosing import Able, Share
from assistant.think.director import Director
from assistant.think.memory import FORGOTTEN_AFTER, Conversation, folded
from assistant.types import Origin
from assistant.worker import Cancel, Worker

ANSWER = "Because it is so. And that is all there is to say."


class Scene:
    def __init__(
        self,
        models=("small",),
        sources=(),
        answers=(ANSWER,),
        rests="",
        unsure="plain",
        words=lambda: 45,
        **ables,
    ):
        self.fakes = {name: FakeThinker(answers) for name in models}
        self.workers = {n: Worker(n, lambda f=f: f) for n, f in self.fakes.items()}
        known = [ables.get(name, Able(name, ("en",), 1)) for name in models]
        self.director = Director(
            self.workers, known, split_stream, sources=sources,
            free_mb=lambda: 1000, rests=lambda _: rests, unsure=unsure, words=words,
        )  # fmt: skip
        self.detail = {}

    def ask(self, question="Why?", history=(), **how):
        return self.director.begin(
            question, language=how.pop("language", "en"), history=history, facts=[],
            cancel=how.pop("cancel", Cancel()), detail=self.detail, **how,
        )  # fmt: skip


@pytest.fixture
def scene():
    scenes = []

    def make(*args, **settings):
        scenes.append(Scene(*args, **settings))
        return scenes[-1]

    yield make
    for made in scenes:
        for worker in made.workers.values():
            worker.close()


def test_models_that_rest_are_not_asked_and_what_is_written_down_is_told(scene):
    told = [
        lambda question, language: Known("Noted.", Origin("memory")) if "key" in question else None
    ]
    s = scene(sources=told, rests="Not now: the battery is low.")
    assert list(s.ask().sentences) == ["Not now: the battery is low."]
    assert list(s.ask("tell me more", history=[Exchange("Why?", "So.")]).sentences) == [
        "Not now: the battery is low."
    ]
    assert list(s.ask("where is the key").sentences) == ["Noted."]
    assert s.ask("Why?", only_written=True) is None
    assert s.fakes["small"].asked == []


def test_what_is_written_down_is_not_asked_of_a_model(scene):
    s = scene(
        sources=[
            lambda question, language: None,
            lambda question, language: Known(f"It says {question}", Origin("memory")),
        ]
    )
    thought = s.ask("so?")
    assert list(thought.sentences) == ["It says so?"]
    assert thought.cost() is None
    assert s.detail == {"by": "memory", "what": ""}
    assert s.fakes["small"].asked == []


def test_how_long_an_answer_may_be_is_asked_before_each(scene):
    """On battery it ends with its first sentence; "tell me more" goes on from there."""
    most = [45]
    s = scene(words=lambda: most[0])
    assert " ".join(s.ask().sentences) == ANSWER
    most[0] = 3
    thought = s.ask()
    assert list(thought.sentences) == ["Because it is so."]
    thought.cost()
    more = s.ask("tell me more", history=[Exchange("Why?", "Because it is so.")])
    assert more.goes_on == "Because it is so."
    list(more.sentences)


def test_a_model_answers_and_its_cost_is_told(scene):
    s = scene()
    thought = s.ask()
    assert " ".join(thought.sentences) == ANSWER
    _, _, detail = thought.cost()
    assert (detail["model"], detail["loaded"]) == ("small", True)
    assert detail["first_clause_seconds"] >= 0
    assert thought.origin == Origin("model", "small", "only")
    assert s.detail["kind"] == "explain"


def test_the_decision_tells_what_it_will_cost_where_that_was_measured(scene):
    s = scene(small=Able("small", ("en",), 1, seconds=1.244, joules=7.52))
    s.ask()
    assert (s.detail["expected_seconds"], s.detail["expected_joules"]) == (1.24, 7.5)
    s = scene(small=Able("small", ("en",), 1, seconds=1.244))
    s.ask()
    assert s.detail["expected_seconds"] == 1.24 and "expected_joules" not in s.detail
    s = scene()
    s.ask()
    assert not {"expected_seconds", "expected_joules"} & set(s.detail)


def test_an_honest_no(scene):
    s = scene(small=Able("small", ("en",), 1, quality={"en": Share(0, 50)}))
    thought = s.ask()
    assert list(thought.sentences) == ["Sorry, I do not know enough to answer that."]
    assert thought.origin == Origin("nobody", why="hopeless")
    assert "español" in " ".join(s.ask(language="es").sentences)


def share(right, asked):
    return Able("small", ("en", "es"), 1, quality={"en": Share(right, asked)})


NOT_SURE = "I am not sure of this:"


@pytest.mark.parametrize(
    ("question", "able", "marked"),
    [
        ("Who wrote it?", share(6, 10), True),  # as often wrong as not
        ("Who wrote it?", share(9, 10), False),
        ("Who wrote it?", Able("small", ("en",), 1), True),  # nobody knows how good it is
        ("Tell me a joke.", share(6, 10), False),  # nothing in it could be false
    ],
)
def test_an_answer_that_may_well_be_wrong_says_so_first(scene, question, able, marked):
    s = scene(unsure="marked", small=able)
    said = list(s.ask(question).sentences)
    assert (said[0] == NOT_SURE) == marked == s.detail.get("marked", False)
    assert " ".join(said[marked:]) == ANSWER


def test_a_model_that_fails_is_not_announced(scene):
    s = scene(unsure="marked", answers=[ModelError("broken")], small=share(6, 10))
    thought = s.ask("Who wrote it?")
    assert list(thought.sentences) == []
    with pytest.raises(ModelError):
        thought.cost()


def test_where_no_guess_is_wanted_none_is_made(scene):
    s = scene(unsure="off", small=share(6, 10))
    thought = s.ask("Who wrote it?")
    assert list(thought.sentences) == ["Sorry, I do not know enough to answer that."]
    assert thought.origin == Origin("nobody", why="unsure")
    assert s.fakes["small"].asked == []
    assert " ".join(scene(unsure="off", small=share(9, 10)).ask("Who?").sentences) == ANSWER


def test_what_was_said_before_an_answer_is_no_part_of_the_conversation(scene):
    """Else the model would learn from it to be unsure, and what goes on would not fit."""
    s = scene(unsure="marked", answers=[LONG, "And this."], small=share(6, 10))
    first = s.ask("Who was it?")
    said = " ".join(first.sentences)
    first.cost()
    on = s.ask("Tell me more.", [Exchange("Who was it?", said)])
    assert list(on.sentences) == ["And this."]  # its beginning was marked
    assert s.fakes["small"].begun[-1] == said.removeprefix(NOT_SURE).lstrip()


def test_no_model_and_nothing_written_is_nobody(scene):
    assert scene(models=()).ask() is None
    assert scene().ask(only_written=True) is None


def test_what_is_enough_ends_the_model(scene):
    s = scene(answers=["This is a sentence of eight words here. " * 30])
    thought = s.ask()
    assert 45 <= len(" ".join(thought.sentences).split()) < 60
    _, _, detail = thought.cost()
    assert detail["ended_by"] == "enough"


def test_more_asks_about_the_last_question(scene):
    s = scene(sources=[lambda question, language: Known("no", Origin("memory"))])
    list(s.ask("Tell me more.", [Exchange("Why is the sky blue?", "Scattering.")]).sentences)
    assert s.fakes["small"].asked == ["Tell me more about that: Why is the sky blue?"]


LONG = "This is a sentence of eight words here. " * 30


def test_an_answer_that_was_cut_off_goes_on(scene):
    """The same answer, from where it was cut; not the question once more."""
    s = scene(answers=[LONG, "And this is what I did not say.", ""])
    first = s.ask("Why?")
    said = " ".join(first.sentences)
    first.cost()
    on = s.ask("Tell me more.", [Exchange("Before?", "That."), Exchange("Why?", said)])
    assert list(on.sentences) == ["And this is what I did not say."]
    assert (s.fakes["small"].asked[-1], s.fakes["small"].begun[-1]) == ("Why?", said)
    assert on.goes_on == said
    assert s.detail["why"] == "on"
    on.cost()
    # it ended by itself: now it is asked about what it said
    list(s.ask("Tell me more.", [Exchange("Why?", f"{said} And this.")]).sentences)
    assert s.fakes["small"].begun[-1] == ""


def test_what_has_no_more_to_it_says_so(scene):
    s = scene(answers=[LONG, ""])
    first = s.ask("Why?")
    said = " ".join(first.sentences)
    first.cost()
    on = s.ask("Tell me more.", [Exchange("Why?", said)])
    assert list(on.sentences) == ["That is all I can say about it."]
    assert on.cost()[2]["tokens"] == 1  # the fake counts an empty word


def test_a_draft_that_was_never_said_is_nothing_to_go_on_with(scene):
    s = scene(answers=[LONG, "More of it."])
    list(s.ask("Why?").sentences)  # begun at a pause, and given up: it was never told its cost
    list(s.ask("Tell me more.", [Exchange("Who?", "He.")]).sentences)
    assert s.fakes["small"].begun[-1] == ""


def test_meanwhile_the_next_question_is_prepared_where_a_model_is_loaded(scene):
    s = scene(models=("small", "large"))
    s.workers["small"].warm().result()
    s.director.rest("en", [Exchange("a", "b")])
    s.workers["small"].warm().result()
    assert s.fakes["small"].prepared == [1]
    assert s.fakes["large"].prepared == []


def test_a_preparation_gives_way(scene):
    s = scene()
    s.director.rest("en", [])
    idle = s.director._idle
    assert not idle.is_set()
    s.director.stop()
    assert idle.is_set()


def test_the_end_of_the_program_waits_for_no_answer(scene):
    s = scene(answers=["word " * 1000])
    s.fakes["small"]._seconds = 0.05
    thought = s.ask()
    next(iter(thought.sentences))
    s.director.close()
    _, seconds, detail = thought.cost()
    assert detail["ended_by"] == "cancelled"
    assert seconds < 40  # of fifty


# -- the conversation --------------------------------------------------------------------------


def test_old_turns_are_told_in_short():
    conversation = Conversation(4)
    for n in range(5):
        conversation.add(f"Question {n}?", f"Answer {n} is this. And more of it that is long.")
    first, *rest = conversation.history()
    assert first == Exchange(
        "Question 0? Question 1? Question 2?",
        "Answer 0 is this. Answer 1 is this. Answer 2 is this.",
    )
    assert [e.user for e in rest] == ["Question 3?", "Question 4?"]


def test_between_the_foldings_only_the_end_changes():
    """So that what is evaluated of the conversation stays of use."""
    conversation, changed = Conversation(6), 0
    for n in range(30):
        before = conversation.history()
        conversation.add(f"Question {n}?", "Answer.")
        changed += conversation.history()[: len(before)] != before
    assert changed <= 10


@pytest.mark.parametrize(("turns", "kept"), [(0, 0), (1, 1), (2, 2), (3, 3)])
def test_at_most_so_many(turns, kept):
    conversation = Conversation(turns)
    for n in range(9):
        conversation.add(f"{n}", "a")
        assert len(conversation.history()) <= turns
    assert len(conversation.history()) in (kept, max(kept - 1, 0))


def test_what_is_told_in_short_stays_short():
    history = [Exchange("long question " * 50, "a long answer " * 50) for _ in range(9)]
    [one] = folded(history, 0)
    assert len(one.user.split()) <= 60 and len(one.assistant.split()) <= 60


def test_after_a_long_silence_a_new_conversation_begins():
    time = [0.0]
    conversation = Conversation(3, now=lambda: time[0])
    conversation.add("a", "b")
    time[0] = FORGOTTEN_AFTER + 1
    assert conversation.history() == []
