r"""The control protocol as D-Bus has it: which methods there are, and how values look there.

    $ busctl --user call local.Assistant1 /local/Assistant1 local.Assistant1 Listen
    $ gdbus call --session --dest local.Assistant1 --object-path /local/Assistant1 \
          --method local.Assistant1.Ask "what time is it" "" false

"local" is a domain that nobody can own (RFC 6762), so the name can be nobody else's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from assistant.daemon.protocol import RefusedError, Request

NAME = INTERFACE = "local.Assistant1"
PATH = "/local/Assistant1"
ERROR = f"{NAME}.Error"


@dataclass(frozen=True, slots=True)
class Method:
    """takes: names of the arguments, each with its signature; gives: the same of the reply, by the
    field of the protocol's reply. fixed: what the request says besides."""

    takes: Mapping[str, str]
    gives: Mapping[str, str]
    fixed: Mapping[str, Any]

    @property
    def signature(self) -> str:
        return "".join(self.takes.values())

    @property
    def returns(self) -> str:
        return "".join(self.gives.values())


_SPOKEN = {"text": "s", "language": "s"}
METHODS: Mapping[str, Method] = {
    "Status": Method({}, {"": "a{sv}"}, {}),
    "Listen": Method({}, {}, {}),
    "Stop": Method({}, {}, {}),
    "Mute": Method({}, {}, {}),
    "Unmute": Method({}, {}, {}),
    "Reload": Method({}, {"changed": "as"}, {}),
    # a program is no person: its "yes" confirms nothing
    "Ask": Method({**_SPOKEN, "aloud": "b"}, {"reply": "s"}, {"by_hand": False}),
    "Say": Method(_SPOKEN, {}, {}),
}


def request(member: str, signature: str, values: Sequence[Any]) -> Request:
    """What a call asks for; an empty language is none. Raises RefusedError."""
    method = METHODS.get(member)
    if method is None:
        raise RefusedError("UnknownMethod", f"There is no method {member[:100]}.")
    if signature != method.signature:
        takes = " ".join(f"{kind} {name}" for name, kind in method.takes.items()) or "nothing"
        raise RefusedError("InvalidArgs", f"{member} takes {takes}.")
    given = {n: v for n, v in zip(method.takes, values, strict=True) if (n, v) != ("language", "")}
    try:
        wanted = {"v": 1, "do": member.lower(), **given, **method.fixed}
        return msgspec.convert(wanted, Request)  # type: ignore[no-any-return]
    except msgspec.ValidationError as error:
        raise RefusedError("InvalidArgs", f"This cannot be asked: {error}.") from error


def reply(member: str, fields: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a method returns, made of the protocol's reply."""
    empty: Mapping[str, Any] = {"s": "", "as": []}
    given = []
    for name, kind in METHODS[member].gives.items():
        if not name:
            given.append(variants({k: v for k, v in fields.items() if k != "ok"}))
        else:
            given.append(_clean(fields.get(name, empty[kind])))
    return tuple(given)


def variants(fields: Mapping[str, Any]) -> dict[str, tuple[str, Any]]:
    """a{sv}; what is None is left out, for D-Bus has no nothing."""
    return {name: _variant(value) for name, value in fields.items() if value is not None}


def _variant(value: Any) -> tuple[str, Any]:
    match value:
        case bool():
            return "b", value
        case int():
            return "x", value
        case float():
            return "d", value
        case Mapping():
            return "a{sv}", variants({str(k): v for k, v in value.items()})
        case list() | tuple():
            return "av", [_variant(each) for each in value if each is not None]
    return "s", _clean(str(value))


def _clean(value: Any) -> Any:
    """A text without the one character for which the bus would throw us out."""
    return value.replace("\0", "") if isinstance(value, str) else value


def introspection() -> str:
    """What there is, in the XML of the specification."""
    lines = ["<node>", f' <interface name="{INTERFACE}">']
    for name, method in METHODS.items():
        lines.append(f'  <method name="{name}">')
        for direction, each in (("in", method.takes), ("out", method.gives)):
            lines += [
                f'   <arg name="{argument or "fields"}" type="{kind}" direction="{direction}"/>'
                for argument, kind in each.items()
            ]
        lines.append("  </method>")
    lines += [
        '  <signal name="Event">',
        '   <arg name="kind" type="s"/>',
        '   <arg name="fields" type="a{sv}"/>',
        "  </signal>",
        " </interface>",
        "</node>",
    ]
    return "\n".join(lines)
