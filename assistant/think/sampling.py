"""Which token comes next: freely, or within a grammar."""

from __future__ import annotations

import numpy as np
from llama_cpp import llama_cpp as c

from assistant.errors import ModelError

_REPEAT_WINDOW = 64  # tokens
_SEED = 1  # fixed: the same conversation gets the same answer


class Sampler:
    """Chooses the next token, avoiding what was just said."""

    def __init__(self, context: c.llama_context_p, vocabulary: int, temperature: float) -> None:
        self._context = context
        self._chain = c.llama_sampler_chain_init(c.llama_sampler_chain_default_params())
        for step in _steps(vocabulary, temperature):
            c.llama_sampler_chain_add(self._chain, step)

    def next(self) -> int:
        """The token that follows what is evaluated."""
        return int(c.llama_sampler_sample(self._chain, self._context, -1))

    def close(self) -> None:
        c.llama_sampler_free(self._chain)


class ConstrainedSampler:
    """Chooses the most likely token that a grammar allows, and says how likely that one was."""

    def __init__(self, context: c.llama_context_p, vocab: c.llama_vocab_p, grammar: str) -> None:
        self._context = context
        self._tokens = c.llama_vocab_n_tokens(vocab)
        rules = c.llama_sampler_init_grammar(vocab, grammar.encode(), b"root")
        if not rules:
            raise ModelError("llama.cpp does not take the grammar of the functions.")
        self._chain = c.llama_sampler_chain_init(c.llama_sampler_chain_default_params())
        c.llama_sampler_chain_add(self._chain, rules)
        c.llama_sampler_chain_add(self._chain, c.llama_sampler_init_greedy())

    def next(self) -> tuple[int, float]:
        """The token that follows what is evaluated, and its probability before the grammar
        forbade others: a model that wanted to write something else is not sure."""
        logits = np.ctypeslib.as_array(
            c.llama_get_logits_ith(self._context, -1), shape=(self._tokens,)
        ).astype(np.float64)
        token = int(c.llama_sampler_sample(self._chain, self._context, -1))
        return token, float(np.exp(logits[token] - np.logaddexp.reduce(logits)))

    def close(self) -> None:
        c.llama_sampler_free(self._chain)


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
