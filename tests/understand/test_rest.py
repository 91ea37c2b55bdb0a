"""What the understanding makes while it works is let go of, and made again."""

import threading
import tracemalloc

SAID = [
    "set a timer for ten minutes and thirty seconds",
    "add milk and eggs to the shopping list",
    "set an alarm for half past seven tomorrow morning",
    "what is fifteen percent of eighty",
    "remind me to water the plants at six",
    "ad milk and ex to the shoping list",  # by sound
    "how many days until christmas",
]


def test_sentences_are_understood_as_before(cascade):
    before = [cascade.route(text, "en") for text in SAID]
    cascade.rest()
    assert [cascade.route(text, "en") for text in SAID] == before


def test_it_is_given_back(cascade):
    cascade.rest()
    tracemalloc.start()
    try:
        for text in SAID:
            cascade.route(text, "en")
        made, _ = tracemalloc.get_traced_memory()
        cascade.rest()
        left, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert made > 100_000
    assert left < made / 2


def test_another_thread_may_be_reading(cascade):
    before = [cascade.route(text, "en") for text in SAID]
    over = threading.Event()

    def let_go():
        while not over.is_set():
            cascade.rest()

    other = threading.Thread(target=let_go)
    other.start()
    try:
        for _ in range(3):
            assert [cascade.route(text, "en") for text in SAID] == before
    finally:
        over.set()
        other.join()
