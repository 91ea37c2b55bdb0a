"""From valid inputs to damaged ones: bytes, texts, and trees. All is drawn from a seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

DEEP = 3000
"""Levels of nesting: more than Python's stack."""
NUMBERS = (0, 1, -1, 2**31, 2**32 - 1, 2**53 + 1, 2**63, -(2**63), 10**400)
FLOATS = (float("inf"), float("-inf"), float("nan"), 1e308, -0.0, 5e-324)
TEXTS = (
    "", " ", "\0", "\n", "a" * 70_000, "../../../etc/passwd", "/dev/zero", "$(touch /tmp/x)",
    "; rm -rf ~", "%s%n%x", "{0.__class__}", "{", "}", "[", "(", "<", "|", "\\", "'", '"', "\ud800",
    "\u202e\u200b", "🙂" * 50, "ﷺ", "İ", "1" * 5000, "-1", "1e999", "NaN", "null", "true",
    "2026-13-45", "https://example.org/", "{{ value_json.a }}", "{% raw %}", "&a", "*a", "!!python",
)  # fmt: skip
PIECES = (
    b"\0", b"\xff", b"\xff\xff\xff\xff", b"\x80", b"\n", b"\r\n", b"\xed\xa0\x80", b"\xc0\x80",
    b"{", b"}", b"[", b"]", b'"', b"'", b"=", b":", b"-", b"&a ", b"*a", b"<", b">", b"(", b")",
    b"|", b"\x7fELF", b"PK\x03\x04", b"99999999999999999999", b"-1", b"0", b"1e400",
)  # fmt: skip

Chance = random.Random


def damaged(raw: bytes, chance: Chance, others: Sequence[bytes] = (), most: int = 6) -> bytes:
    """`raw` with one to `most` injuries. others: of which a part may be put in."""
    found = bytearray(raw)
    for _ in range(chance.randint(1, most)):
        chance.choice(_INJURIES)(found, chance, others)
    return bytes(found)


def cut(raw: bytes, chance: Chance) -> bytes:
    """What was written until the power went."""
    return raw[: chance.randrange(len(raw))] if raw else raw


def _place(found: bytearray, chance: Chance) -> int:
    """Anywhere, most often near the beginning, where the lengths and kinds stand."""
    whole = len(found) + 1
    return chance.randrange(min(whole, 200) if chance.random() < 0.5 else whole)


def _flip(found: bytearray, chance: Chance, _: Sequence[bytes]) -> None:
    for _n in range(chance.choice((1, 1, 4, 64))):
        if found:
            at = min(_place(found, chance), len(found) - 1)
            found[at] ^= 1 << chance.randrange(8)


def _noise(found: bytearray, chance: Chance, _: Sequence[bytes]) -> None:
    at = _place(found, chance)
    size = chance.choice((1, 2, 4, 8, 64))
    found[at : at + size] = chance.randbytes(size)


def _piece(found: bytearray, chance: Chance, _: Sequence[bytes]) -> None:
    at = _place(found, chance)
    found[at : at + chance.choice((0, 1, 4))] = chance.choice(PIECES) * chance.choice((1, 1, 40))


def _number(found: bytearray, chance: Chance, _: Sequence[bytes]) -> None:
    at, size = _place(found, chance), chance.choice((1, 2, 4, 8))
    value = chance.choice((0, 1, 2**7, 2**8 - 1, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1))
    made = (value % 2 ** (8 * size)).to_bytes(size, chance.choice(("little", "big")))
    found[at : at + size] = made


def _gone(found: bytearray, chance: Chance, _: Sequence[bytes]) -> None:
    at = _place(found, chance)
    del found[at : at + chance.choice((1, 4, 100, 5000))]


def _twice(found: bytearray, chance: Chance, _: Sequence[bytes]) -> None:
    at = _place(found, chance)
    size = chance.choice((1, 16, 500))
    found[at:at] = found[at : at + size] * chance.choice((1, 3, 30))


def _end(found: bytearray, chance: Chance, _: Sequence[bytes]) -> None:
    del found[chance.randrange(len(found) + 1) :]


def _other(found: bytearray, chance: Chance, others: Sequence[bytes]) -> None:
    if others:
        other = chance.choice(others)
        start = chance.randrange(len(other) + 1)
        at = _place(found, chance)
        found[at : at + chance.choice((0, 300))] = other[start : start + 300]


_INJURIES: Sequence[Callable[[bytearray, Chance, Sequence[bytes]], None]] = (
    _flip, _noise, _piece, _number, _gone, _twice, _end, _other,
)  # fmt: skip


def odd(chance: Chance, deep: bool = True) -> Any:
    """A value that nobody expects."""
    match chance.randrange(9 if deep else 5):
        case 0:
            return chance.choice(NUMBERS)
        case 1:
            return chance.choice(FLOATS)
        case 2 | 3:
            return chance.choice(TEXTS)
        case 4:
            return chance.choice((True, False, None))
        case 5:
            return [odd(chance, False) for _ in range(chance.choice((0, 1, 3, 200)))]
        case 6:
            return {str(odd_text(chance)): odd(chance, False) for _ in range(chance.choice((0, 3)))}
        case 7:
            return nested(chance)
    return chance.choice((chance.randint(-100, 100), "x", ["x"], {"x": "x"}))


def odd_text(chance: Chance) -> str:
    if chance.random() < 0.6:
        return chance.choice(TEXTS)
    return "".join(chr(chance.choice((chance.randrange(32, 127), chance.randrange(0xD7FF))))
                   for _ in range(chance.randrange(40)))  # fmt: skip


def nested(chance: Chance) -> Any:
    value: Any = 0
    deep = chance.choice((3, 40, 400))
    for _ in range(deep):
        value = [value] if chance.random() < 0.5 else {"a": value}
    return value


MOST_LEAVES = 2_000
"""Of a list that is repeated: lists within lists would else become gigabytes."""


def _leaves(value: Any) -> int:
    """How many values a tree holds; it may be deeper than calls may go."""
    count, left = 0, [value]
    while left and count < MOST_LEAVES:
        one = left.pop()
        count += 1
        left += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    return count


def altered(value: Any, chance: Chance, rate: float = 0.1) -> Any:
    """A tree of the kind of JSON with odd values, lost keys and new ones in it."""
    if chance.random() < rate / 3:
        return odd(chance)
    if isinstance(value, dict):
        made = {k: altered(v, chance, rate) for k, v in value.items() if chance.random() > rate / 2}
        if chance.random() < rate:
            made[odd_text(chance)] = odd(chance)
        return made
    if isinstance(value, list):
        made_list = [altered(v, chance, rate) for v in value if chance.random() > rate / 2]
        many = chance.random() < 0.1 and _leaves(made_list) < MOST_LEAVES
        return made_list * (50 if many else 1)
    return odd(chance) if chance.random() < rate else value


def as_json(value: Any, chance: Chance) -> bytes:
    """In JSON; lone surrogates as they are escaped, or as bytes that are no UTF-8."""
    text = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    return text.encode("utf-8", "surrogatepass")


def deep_text(chance: Chance) -> bytes:
    """Brackets within brackets, to the end of the stack."""
    opening, closing = chance.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"(", b")"), (b"<b>", b"")))
    many = chance.choice((50, DEEP, 100_000))
    return opening * many + closing * (many if chance.random() < 0.5 else 0)
