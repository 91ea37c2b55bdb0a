"""The real server on a real socket, with peers that behave, and others."""

import gc
import os
import socket
import stat
import subprocess
import sys
import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from assistant.daemon import local, peer as limits
from assistant.daemon.client import Connection, DeclinedError, NotRunningError
from assistant.daemon.protocol import LONGEST_LINE
from assistant.daemon.server import MOST_CLIENTS, ControlServer
from assistant.errors import StorageError


def test_a_request_and_its_reply(served):
    peer = served.connect()
    assert peer.ask(id=4, do="say", text="hello") == {"v": 1, "id": 4, "ok": True, "text": "hello"}
    assert [type(r).__name__ for r in served.requests] == ["Say"]


def test_it_is_for_its_owner_only_and_cleans_up(served):
    assert stat.S_IMODE(served.path.stat().st_mode) == 0o600
    served.server.close()
    assert not served.path.exists()
    served.server = ControlServer(served.path, served.handle)
    served.server.start()  # again, at the same place


def test_another_user_is_let_go_without_a_word(served):
    """The mode of the socket would keep it out already; here that is opened to see the second
    guard, the kernel's word for who is there."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to be somebody else")
    for folder in [served.path.parent, *served.path.parents]:
        if folder.parent != folder and str(folder).startswith("/tmp/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    served.path.chmod(0o666)
    program = (
        "import os, socket, sys; os.setgid(65534); os.setuid(65534);"
        "s = socket.socket(socket.AF_UNIX); s.settimeout(60); s.connect(sys.argv[1]);"
        "print(repr(s.recv(100)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(served.path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "b''\n", done.stderr
    assert served.connect().ask(do="status")["ok"]


def test_a_failing_handler_is_told_and_the_server_goes_on(served, caplog):
    peer = served.connect()
    failed = peer.ask(id=2, do="say", text="fail")
    assert (failed["ok"], failed["code"], failed["id"]) == (False, "failed", 2)
    assert "inside" not in failed["error"], "what an exception holds is not for peers"
    assert peer.ask(do="status")["ok"]


def test_replies_may_come_later_and_in_any_order(served):
    peer = served.connect()
    for number in range(limits.MOST_REQUESTS):
        peer.send(b'{"v":1,"id":%d,"do":"say","text":"hold"}\n' % number)
    served.wait(lambda: len(served.held) == limits.MOST_REQUESTS)
    busy = peer.ask(id=99, do="say", text="one more")
    assert (busy["id"], busy["code"]) == (99, "busy")
    for answer in reversed(served.held):
        answer({"ok": True})
    assert [peer.next()["id"] for _ in served.held] == list(reversed(range(limits.MOST_REQUESTS)))
    assert peer.ask(do="say", text="again")["ok"]


def test_a_reply_to_one_who_has_gone(served):
    peer = served.connect()
    peer.send(b'{"v":1,"do":"say","text":"hold"}\n')
    served.wait(lambda: served.held)
    peer.close()
    time.sleep(0.05)
    served.held[0]({"ok": True})
    assert served.connect().ask(do="status")["ok"]


def test_who_ends_its_requests_gets_the_replies(served):
    """As `nc -N` does, and every program that shuts its side down when it has asked."""
    peer, other = served.connect(), served.connect()
    peer.send(
        b'{"v":1,"id":1,"do":"say","text":"hold"}\n{"v":1,"id":2,"do":"say","text":"at once"}\n'
    )
    peer.socket.shutdown(socket.SHUT_WR)
    assert peer.next() == {"v": 1, "id": 2, "ok": True, "text": "at once"}
    assert other.ask(do="status")["ok"]  # another round: it is known by now that no more comes
    served.held[0]({"ok": True})
    assert peer.next() == {"v": 1, "id": 1, "ok": True}
    assert peer.next() is None


def test_the_server_sleeps_meanwhile(served):
    """A socket that is at its end can be read for ever."""
    peer = served.connect()
    peer.send(b'{"v":1,"do":"say","text":"hold"}\n')
    peer.socket.shutdown(socket.SHUT_WR)
    served.wait(lambda: served.held)
    watched = served.server._selector.get_map()
    served.wait(lambda: len(watched) == 2 and len(served.server._peers) == 1)
    assert served.connect().ask(do="status")["ok"]
    assert len(watched) == 3  # the listener, the waker, and who is asking
    served.held[0]({"ok": True})
    assert peer.next()["ok"]


def test_who_goes_while_it_waits_for_a_reply_makes_room_at_once(served):
    peer = served.connect()
    peer.send(b'{"v":1,"do":"say","text":"hold"}\n')
    served.wait(lambda: served.held)
    peer.close()
    served.wait(lambda: not served.server._peers)


def test_too_many_clients(served):
    peers = [served.connect() for _ in range(MOST_CLIENTS)]
    turned_away = served.raw()
    assert turned_away.next()["code"] == "too_many"
    assert turned_away.next() is None
    peers[0].close()
    served.wait(lambda: served.raw().next().get("hello"))


def test_a_line_that_is_too_long_ends_the_connection(served):
    peer = served.connect()
    peer.send(b"x" * (LONGEST_LINE + 1))
    assert peer.next()["code"] == "too_long"
    assert peer.next() is None
    long = served.connect()
    longest = b'{"v":1,"do":"status"' + b" " * (LONGEST_LINE - 22) + b"}\n"
    assert len(longest) == LONGEST_LINE
    long.send(longest)
    assert long.next()["ok"]


def test_who_sends_only_rubbish_is_let_go(served):
    peer = served.connect()
    peer.send(b"rubbish\n" * 100)
    codes = []
    while (message := peer.next()) is not None:
        codes.append(message["code"])
    assert codes == ["not_json"] * limits.MOST_BLUNDERS
    assert served.requests == []


def test_who_does_nothing_is_let_go_and_who_listens_is_not(served):
    idle, half, listens = served.connect(), served.connect(), served.connect()
    half.send(b'{"v":1,')
    listens.ask(do="events")
    listens.ask(do="status")  # in another round: by now the half of a line has been read
    served.time = limits.HALF_A_LINE + 1
    assert half.next() is None
    served.time = limits.IDLE + 1
    assert idle.next() is None
    served.server.publish("idle", {})
    assert listens.next()["event"] == "idle"


def test_who_waited_long_for_a_reply_may_ask_again(served):
    peer = served.connect()
    peer.send(b'{"v":1,"do":"say","text":"hold"}\n')
    served.wait(lambda: served.held)
    served.time = limits.IDLE + 1
    served.held[0]({"ok": True})
    assert peer.next()["ok"]
    assert peer.ask(do="status")["ok"]
    served.time += limits.IDLE + 1
    assert peer.next() is None, "as anybody who does nothing"


def test_events(served):
    everything, some, loud = served.connect(), served.connect(), served.connect()
    everything.ask(do="events")
    some.ask(do="events", kinds=["idle"])
    loud.ask(do="events", kinds=["idle"], level=True)
    served.wait(lambda: served.server.wanted("heard") and "level" in served.server._wanted)
    for kind, fields in [("heard", {"text": "¿qué?"}), ("level", {"level": 0.5}), ("idle", {})]:
        served.server.publish(kind, fields)
    assert everything.next() == {"v": 1, "event": "heard", "text": "¿qué?"}
    assert everything.next()["event"] == some.next()["event"] == "idle"
    assert loud.next() == {"v": 1, "event": "level", "level": 0.5}


def test_nobody_listens(served):
    assert not served.server.wanted("heard")
    served.server.publish("heard", {"text": object()})  # not even written down


def test_who_reads_slowly_misses_events_and_holds_nobody_up(served):
    slow, quick = served.connect(), served.connect()
    for peer in (slow, quick):
        peer.ask(do="events")
    served.wait(lambda: served.server.wanted("heard"))
    text, count, got = "x" * 1000, 2000, []
    reader = threading.Thread(
        target=lambda: [got.append(quick.next()) for _ in range(count + 1)], name="quick"
    )
    reader.start()
    for number in range(count):  # would never end if it waited for who reads slowly
        served.server.publish("heard", {"text": text, "number": number})
        if number % 50 == 49:
            served.wait(lambda number=number: len(got) > number)  # the quick one keeps up
    served.server.publish("idle", {})
    reader.join(60)
    assert [m.get("number") for m in got] == [*range(count), None]
    seen, missed = 0, 0
    served.server.publish("idle", {})  # with room again, what was missed is told first
    while seen + missed < count:
        message = slow.next()
        seen += message["event"] == "heard"
        missed += message.get("count", 0)
        if message["event"] != "missed":
            served.server.publish("idle", {})
    assert seen + missed >= count and missed > 0


def test_the_path_of_a_socket_has_a_longest(tmp_path):
    server = ControlServer(tmp_path / ("x" * 120), lambda *_: None)
    with pytest.raises(StorageError, match="XDG_RUNTIME_DIR"):
        server.start()
    server.close()


def test_the_client(served):
    with Connection(served.path) as connection:
        assert connection.request("say", text="hi", language=None)["text"] == "hi"
        with pytest.raises(DeclinedError, match="It failed: ValueError"):
            connection.request("say", text="fail")
        connection.request("events")
        served.wait(lambda: served.server.wanted("idle"))
        served.server.publish("idle", {})
        events = connection.events()
        assert next(events)["event"] == "idle"
        served.server.close()
        assert list(events) == []
        with pytest.raises(NotRunningError, match="has ended"):
            connection.request("status")
    with pytest.raises(NotRunningError, match="assistant run"):
        Connection(served.path)


@pytest.mark.parametrize("greeting", [b"", b"{}\n", b"[" * 9000 + b"\n", None])
def test_the_client_keeps_no_connection_to_who_does_not_greet(greeting, tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.daemon.client.PATIENCE", 0.2)
    with local.listening(tmp_path / "control", 1) as server:
        closed = threading.Event()

        def accept():
            peer = server.accept()[0]
            with peer:
                if greeting is not None:
                    peer.sendall(greeting)
                    peer.shutdown(socket.SHUT_WR)
                peer.settimeout(60)
                while peer.recv(100):
                    pass
                closed.set()

        server.setblocking(True)
        thread = threading.Thread(target=accept)
        thread.start()
        with pytest.raises(NotRunningError) as why:
            Connection(tmp_path / "control")
        assert closed.wait(60)  # while the exception, and all that it holds, is still there
        assert why.value
        thread.join()


# -- anything at all ------------------------------------------------------------------------------

pieces = st.lists(
    st.binary(max_size=60)
    | st.text(max_size=40).map(lambda t: t.encode("utf-8", "replace"))
    | st.sampled_from(
        [b"\n", b"{", b'{"v":1,"do":"status"}\n', b'{"v":1,"do":"mute"', b"\x00" * 50, b"[" * 500]
    ),
    max_size=12,
)


def is_request(line):
    """By another reading than the server's own: nothing else may reach the handler."""
    return line == b'{"v":1,"do":"status"}'


@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(pieces)
def test_no_bytes_stop_the_server_or_do_anything(served, sent):
    served.requests.clear()
    peer = served.raw()
    try:
        for piece in sent:
            peer.send(piece)
    except OSError:
        pass  # let go already
    peer.close()
    other = served.connect()
    assert other.ask(id=5, do="say", text="still there")["id"] == 5
    other.close()
    lines = b"".join(sent).split(b"\n")[:-1]
    names = [type(r).__name__ for r in served.requests]
    assert names.count("Say") == 1
    assert len(names) - 1 <= sum(map(is_request, lines))


def test_one_that_never_listened_leaves_nothing_open(tmp_path):
    """As when another instance runs already: a socket left open is a warning, and so an error."""
    ControlServer(tmp_path / "control", lambda request, answer: None)
    gc.collect()
