"""Processor time of each stage, with the threads that its engine starts."""

import threading
import time

from assistant import threads
from assistant.worker import Worker


def burn(seconds):
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_each_stage_has_the_time_of_the_threads_that_it_started():
    go_on = threading.Event()
    burnt = threading.Semaphore(0)

    def work():
        burn(0.3)
        burnt.release()
        go_on.wait(60)

    def with_a_helper(_engine):
        helper = threading.Thread(target=work)
        helper.start()
        work()
        helper.join()

    before = threads.times()
    worker = Worker("speak", object)
    worker.start(with_a_helper)
    for _ in range(2):
        assert burnt.acquire(timeout=60)
    burn(0.03)
    spent = threads.spent(before, threads.times())
    go_on.set()
    worker.close()
    assert 0.6 <= spent["speak"] < 0.9
    assert 0.03 <= spent["turn"] < 0.3


def test_a_number_that_another_thread_got_counts_from_nothing():
    before = {7: ("speak", 5.0), 8: ("hear", 2.0), 9: ("act", 1.0)}
    after = {7: ("think", 0.5), 8: ("hear", 0.25), 9: ("act", 1.5)}
    assert threads.spent(before, after) == {"think": 0.5, "hear": 0.25, "act": 0.5}
