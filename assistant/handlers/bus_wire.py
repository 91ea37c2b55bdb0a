"""The wire under `bus`: a connection that never waits for ever, and errors that can be spoken."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from jeepney import DBusErrorResponse, HeaderFields
from jeepney.bus import get_connectable_addresses
from jeepney.io.blocking import DBusConnection, prep_socket
from jeepney.low_level import Array, DictEntry, Message, Struct, Variant, parse_signature

from assistant.errors import FunctionError

Kind = Literal["no bus", "no service", "denied", "no answer", "refused"]

_SPOKEN: Mapping[Kind, dict[str, str]] = {
    "no bus": {
        "en": "I cannot reach the other programs of this machine: there is no message bus.",
        "es": "No puedo hablar con los otros programas de esta máquina: no hay bus de mensajes.",
    },
    "no service": {
        "en": "The program that would do that is not running here.",
        "es": "El programa que haría eso no está en marcha aquí.",
    },
    "denied": {"en": "I am not allowed to do that.", "es": "No tengo permiso para hacer eso."},
    "no answer": {
        "en": "The program that would do that does not answer.",
        "es": "El programa que haría eso no responde.",
    },
    "refused": {
        "en": "The program that would do that says it cannot.",
        "es": "El programa que haría eso dice que no puede.",
    },
}
# The last part of an error's name, whoever sends it; anything else is a refusal.
_KINDS: Mapping[str, Kind] = {
    "ServiceUnknown": "no service",
    "NameHasNoOwner": "no service",
    "AccessDenied": "denied",
    "AuthFailed": "denied",
    "NotAuthorized": "denied",
    "PermissionDenied": "denied",
    "InteractiveAuthorizationRequired": "denied",
    "NoReply": "no answer",
    "Timeout": "no answer",
    "TimedOut": "no answer",
}


class BusError(FunctionError):
    """What went wrong on a bus. `kind` tells a caller what; `name` is the service's own word
    for it ("org.bluez.Error.NotReady"), empty where none came."""

    def __init__(self, kind: Kind, message: str, name: str = "") -> None:
        super().__init__(message, code=f"bus: {kind}", spoken=_SPOKEN[kind])
        self.kind = kind
        self.name = name


class Connection(DBusConnection):  # type: ignore[misc]  # the library has no types
    """Waits until a deadline, where the library's waits for ever: also for its first reply."""

    def __init__(self, socket: Any, deadline: float) -> None:
        self._deadline = deadline
        super().__init__(socket)

    def send_and_get_reply(self, message: Message, *, timeout: float | None = None) -> Message:
        left = max(self._deadline - time.monotonic(), 0)
        wait = left if timeout is None else min(left, timeout)
        return super().send_and_get_reply(message, timeout=wait)


def connect(address: str, which: str, patience: float) -> Connection:
    """The first address of several that can be reached."""
    deadline = time.monotonic() + patience
    reason: Exception = RuntimeError("it has no address")
    try:
        places = list(get_connectable_addresses(address)) if address else []
    except (RuntimeError, ValueError) as error:
        places, reason = [], error
    for place in places:
        try:
            socket = prep_socket(place, timeout=max(deadline - time.monotonic(), 0.01))
        except Exception as error:  # noqa: BLE001  the library has no base class for its errors
            reason = error
            continue
        try:
            return Connection(socket, deadline)
        except Exception as error:  # noqa: BLE001
            socket.close()
            reason = error
    kind: Kind = "no answer" if isinstance(reason, TimeoutError) else "no bus"
    raise BusError(kind, f"The {which} bus cannot be reached: {reason}.") from reason


@contextlib.contextmanager
def clear_errors(where: str) -> Iterator[None]:
    """What the library raises, as a sentence about `where` and one to be spoken."""
    try:
        yield
    except DBusErrorResponse as error:
        kind = _KINDS.get(error.name.rpartition(".")[2], "refused")
        if ".Spawn." in error.name:  # it cannot be started
            kind = "no service"
        raise BusError(kind, f"{where} answers {error.name}.", error.name) from error
    except TimeoutError as error:
        raise BusError("no answer", f"{where} does not answer.") from error
    except ValueError as error:  # a text that cannot be sent, such as half a character
        raise BusError("refused", f"{where} cannot be asked that: {error}.") from error
    except OSError as error:
        raise BusError("no answer", f"The message bus is gone: {error}.") from error


def read_values(message: Message) -> tuple[Any, ...]:
    signature = list(message.header.fields.get(HeaderFields.signature, ""))
    return tuple(_plain(value, parse_signature(signature)) for value in message.body)


def _plain(value: Any, kind: Any) -> Any:
    """A value of a D-Bus type without the variants in it."""
    if isinstance(kind, Variant):
        signature, inner = value
        return _plain(inner, parse_signature(list(signature)))
    if isinstance(kind, Array) and isinstance(kind.elt_type, DictEntry):
        of_key, of_value = kind.elt_type.fields
        return {_plain(k, of_key): _plain(v, of_value) for k, v in value.items()}
    if isinstance(kind, Array) and not isinstance(value, bytes):
        return [_plain(item, kind.elt_type) for item in value]
    if isinstance(kind, Struct):
        return tuple(_plain(item, of) for item, of in zip(value, kind.fields, strict=True))
    return value
