"""The D-Bus service of the control calls, on the bus of the user's session: for desktop keys.

One thread, which waits for the bus and for nobody else. Where there is no bus, or it goes, it looks
for one from time to time: the voice does not need it. Only the user's own programs reach the bus.
"""

from __future__ import annotations

import contextlib
import logging
import selectors
import threading
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageFlag,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.low_level import Message
from jeepney.wrappers import unwrap_msg

from assistant.daemon import bus_calls, local
from assistant.daemon.protocol import RefusedError, Request
from assistant.daemon.server import Answer
from assistant.handlers.bus import PATIENCE, session_address
from assistant.handlers.bus_wire import BusError, Connection, clear_errors, connect
from assistant.threads import named

log = logging.getLogger(__name__)

AGAIN_AFTER = 30.0
"""Seconds until the bus is looked for again."""
SEND_WITHIN = 2.0
"""Seconds after which a bus that takes nothing counts as gone."""
MOST_CALLS = 32
"""That wait for their replies at a time, of all programs together."""
LONGEST_MESSAGE = 65_536
"""Bytes; the bus itself would pass on a gigabyte."""
OF_WORDS = frozenset({"heard", "partial", "speaking", "routed", "source", "timer"})
"""Kinds of events whose text is what somebody said, or had us remember."""
_QUEUED = 200
_DO_NOT_QUEUE, _OWNER = 4, 1  # of RequestName
_STANDARD = "org.freedesktop.DBus"


class BusServer:
    """handle: as for `ControlServer`: it must not wait. words: whether events say what was heard
    and answered; whoever listens on the session's bus sees them."""

    def __init__(
        self,
        handle: Callable[[Request, Answer], None],
        *,
        words: bool = False,
        again_after: float = AGAIN_AFTER,
    ) -> None:
        self._handle, self._words, self._again_after = handle, words, again_after
        self._out: deque[Message] = deque(maxlen=_QUEUED)
        self._replies: deque[tuple[Message, str, Mapping[str, Any]]] = deque()
        self._calls = 0
        self._there = False
        self._ending = threading.Event()
        self._waker, self._woken = local.pair()
        self._thread = threading.Thread(target=self._run, name="bus")

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._ending.set()
        self._wake()
        if self._thread.ident is not None:
            self._thread.join()
        self._waker.close()
        self._woken.close()

    def publish(self, kind: str, fields: Mapping[str, Any]) -> None:
        """Tell who listens. Any thread; nothing waits, and without a bus nothing is done."""
        if not self._there or (kind == "partial" and not self._words):
            return
        if kind in OF_WORDS and not self._words:
            fields = {name: value for name, value in fields.items() if name != "text"}
        where = DBusAddress(bus_calls.PATH, interface=bus_calls.INTERFACE)
        told = (kind, bus_calls.variants(fields))
        self._out.append(new_signal(where, "Event", "sa{sv}", told))
        self._wake()

    # -- the thread of the bus ------------------------------------------------------------------

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # full: it will wake anyway
            self._waker.send(b"!")

    def _run(self) -> None:
        named("bus")
        while not self._ending.is_set():
            try:
                with self._connected() as connection:
                    self._there = True
                    self._serve(connection)
            except (BusError, OSError) as error:
                log.info("the session bus: %s", error)
            except Exception:  # a message that is none: begin anew
                log.exception("the session bus")
            self._there = False
            self._out.clear()
            self._ending.wait(self._again_after)

    @contextlib.contextmanager
    def _connected(self) -> Any:
        """The bus, with our name on it. Raises BusError, and OSError."""
        with contextlib.closing(connect(session_address(), "session", PATIENCE)) as connection:
            connection.sock.settimeout(SEND_WITHIN)
            if not local.same_user(connection.sock):
                log.warning("the session bus belongs to another user: it is left alone")
                raise BusError("denied", "The session bus belongs to another user.")
            asked = message_bus.RequestName(bus_calls.NAME, _DO_NOT_QUEUE)
            with clear_errors("RequestName"):
                [took] = unwrap_msg(connection.send_and_get_reply(asked))
            if took != _OWNER:
                raise BusError("denied", f"{bus_calls.NAME} is taken by another program.")
            yield connection

    def _serve(self, connection: Connection) -> None:
        """Until the bus goes (OSError), or the program ends."""
        with selectors.DefaultSelector() as selector:
            selector.register(connection.sock, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            self._parse(connection, b"")  # what came while our name was asked for
            while not self._ending.is_set():
                ready = [key.fileobj for key, _ in selector.select()]
                if self._woken in ready:
                    self._woken.recv(4096)
                self._pass_on(connection)
                if connection.sock in ready:
                    self._read(connection)
                    self._pass_on(connection)

    def _read(self, connection: Connection) -> None:
        piece = connection.sock.recv(16_384)
        if not piece:
            raise ConnectionResetError("the bus has gone")
        self._parse(connection, piece)

    def _parse(self, connection: Connection, piece: bytes) -> None:
        for message in connection.parser.feed(piece):
            if message.header.message_type is MessageType.method_call:
                self._take(message)
        if (connection.parser.next_msg_size or 0) > LONGEST_MESSAGE:
            raise ConnectionError("a message is too long: begin anew without it")

    def _take(self, call: Message) -> None:
        fields = call.header.fields
        member = str(fields.get(HeaderFields.member, ""))
        interface = str(fields.get(HeaderFields.interface, bus_calls.INTERFACE))
        if interface.startswith(f"{_STANDARD}."):
            self._out.append(_standard(call, interface.rpartition(".")[2], member))
            return
        try:
            here = fields.get(HeaderFields.path) == bus_calls.PATH
            if not here or interface != bus_calls.INTERFACE:
                raise RefusedError("UnknownObject", f"There is only {bus_calls.PATH}.")
            if self._calls >= MOST_CALLS:
                raise RefusedError("LimitsExceeded", "Wait for the replies to the calls before.")
            signature = str(fields.get(HeaderFields.signature, ""))
            asked = bus_calls.request(member, signature, call.body)
        except RefusedError as error:
            self._out.append(_refusal(call, f"{_STANDARD}.Error.{error.code}", str(error)))
            return
        self._calls += 1

        def answer(told: Mapping[str, Any]) -> None:
            self._replies.append((call, member, told))
            self._wake()

        try:
            self._handle(asked, answer)
        except Exception as error:  # whatever it is, the service goes on
            log.exception("a call failed")
            answer({"ok": False, "code": "failed", "error": f"It failed: {type(error).__name__}."})

    def _pass_on(self, connection: Connection) -> None:
        while self._replies:
            call, member, told = self._replies.popleft()
            self._calls -= 1
            if call.header.flags & MessageFlag.no_reply_expected:
                continue
            if told.get("ok"):
                values = bus_calls.reply(member, told)
                returns = bus_calls.METHODS[member].returns
                self._out.append(new_method_return(call, returns or None, values))
            else:
                name = _camel(str(told.get("code") or "failed"))
                self._out.append(_refusal(call, f"{bus_calls.ERROR}.{name}", told["error"]))
        while self._out:
            message = self._out.popleft()
            with contextlib.suppress(ValueError, TypeError):  # half a character, in a name or so
                connection.send(message)


def _camel(code: str) -> str:
    """The last part of an error's name: "too_many" becomes TooMany."""
    words = "".join(c if c.isalnum() and c.isascii() else " " for c in code).split()
    return "".join(word.capitalize() for word in words if not word[:1].isdigit()) or "Failed"


def _refusal(call: Message, name: str, sentence: str) -> Message:
    return new_error(call, name, "s", (sentence,))


def _standard(call: Message, interface: str, member: str) -> Message:
    """What every object of D-Bus can tell."""
    match interface, member:
        case "Introspectable", "Introspect":
            path = call.header.fields.get(HeaderFields.path)
            node = bus_calls.PATH.strip("/").split("/")
            if path == "/":
                return new_method_return(call, "s", (f'<node><node name="{node[0]}"/></node>',))
            if path == f"/{node[0]}":
                return new_method_return(call, "s", (f'<node><node name="{node[1]}"/></node>',))
            return new_method_return(call, "s", (bus_calls.introspection(),))
        case "Peer", "Ping":
            return new_method_return(call)
        case "Properties", "GetAll":
            return new_method_return(call, "a{sv}", ({},))
    name = f"{_STANDARD}.Error.UnknownMethod"
    return _refusal(call, name, f"There is no {member[:100]} here.")
