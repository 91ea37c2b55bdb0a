"""The cancel signal, the channel, and the worker."""

import threading
import time
from concurrent.futures import Future

import pytest

from assistant.channel import Channel
from assistant.errors import EngineError, ModelError
from assistant.patience import DOUBTED, LOADS, OneThread, Running, waiting
from assistant.threads import Work
from assistant.worker import HOPELESS, Cancel, Worker


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
    while len(written) < 2:
        time.sleep(0.005)
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
    thread.join(60)
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
    assert names == {worker.start(lambda e: e.thread).result()} == {"engine"}
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
    assert worker.run(lambda _: release.wait(60), cancel) is None
    assert time.monotonic() - start < 30
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


# -- calls that take too long ---------------------------------------------------------------------


@pytest.fixture
def impatient():
    """A worker that waits a second, and what lets the calls that hang go in the end. A machine that
    stands still adds half a second at most."""
    release = threading.Event()
    worker = Worker("act", lambda: "engine", patience=1.0)
    yield worker, release
    release.set()
    worker.close()


def test_a_call_that_hangs_is_given_up_and_the_next_one_works(impatient):
    worker, release = impatient
    started = time.monotonic()
    with pytest.raises(TimeoutError, match=r"no answer in 1 s"):
        worker.run(lambda _: release.wait(60), Cancel())
    assert time.monotonic() - started < 30
    assert worker.run(str.upper, Cancel()) == "ENGINE"


def test_one_that_hangs_in_a_cancelled_turn_does_not_block_the_next_turn(impatient):
    worker, release = impatient
    cancel = Cancel()
    threading.Timer(0.05, cancel.set).start()
    assert worker.run(lambda _: release.wait(60), cancel) is None
    assert worker.run(str.upper, Cancel()) == "ENGINE"  # waits for the rest of the second


def test_what_comes_too_late_is_dropped(impatient):
    worker, release = impatient
    hanging = worker.start(lambda _: release.wait(60))
    assert worker.run(str.upper, Cancel()) == "ENGINE"
    release.set()
    with pytest.raises(TimeoutError):
        hanging.result(60)


def test_calls_keep_their_order_and_their_errors(impatient):
    worker, _ = impatient
    done = [worker.start(lambda _, n=n: n) for n in range(20)]
    assert [future.result(60) for future in done] == list(range(20))
    with pytest.raises(ZeroDivisionError):
        worker.run(lambda _: 1 / 0, Cancel())


def test_closing_does_not_wait_for_ever():
    release = threading.Event()
    worker = Worker("act", lambda: "engine", patience=0.2)
    worker.start(lambda _: release.wait(60))
    started = time.monotonic()
    worker.close()
    assert time.monotonic() - started < 30
    with pytest.raises(RuntimeError, match="no more calls"):
        worker.start(str.upper)
    release.set()


def test_whoever_waits_for_a_result_is_let_go_when_cancelled():
    worker = Worker("engine", Engine)
    cancel, future = Cancel(), Future()
    threading.Timer(0.05, cancel.set).start()
    assert worker.wait(future, cancel) is None
    done = Future()
    done.set_result(3)
    assert worker.wait(done) == worker.done(done) == 3
    worker.close()


# -- engines that hang, or are gone ---------------------------------------------------------------


class Hanging:
    """An engine of which the first one hangs in its first call."""

    made = 0

    def __init__(self, release):
        Hanging.made += 1
        self.first, self.release = Hanging.made == 1, release

    def answer(self):
        if self.first:
            self.release.wait(60)
        return Hanging.made


@pytest.fixture
def hanging():
    Hanging.made, release = 0, threading.Event()
    worker = Worker("engine", lambda: Hanging(release), still=0.3)
    yield worker
    release.set()
    worker.close()


def test_an_engine_that_hangs_is_made_anew_and_asked_again(hanging):
    began = time.monotonic()
    assert hanging.run(Hanging.answer, Cancel()) == 2
    assert time.monotonic() - began < 30
    assert hanging.given_up == 1
    assert hanging.run(Hanging.answer, Cancel()) == 2  # no third one


def test_whoever_reads_what_an_engine_writes_finds_out_that_it_hangs(hanging):
    written: Channel[str] = Channel()
    future = hanging.start(Hanging.answer)
    future.add_done_callback(lambda _: written.close())
    written.put("So")
    assert list(written.each(hanging.look)) == ["So"]
    with pytest.raises(TimeoutError, match="no sign of life"):
        hanging.done(future)


def test_one_that_always_hangs_is_an_error_with_words():
    release = threading.Event()
    worker = Worker("engine", lambda: release, still=0.2)
    with pytest.raises(EngineError) as raised:
        worker.run(lambda e: e.wait(60), Cancel())
    assert "stuck" in raised.value.speech("en")
    assert worker.given_up >= HOPELESS, "this process will not hear again"
    release.set()
    worker.close()


def test_one_that_computes_does_not_hang():
    def burn(_):
        until = time.monotonic() + 1.0
        while time.monotonic() < until:
            sum(range(1000))
        return "done"

    worker = Worker("engine", Engine, still=0.3)
    assert worker.run(burn, Cancel()) == "done"
    assert worker.given_up == 0
    worker.close()


class Spinning:
    """Computes for ever, when it is told to; the first one that was made."""

    made = 0

    def __init__(self, release):
        Spinning.made += 1
        self.number, self.release = Spinning.made, release

    def answer(self, seconds=0.0, forever=False):
        until = time.thread_time() + seconds
        while time.thread_time() < until or (
            forever and self.number == 1 and not self.release.is_set()
        ):
            sum(range(1000))
        return self.number


def test_one_that_computes_for_ever_is_found_out_by_what_it_used_to_spend(monkeypatch):
    monkeypatch.setattr("assistant.patience.LEAST", 0.3)
    Spinning.made, release = 0, threading.Event()
    worker = Worker("spinning", lambda: Spinning(release), still=5.0)
    cancel = Cancel()
    # it may spend much for much, as long as it likes where nothing is known of its size
    assert worker.run(lambda e: e.answer(0.05), cancel, size=1.0) == 1
    assert worker.run(lambda e: e.answer(0.5), cancel, size=9.0) == 1
    assert worker.run(lambda e: e.answer(0.6), cancel) == 1
    assert worker.given_up == 0
    assert worker.run(lambda e: e.answer(forever=True), cancel, size=0.0) == 2
    assert worker.given_up >= 3, "it must not be left like that for long"
    # what it goes on spending is not held against the next one
    assert worker.run(lambda e: e.answer(0.01), cancel, size=0.0) == 2
    assert Spinning.made == 2
    release.set()
    worker.close()


def test_loading_may_wait_for_others_where_it_says_so():
    def load():
        with waiting():
            time.sleep(2.0)
        return Engine()

    worker = Worker("waits", load, still=0.3)
    assert worker.ask(lambda e: e) is not None
    assert worker.given_up == 0
    worker.close()


class Loads:
    """Loading that does something else each time; `hangs` until `release` is set."""

    def __init__(self, *ways):
        self.ways, self.release = list(ways), threading.Event()

    def __call__(self):
        until = time.thread_time() + 1.5
        match self.ways.pop(0):
            case "hangs":
                self.release.wait(60)
            case "computes":  # slowly: longer than it may be still
                while time.thread_time() < until:
                    sum(range(1000))
            case "spins":
                while not self.release.is_set():
                    pass
        return Engine()


@pytest.fixture
def loads():
    made = []

    def make(*ways, still):
        load = Loads(*ways)
        worker = Worker("loads", load, still=still)
        made.append((load, worker))
        return worker

    yield make
    for load, worker in made:
        load.release.set()
        worker.close()


def test_an_engine_that_hangs_while_it_is_loaded_is_made_anew(loads):
    worker = loads("hangs", "at once", still=0.3)
    assert worker.ask(lambda e: e) is not None
    assert worker.given_up == 1


def test_one_that_is_loaded_slowly_is_waited_for(loads):
    worker = loads("computes", still=0.3)
    assert worker.ask(lambda e: e) is not None
    assert worker.given_up == 0


def test_one_that_computes_for_ever_while_it_is_loaded_is_found_out(loads, monkeypatch):
    monkeypatch.setattr("assistant.patience.BARREN", 1.0)
    worker = loads("spins", "at once", still=30.0)
    assert worker.ask(lambda e: e) is not None
    assert worker.given_up >= 1


def test_one_that_was_made_anew_is_doubted_until_it_answers(loads):
    """What hung may hold a lock for ever: then the next one hangs at once, and is told sooner."""
    worker = loads("hangs", "hangs", still=2.0)
    began = time.monotonic()
    with pytest.raises(EngineError):
        worker.ask(lambda e: e)
    assert worker.given_up >= HOPELESS
    assert time.monotonic() - began >= 2.0 * (LOADS + DOUBTED) * 0.9
    assert DOUBTED < 1 < LOADS


def test_an_engine_that_is_gone_is_loaded_again_and_asked_again():
    calls = []

    def answer(engine):
        calls.append(engine)
        if len(calls) == 1:
            raise EngineError("its process has ended")
        return "answered"

    worker = Worker("engine", Engine)
    assert worker.run(answer, Cancel()) == "answered"
    assert calls[0].closed
    assert calls[0] is not calls[1]
    worker.close()


def test_what_changes_something_is_never_done_twice(impatient):
    worker, _ = impatient
    calls = []

    def act(_):
        calls.append(1)
        raise EngineError("gone")

    with pytest.raises(EngineError):
        worker.run(act, Cancel())
    assert calls == [1]


def test_an_engine_loaded_too_late_is_closed_and_not_used():
    release, made = threading.Event(), []

    def load():
        engine = Engine()
        made.append(engine)
        if len(made) == 1:
            release.wait(60)
        return engine

    worker = Worker("engine", load, limit=1.0)
    assert worker.run(lambda e: e, Cancel()) is made[1]
    release.set()
    deadline = time.monotonic() + 60
    while not made[0].closed and time.monotonic() < deadline:
        time.sleep(0.01)
    assert made[0].closed
    assert worker.ask(lambda e: e) is made[1]
    worker.close()


def test_a_process_that_was_stopped_did_not_wait():
    """Suspended for an hour, or stopped by somebody: that is no hour of a call."""
    call = Running(Future(), 10.0, 0.0)
    call.look(3600.0, Work(1.0, busy=False))
    call.look(7200.0, Work(1.0, busy=False))
    assert call.on == 1.0
    assert call.still == 0.5
    call.look(7200.25, Work(1.0, busy=True))  # it waits for a processor, or a disk
    assert call.still == 0.0
    call.look(7200.5, Work(1.1, busy=False))  # it has computed
    assert call.still == 0.0
    call.look(7200.75, Work(1.1, busy=False))
    assert call.still == 0.25


def test_whoever_has_a_thread_is_told_when_a_call_is_given_up():
    given_up = []
    release = threading.Event()
    thread = OneThread("act", 0.1, given_up=lambda: given_up.append(1))
    future = thread.submit(lambda: release.wait(60))
    while not thread.give_up():
        time.sleep(0.02)
    assert isinstance(future.exception(), TimeoutError)
    assert given_up == [1]
    thread.shutdown()
    release.set()
