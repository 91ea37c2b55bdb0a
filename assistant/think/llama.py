"""What we use of llama.cpp, on its C interface.

Not on the library's `Llama` class, because that one mutes llama.cpp by pointing the whole
process's stdout and stderr at /dev/null while it loads, which swallows what other threads
print, and hides which tokens of a prompt were reused.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from llama_cpp import llama_cpp as c

from assistant.errors import ModelError

PROMPT_CHUNK = 256  # tokens evaluated at a time: what a cancelled prompt keeps
_ABORTED = 2  # llama_decode's result
_REPEAT_WINDOW = 64  # tokens
_SEED = 1  # fixed: the same conversation gets the same answer


class Aborted(Exception):  # noqa: N818  a turn that was cancelled is no error
    """`abort` was called during an evaluation."""


class Llama:
    """A loaded model with one context, whose evaluated tokens are kept from call to call.

    context, threads: as in the settings, both at least 1. gpu_layers: -1 for all.
    Raises ModelError when the file is missing or is no model that llama.cpp can load.
    """

    def __init__(self, path: Path, *, context: int, threads: int, gpu_layers: int) -> None:
        _start_backend()
        self._model = _load(path, gpu_layers)
        self._vocab = c.llama_model_get_vocab(self._model)
        self._context = self._new_context(path, context, threads)
        self._evaluated: list[int] = []
        # The abort callback is asked before every node of the graph, a thousand times a token.
        # In Python it would wait for the interpreter lock each time (measured: 113 tokens a
        # second fall to 6 while another thread computes), so it is C's strlen on this buffer:
        # 0 while its first byte is 0, else 1.
        self._abort_flag = ctypes.create_string_buffer(2)
        c.llama_set_abort_callback(
            self._context,
            ctypes.cast(ctypes.CDLL(None).strlen, c.ggml_abort_callback),
            ctypes.cast(self._abort_flag, ctypes.c_void_p),
        )

    def _new_context(self, path: Path, tokens: int, threads: int) -> c.llama_context_p:
        params = c.llama_context_default_params()
        params.n_ctx = min(tokens, c.llama_model_n_ctx_train(self._model))
        params.n_batch = params.n_ubatch = PROMPT_CHUNK
        params.n_threads = params.n_threads_batch = threads
        params.no_perf = True
        context = c.llama_init_from_model(self._model, params)
        if not context:
            c.llama_model_free(self._model)
            raise ModelError(
                f"There is not enough memory for {path.name} with a context of {tokens} tokens. "
                "Set think.context lower, or think.model to a smaller one."
            )
        return context

    @property
    def context(self) -> int:
        """Tokens that fit: prompt and answer together."""
        return int(c.llama_n_ctx(self._context))

    @property
    def chat_template(self) -> str | None:
        """The Jinja template inside the model's file."""
        text = c.llama_model_chat_template(self._model, None)
        return text.decode("utf-8", "replace") if text else None

    def token_text(self, kind: str) -> str:
        """The text of the "bos" or "eos" token; empty when the model has none."""
        token = (c.llama_vocab_bos if kind == "bos" else c.llama_vocab_eos)(self._vocab)
        return c.llama_vocab_get_text(self._vocab, token).decode() if token >= 0 else ""

    def tokenize(self, text: str, *, control: bool) -> list[int]:
        """Tokens of `text`. Only with `control` do "<|im_start|>" and its like become marks."""
        raw = text.encode("utf-8", "replace")
        room = len(raw) + 8
        tokens = (c.llama_token * room)()
        count = c.llama_tokenize(self._vocab, raw, len(raw), tokens, room, False, control)
        if count < 0:
            raise ModelError("The language model cannot read this text.")
        return list(tokens[:count])

    def piece(self, token: int) -> bytes:
        """The text of a token: any part of UTF-8, and nothing for a control token."""
        room = ctypes.create_string_buffer(256)
        count = c.llama_token_to_piece(self._vocab, token, room, len(room), 0, False)
        return room.raw[:count] if count > 0 else b""

    def ends(self, token: int) -> bool:
        """Whether the model ends its answer here (or opens another role's turn)."""
        return bool(
            c.llama_vocab_is_eog(self._vocab, token) or c.llama_vocab_is_control(self._vocab, token)
        )

    def evaluate(self, tokens: Sequence[int]) -> int:
        """Make `tokens` the evaluated text; returns how many of them already were.

        The longest common beginning with what was evaluated before costs nothing. Raises
        Aborted as soon as `abort` is called, keeping the chunks that were done.
        """
        same = _common(self._evaluated, tokens)
        reused = min(same, len(tokens) - 1)  # the last one is evaluated again, for its logits
        self._forget_after(reused)
        for start in range(reused, len(tokens), PROMPT_CHUNK):
            self.append(tokens[start : start + PROMPT_CHUNK])
        return reused

    def append(self, tokens: Sequence[int]) -> None:
        """Evaluate `tokens` after what is evaluated. Raises Aborted."""
        array = (c.llama_token * len(tokens))(*tokens)  # the batch only points to it
        result = c.llama_decode(self._context, c.llama_batch_get_one(array, len(tokens)))
        if result != 0:
            self._forget_after(len(self._evaluated))
            if result == _ABORTED:
                raise Aborted
            raise ModelError(f"The language model failed (llama.cpp's code {result}).")
        self._evaluated += tokens

    def _forget_after(self, count: int) -> None:
        if not c.llama_memory_seq_rm(c.llama_get_memory(self._context), 0, count, -1):
            # recurrent models cannot forget a part
            c.llama_memory_clear(c.llama_get_memory(self._context), True)
            count = 0
        del self._evaluated[count:]

    def sampler(self, temperature: float) -> Sampler:
        """A fresh sampler of this model's tokens."""
        return Sampler(self._context, c.llama_vocab_n_tokens(self._vocab), temperature)

    def constrained(self, grammar: str) -> ConstrainedSampler:
        """One that keeps to a grammar (GBNF, its rule `root`). Raises ModelError for a bad one."""
        return ConstrainedSampler(self._context, self._vocab, grammar)

    def abort(self, wanted: bool = True) -> None:
        """End the evaluation that is under way, and each that follows until `abort(False)`.

        May be called from any thread.
        """
        self._abort_flag[0] = b"\1" if wanted else b"\0"

    def close(self) -> None:
        """Free the memory; nothing else may be called afterwards."""
        if self._context:
            c.llama_free(self._context)
            c.llama_model_free(self._model)
            self._context = self._model = None


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


def _say_nothing(_level: int, _text: bytes, _data: ctypes.c_void_p) -> None:
    """llama.cpp's own messages: what matters of them becomes an error of ours."""


_QUIET = c.llama_log_callback(_say_nothing)  # kept for as long as llama.cpp may call it


@functools.cache
def _start_backend() -> None:
    c.llama_log_set(_QUIET, ctypes.c_void_p(0))
    c.llama_backend_init()


def _load(path: Path, gpu_layers: int) -> c.llama_model_p:
    if not path.is_file():
        raise ModelError(
            f"The model file {path} is missing. `assistant models list` shows what to pull."
        )
    params = c.llama_model_default_params()
    params.n_gpu_layers = gpu_layers
    # llama.cpp's code for Intel's AMX ends the program at the first prompt (its issue 20824).
    # Without it the weights stay as they are in the file, mapped, and AVX-512 does the work.
    params.use_extra_bufts = b"AMX_INT8 = 1" not in c.llama_print_system_info()
    model = c.llama_model_load_from_file(str(path).encode(), params)
    if not model:
        raise ModelError(
            f"{path} is damaged or not a GGUF model that llama.cpp can load. "
            "`assistant models verify` tells; `assistant models pull` fetches it again."
        )
    return model


def _common(a: Sequence[int], b: Sequence[int]) -> int:
    """Length of the common beginning."""
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
