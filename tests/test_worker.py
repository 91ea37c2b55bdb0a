"""The cancel signal, the channel, and the worker."""

import threading
import time

import pytest

from assistant.errors import ModelError
from assistant.worker import Cancel, Channel, Worker


def test_cancel_calls_back_once_even_when_late():
    cancel, calls = Cancel(), []
    cancel.on_set(lambda: calls.append("early"))
    cancel.set()
    cancel.set()
    cancel.on_set(lambda: calls.append("late"))
    assert calls == ["early", "late"]
    assert cancel.is_set()


def test_channel_keeps_order_and_ends():
    channel: Channel[int] = Channel(8)
    for number in range(5):
        assert channel.put(number)
    channel.close()
    assert list(channel) == [0, 1, 2, 3, 4]
    assert list(channel) == []
    assert not channel.put(5)


def test_channel_makes_a_fast_writer_wait():
    channel: Channel[int] = Channel(2)
    written = []

    def write():
        for number in range(5):
            channel.put(number)
            written.append(number)
        channel.close()

    thread = threading.Thread(target=write)
    thread.start()
    time.sleep(0.05)
    assert written == [0, 1]
    assert list(channel) == [0, 1, 2, 3, 4]
    thread.join()


def test_closing_lets_waiting_writers_go():
    channel: Channel[int] = Channel(1)
    channel.put(1)
    results = []
    thread = threading.Thread(target=lambda: results.append(channel.put(2)))
    thread.start()
    channel.close()
    thread.join(2)
    assert results == [False]


class Engine:
    def __init__(self):
        self.thread = threading.current_thread().name
        self.closed = False

    def close(self):
        self.closed = True


def test_the_engine_belongs_to_one_thread():
    worker = Worker("engine", Engine)
    assert not worker.loaded
    names = {worker.start(lambda _: threading.current_thread().name).result() for _ in range(5)}
    assert names == {worker.start(lambda e: e.thread).result()} == {"engine_0"}
    engine = worker.start(lambda e: e).result()
    worker.close()
    assert engine.closed


def test_unloading_frees_and_the_next_call_loads_again():
    worker = Worker("engine", Engine)
    first = worker.start(lambda e: e).result()
    worker.unload().result()
    assert first.closed
    assert not worker.loaded
    assert worker.start(lambda e: e).result() is not first
    worker.close()


def test_a_cancelled_turn_does_not_wait_for_the_engine():
    worker = Worker("engine", Engine)
    cancel, release = Cancel(), threading.Event()
    threading.Timer(0.05, cancel.set).start()
    start = time.monotonic()
    assert worker.run(lambda _: release.wait(5), cancel) is None
    assert time.monotonic() - start < 1
    release.set()
    worker.close()


def test_errors_are_raised_to_the_asker_and_loading_is_tried_again():
    attempts = []

    def load():
        attempts.append(1)
        if len(attempts) == 1:
            raise ModelError("missing")
        return Engine()

    worker = Worker("engine", load)
    with pytest.raises(ModelError):
        worker.run(lambda e: e, Cancel())
    assert worker.run(lambda e: e, Cancel()) is not None
    worker.close()
