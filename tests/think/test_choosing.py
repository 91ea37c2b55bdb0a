"""Which model answers: the cheapest that is known to be good enough."""

import pytest

from assistant.think.choosing import Able, Share, caller, choose, kind, of_the_world, reader

SMALL = Able("small", ("en",), 200, seconds=1.0, quality={"en": Share(50, 100)})
LARGE = Able("large", ("multi",), 2000, seconds=8.0, load_seconds=3.0,
             quality={"en": Share(90, 100), "es": Share(80, 100)})  # fmt: skip


def decide(models, question="Who wrote Hamlet?", language="en", loaded=(), free_mb=9000):
    made = choose(question, language, models, loaded=loaded, free_mb=free_mb)
    return made.model, made.why


@pytest.mark.parametrize(
    ("language", "question", "what"),
    [
        ("en", "Who wrote Hamlet?", "fact"), ("en", "How many legs has a spider?", "fact"),
        ("en", "why is the sky blue", "explain"), ("en", "How do I boil an egg?", "explain"),
        ("en", "What is seven plus five?", "count"), ("en", "If I have 3 and 4 apples", "count"),
        ("en", "Tell me a joke.", "make"), ("en", "I feel lonely today", "talk"),
        ("es", "¿Quién escribió el Quijote?", "fact"), ("es", "¿Por qué llueve?", "explain"),
        ("es", "¿Cuánto son siete más cinco?", "count"), ("es", "Cuéntame un chiste", "make"),
        ("es", "estoy triste", "talk"), ("de", "Who is that?", "fact"),
    ],
)  # fmt: skip
def test_what_a_question_asks_for(language, question, what):
    assert kind(question, language) == what


def test_a_good_small_one_is_asked_before_a_better_large_one():
    good = Able("small", ("en",), 200, seconds=1.0, quality={"en": Share(70, 100)})
    assert decide([good, LARGE]) == ("small", "cheapest")


def test_what_the_small_one_answers_badly_is_for_the_large_one():
    assert decide([SMALL, LARGE]) == ("large", "cheapest")


def test_its_own_kind_of_question_counts_more_than_all_of_them():
    at_facts = {"en": Share(50, 100), "en fact": Share(28, 30)}
    small = Able("small", ("en",), 200, seconds=1.0, quality=at_facts)
    assert decide([small, LARGE]) == ("small", "cheapest")
    assert decide([small, LARGE], "Why is it so?") == ("large", "cheapest")


def test_without_room_in_memory_the_small_one_does_it():
    assert decide([SMALL, LARGE], free_mb=300) == ("small", "only")
    assert decide([SMALL, LARGE], loaded=["large"], free_mb=300) == ("large", "cheapest")
    assert decide([SMALL, LARGE], free_mb=10) == (None, "memory")


def test_a_language_that_only_one_speaks():
    assert decide([SMALL, LARGE], language="es") == ("large", "only")
    assert decide([SMALL], language="es") == (None, "language")
    assert decide([]) == (None, "none")


def test_one_that_is_nearly_always_wrong_is_not_asked():
    bad = Able("small", ("en",), 200, quality={"en": Share(50, 100), "en count": Share(0, 9)})
    assert decide([bad], "What is 12 times 12?") == (None, "hopeless")
    few = Able("small", ("en",), 200, quality={"en": Share(50, 100), "en count": Share(0, 3)})
    assert decide([few], "What is 12 times 12?") == ("small", "only")


def test_of_bad_ones_the_best():
    worse = Able("worse", ("en",), 100, seconds=0.1, quality={"en": Share(30, 100)})
    assert decide([worse, SMALL]) == ("small", "best")


def test_nothing_measured_is_the_model_of_the_settings():
    assert decide([Able("a", ("en",), 1), Able("b", ("en",), 1)]) == ("a", "unmeasured")


def test_energy_decides_where_it_is_known_and_loading_counts():
    fast = Able("fast", ("en",), 1, seconds=1, joules=50, quality={"en": Share(9, 10)})
    frugal = Able("frugal", ("en",), 1, seconds=2, joules=20, load_seconds=9,
                  quality={"en": Share(9, 10)})  # fmt: skip
    assert decide([fast, frugal], loaded=["fast", "frugal"]) == ("frugal", "cheapest")
    assert decide([fast, frugal], loaded=["fast"]) == ("fast", "cheapest")


def test_who_chooses_functions_is_the_cheapest_that_can_and_has_room():
    small = Able("small", ("en",), 200)
    able = Able("able", ("en", "es"), 1300, seconds=2.0, load_seconds=1.0, calls=True)
    large = Able("large", ("multi",), 2300, seconds=5.0, calls=True)
    models = [small, large, able]

    def caller_of(language, free, loaded=()):
        found = caller(language, models, loaded=loaded, free_mb=free)
        return found and found.id

    assert caller_of("en", 4000) == "able"
    assert caller_of("fr", 4000) == "large"
    assert caller_of("en", 500) is None
    assert caller_of("en", 500, loaded=["large"]) == "large"


def reads(name, right, **changes):
    fields = {"ram_mb": 200, "seconds": 1.0, "quality": {"en read": Share(right, 20)}}
    return Able(name, ("en",), **(fields | changes))


def test_who_puts_a_text_into_words_is_the_cheapest_that_reads_well_and_has_room():
    poor, good, costly = reads("poor", 15), reads("good", 16), reads("costly", 20, seconds=9.0)
    all_ = [poor, costly, good]

    def read(models=all_, language="en", loaded=(), free_mb=9000):
        found = reader(language, models, loaded=loaded, free_mb=free_mb)
        return found.id if found else None

    assert read() == "good"
    assert read([poor, costly]) == "costly"
    assert read([poor]) is None and read(language="es") is None
    assert read([poor, reads("large", 20, ram_mb=8000)], free_mb=1000) is None
    assert read([reads("large", 20, ram_mb=8000)], free_mb=1000, loaded=["large"]) == "large"
    assert read([SMALL, LARGE]) is None  # good at what they know by heart is something else


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("why is the sky blue", "en", True),
        ("tell me about the warranty", "en", True),
        ("I wonder when the warranty ends", "en", True),
        ("do you know when the warranty ends", "en", True),
        ("is the boiler under warranty", "en", True),
        ("the warranty?", "en", True),
        ("tell me a joke", "en", False),
        ("write a poem about what you see", "en", False),
        ("I love you", "en", False),
        ("sorry", "en", False),
        ("set timer 1h30", "en", False),
        ("set two alarms at 6 30", "en", False),
        ("how are you", "en", False),
        ("do you like me?", "en", False),
        ("cuándo acaba la garantía", "es", True),
        ("háblame de la garantía", "es", True),
        ("¿La caldera tiene garantía?", "es", True),
        ("cuéntame un chiste", "es", False),
        ("te quiero", "es", False),
        ("perdón", "es", False),
        ("pon temporizador 1h30", "es", False),
        ("¿Cómo estás?", "es", False),
        ("¿Me quieres?", "es", False),
    ],
)
def test_whether_something_written_could_answer(text, language, expected):
    assert of_the_world(text, language) is expected
