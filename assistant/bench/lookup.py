"""Whether looking up in what was said already would write answers faster.

Lookup decoding guesses the next tokens from the last place where the same few stood, and has the
model evaluate the guesses together; those that it would have written itself are kept. It pays where
a text repeats what is in the prompt. Here it is worked out for answers that were written: how many
tokens each evaluation would have given, against how much longer an evaluation of several takes. The
output layer's work for each guess is left out, so the gain is what it could be at most. It was 0.97
for the smallest model on two cores, where five tokens together take 2.8 times as long as one: spoken
answers repeat too little of the question. So answers are written without it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

SAME = 2  # tokens that must be the same as before
MOST = 4
"""Tokens guessed at a time."""


def guess(tokens: Sequence[int]) -> list[int]:
    """What followed the last time that `tokens` ended like this; nothing when they never did."""
    end = list(tokens[-SAME:])
    for start in range(len(tokens) - SAME - 1, -1, -1):
        if list(tokens[start : start + SAME]) == end:
            return list(tokens[start + SAME : start + SAME + MOST])
    return []


def evaluations(tokens: Sequence[int], prompt: int) -> list[int]:
    """With lookup, how many tokens each evaluation has that writes `tokens[prompt:]`."""
    sizes, at = [], prompt
    while at < len(tokens):
        guessed = guess(tokens[:at])
        same = [a == b for a, b in zip(guessed, tokens[at:], strict=False)]
        right = same.index(False) if False in same else len(same)
        sizes.append(1 + len(guessed))
        at += right + 1
    return sizes


def gain(written: Sequence[tuple[Sequence[int], int]], seconds: Callable[[int], float]) -> float:
    """How many times as fast the answers would be written. written: the tokens of each, with its
    prompt, and how many those of the prompt are. seconds: of an evaluation of so many tokens."""
    plain = sum((len(tokens) - prompt) * seconds(1) for tokens, prompt in written)
    looked_up = sum(seconds(n) for tokens, prompt in written for n in evaluations(tokens, prompt))
    return plain / looked_up if looked_up else 1.0
