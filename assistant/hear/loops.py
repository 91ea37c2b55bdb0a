"""A decoder that repeats itself, seen from its tokens."""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 4
"""Tokens that must have come again before it is called a repetition: "no, no" is none."""
TIMES = 3
"""How often a phrase inside a sentence must stand in a row. Twice is how people speak."""


def once(tokens: Sequence[int]) -> Sequence[int]:
    """`tokens` up to where they begin again from the first one.

    A window cut close to the speech makes Whisper say all of it a second time. What it said
    first is right (of 90 commands, all 33 that looped so), so nothing need be decoded again.
    """
    for period in range(1, len(tokens) - LEAST + 1):
        again = len(tokens) - period
        if again >= max(LEAST, period // 3) and _repeats(tokens, period):
            return tokens[:period]
    return tokens


def stuck(tokens: Sequence[int]) -> bool:
    """Whether they end in one phrase, over and over."""
    return any(
        (TIMES - 1) * period >= LEAST and _repeats(tokens[-TIMES * period :], period)
        for period in range(1, len(tokens) // TIMES + 1)
    )


def _repeats(tokens: Sequence[int], period: int) -> bool:
    return all(a == b for a, b in zip(tokens, tokens[period:], strict=False))
