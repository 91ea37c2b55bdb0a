"""A decoder that repeats itself, seen from its tokens."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence

LEAST = 4
"""Tokens of a phrase, and of its coming again, that make it a repetition. Shorter ones must be
whole sentences: "five, five, five" may be a number."""
TIMES = 3
"""How often a phrase inside a sentence must stand in a row. Twice is how people speak."""


def once(tokens: Sequence[int], ends: Container[int] = ()) -> Sequence[int]:
    """`tokens` up to where they begin again from the first one. `ends`: tokens that end a sentence.

    A window cut close to the speech makes Whisper say all of it a second time. What it said
    first is right (of 90 commands, all 33 that looped so), so nothing need be decoded again.
    """
    for period in range(1, len(tokens)):
        again = len(tokens) - period
        if period >= LEAST and again >= LEAST:
            enough = again >= period // 3
        else:
            enough = tokens[period - 1] in ends and again >= max(1, period - 1)
        if enough and _repeats(tokens, period):
            return tokens[:period]
    return tokens


def stuck(tokens: Sequence[int]) -> bool:
    """Whether they end in one phrase, over and over."""
    return any(
        _repeats(tokens[-period * times :], period)
        for period in range(1, len(tokens) // TIMES + 1)
        if len(tokens) >= period * (times := max(TIMES, math.ceil(LEAST / period)))
    )


def _repeats(tokens: Sequence[int], period: int) -> bool:
    return all(a == b for a, b in zip(tokens, tokens[period:], strict=False))
