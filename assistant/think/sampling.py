"""Which token comes next: freely, or within a grammar."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelError
from assistant.think.binding import c

_REPEAT_WINDOW = 64  # tokens
_FEW = 64
_TOKEN = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])
"""As llama.cpp's `llama_token_data`."""
_SEED = 1  # fixed: the same conversation gets the same answer


class Sampler:
    """Chooses the next token, avoiding what was just said."""

    def __init__(self, context: c.llama_context_p, vocabulary: int, temperature: float) -> None:
        self._context = context
        self._chain = c.llama_sampler_chain_init(c.llama_sampler_chain_default_params())
        for step in _steps(vocabulary, temperature):
            c.llama_sampler_chain_add(self._chain, step)

    def said(self, tokens: Sequence[int]) -> None:
        """These came before, and are as little to be repeated as those it chose."""
        for token in tokens[-_REPEAT_WINDOW:]:
            c.llama_sampler_accept(self._chain, token)

    def next(self) -> int:
        """The token that follows what is evaluated."""
        return int(c.llama_sampler_sample(self._chain, self._context, -1))

    def close(self) -> None:
        c.llama_sampler_free(self._chain)


class ConstrainedSampler:
    """Chooses the most likely token that a grammar allows, and says how likely that one was.

    To ask a grammar about each of 150,000 tokens takes longer than to evaluate one, and mostly the
    likeliest is allowed: so the likeliest few are asked about first.
    """

    def __init__(self, context: c.llama_context_p, vocab: c.llama_vocab_p, grammar: str) -> None:
        self._context = context
        self._tokens = c.llama_vocab_n_tokens(vocab)
        self._end = c.llama_vocab_eos(vocab)
        self._rules = c.llama_sampler_init_grammar(vocab, grammar.encode(), b"root")
        if not self._rules:
            raise ModelError("llama.cpp does not take the grammar of the functions.")

    def next(self) -> tuple[int, float]:
        """The token that follows what is evaluated, and its probability before the grammar
        forbade others: a model that wanted to write something else is not sure."""
        logits = np.ctypeslib.as_array(
            c.llama_get_logits_ith(self._context, -1), shape=(self._tokens,)
        ).astype(np.float64)
        few = np.argpartition(logits, -_FEW)[-_FEW:]
        for candidates in ([int(np.argmax(logits))], few, np.arange(self._tokens)):
            token = self._likeliest(np.asarray(candidates), logits)
            if token is not None:
                c.llama_sampler_accept(self._rules, token)
                return token, float(np.exp(logits[token] - np.logaddexp.reduce(logits)))
        return self._end, 0.0

    def _likeliest(self, candidates: npt.NDArray[Any], logits: npt.NDArray[Any]) -> int | None:
        """The likeliest of some tokens that the grammar allows."""
        data = np.zeros(len(candidates), _TOKEN)
        data["id"], data["logit"] = candidates, logits[candidates]
        array = c.llama_token_data_array(
            ctypes.cast(data.ctypes.data, c.llama_token_data_p), len(data), -1, False
        )
        c.llama_sampler_apply(self._rules, ctypes.byref(array))
        best = data[np.argmax(data["logit"])]
        return int(best["id"]) if np.isfinite(best["logit"]) else None

    def close(self) -> None:
        c.llama_sampler_free(self._rules)


def _steps(vocabulary: int, temperature: float) -> list[c.llama_sampler_p]:
    penalties = c.llama_sampler_init_penalties(vocabulary, _REPEAT_WINDOW, 1.1, 0.0, 0.0)
    if temperature == 0:
        return [penalties, c.llama_sampler_init_greedy()]
    return [
        penalties,
        c.llama_sampler_init_top_k(40),
        c.llama_sampler_init_top_p(0.95, 1),
        c.llama_sampler_init_temp(temperature),
        c.llama_sampler_init_dist(_SEED),
    ]
