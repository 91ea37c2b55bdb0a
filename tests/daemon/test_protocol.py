"""What is a request, and what is refused; the words are those of the docstring."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, strategies as st

from assistant.daemon import protocol
from assistant.daemon.protocol import (
    WIRE_KINDS,
    Ask,
    Events,
    RefusedError,
    Say,
    Status,
    decode,
    encode,
)
from assistant.types import EventKind


def test_requests():
    assert decode(b'{"v":1,"do":"status"}') == Status(v=1)
    asked = decode('{"v":1,"id":7,"do":"ask","text":"¿qué hora es?","language":"es"}'.encode())
    assert asked == Ask(v=1, id=7, text="¿qué hora es?", language="es")
    assert decode(b'{"do":"say","v":1,"text":"hello"}') == Say(v=1, text="hello")
    assert decode(b'{"v":1,"do":"events","kinds":["idle"]}') == Events(v=1, kinds=["idle"])


@pytest.mark.parametrize(
    ("line", "code", "number"),
    [
        (b"", "not_json", 0),
        (b"status", "not_json", 0),
        (b"[1]", "not_json", 0),
        (b"\xff\xfe", "not_json", 0),
        (b'{"v":1,"do":"say","text":"\xff"}', "not_json", 0),
        (b"[" * 16_000, "not_json", 0),
        (b'{"v":1,"id":3,"do":"dance"}', "bad_request", 3),
        (b'{"v":2,"id":3,"do":"status"}', "version", 3),
        (b'{"id":3,"do":"status"}', "version", 3),
        (b'{"v":1,"id":3}', "bad_request", 3),
        (b'{"v":1,"id":-1,"do":"status"}', "bad_request", 0),
        (b'{"v":1,"id":true,"do":"status"}', "bad_request", 0),
        (b'{"v":1,"id":3,"do":"status","more":1}', "bad_request", 3),
        (b'{"v":1,"id":3,"do":"ask"}', "bad_request", 3),
        (b'{"v":1,"id":3,"do":"ask","text":""}', "bad_request", 3),
        (b'{"v":1,"id":3,"do":"ask","text":"x","language":"fr"}', "bad_request", 3),
        (b'{"v":1,"id":3,"do":"say","text":"%s"}' % (b"x" * 2001), "bad_request", 3),
    ],
)
def test_anything_else_is_refused_with_a_sentence(line, code, number):
    with pytest.raises(RefusedError) as refused:
        decode(line)
    assert (refused.value.code, refused.value.request) == (code, number)
    assert str(refused.value).endswith(".")


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_no_bytes_do_anything_else_than_be_refused(line):
    try:
        decode(line)
    except RefusedError as error:
        msgspec.json.decode(encode({"error": str(error)}))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(
    st.dictionaries(
        st.sampled_from(["v", "id", "do", "text", "language", "aloud", "kinds", "level", "x"]),
        json_values
        | st.just(1)
        | st.sampled_from(["status", "ask", "say", "mute", "reload", "events"]),
    )
)
def test_nearly_requests(fields):
    try:
        request = decode(msgspec.json.encode(fields))
    except RefusedError as error:
        assert error.code in {"bad_request", "version"}
    else:
        assert fields["v"] == 1 and fields["do"] == type(request).__name__.lower()


def test_every_kind_of_event_is_described():
    page = (Path(protocol.__file__).parent / "README.md").read_text("utf-8")
    assert [kind for kind in WIRE_KINDS.values() if f"`{kind}`" not in page] == []


def test_every_kind_of_event_has_a_name_on_the_wire():
    assert set(protocol.WIRE_KINDS) == set(EventKind.__args__)
