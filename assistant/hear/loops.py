"""A decoder that repeats itself, seen from its tokens and words."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence

LEAST = 4
"""Tokens of a phrase, and of its coming again, that make it a repetition. Shorter ones must be
whole sentences: "five, five, five" may be a number. Also the fewest words to be stuck in."""
TIMES = 3
"""How often a phrase inside a sentence must stand in a row. Twice is how people speak."""


def once(tokens: Sequence[int], ends: Container[int] = ()) -> Sequence[int]:
    """`tokens` up to where they begin again from the first one. `ends`: tokens that end a sentence.

    A window cut close to the speech makes Whisper say all of it a second time. What it said
    first is what it hears in 15 s as well (15 of 17 such decodings of 124 orders), so nothing need
    be decoded again.
    """
    for period in range(1, len(tokens)):
        again = len(tokens) - period
        if period >= LEAST and again >= LEAST:
            enough = again >= period // 3
        else:
            enough = tokens[period - 1] in ends and again >= max(1, period - 1)
        twice = period >= LEAST and tokens[:period] == tokens[period : 2 * period]
        if twice or (enough and _repeats(tokens, period)):
            return tokens[:period]  # after a whole second time, whatever follows is of that kind
    return tokens


def stuck(words: Sequence[str]) -> bool:
    """Whether they end in one phrase, over and over, or are one phrase twice and nothing else."""
    half = len(words) // 2
    if half and words[:half] == words[half:]:
        return True
    return any(
        _repeats(words[-period * times :], period)
        for period in range(1, len(words) // TIMES + 1)
        if len(words) >= period * (times := max(TIMES, math.ceil(LEAST / period)))
    )


def unit(words: Sequence[str]) -> int:
    """How many words the phrase has that they repeat from the first to the last; all, if none."""
    periods = (n for n in range(1, len(words)) if len(words) % n == 0 and _repeats(words, n))
    return next(periods, len(words))


def _repeats(items: Sequence[object], period: int) -> bool:
    return all(a == b for a, b in zip(items, items[period:], strict=False))
