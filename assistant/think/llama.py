"""What we use of llama.cpp, on its C interface.

Not on the library's `Llama` class, because that one mutes llama.cpp by pointing the whole
process's stdout and stderr at /dev/null while it loads, which swallows what other threads
print, and hides which tokens of a prompt were reused.
"""

from __future__ import annotations

import ctypes
import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelError
from assistant.think.binding import VERSION, c
from assistant.think.sampling import ConstrainedSampler, Sampler

PROMPT_CHUNK = 64
"""Tokens evaluated at a time: what a cancelled prompt keeps. A prompt is read as fast with 16 as
with 256 (135 M, one thread), and a node of the graph is short: no abort waits for less."""
_KV_TYPES = {"f16": c.GGML_TYPE_F16, "q8_0": c.GGML_TYPE_Q8_0, "q4_0": c.GGML_TYPE_Q4_0}
_FLASH = 1  # llama.cpp's LLAMA_FLASH_ATTN_TYPE_ENABLED; quantized values need it
_ABORTED = 2  # llama_decode's result
_SAMPLED = 1 << 20  # bytes


class Aborted(Exception):  # noqa: N818  a turn that was cancelled is no error
    """`abort` was called during an evaluation."""


class Llama:
    """A loaded model with one context, whose evaluated tokens are kept from call to call.

    context, threads: as in the settings, both at least 1. gpu_layers: -1 for all. batch: tokens of
    a prompt evaluated at a time; 0 takes PROMPT_CHUNK. kv_cache: "f16", "q8_0" or "q4_0".
    Raises ModelError when the file is missing or is no model that llama.cpp can load.
    """

    def __init__(
        self,
        path: Path,
        *,
        context: int,
        threads: int,
        gpu_layers: int,
        batch: int = 0,
        kv_cache: str = "f16",
        mmap: bool = True,
    ) -> None:
        start_backend()
        self._batch = batch or PROMPT_CHUNK
        self._kv_cache = kv_cache
        self._path = path
        self._model = _load(path, gpu_layers, mmap)
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
        params.n_batch = params.n_ubatch = self._batch
        params.type_k = params.type_v = _KV_TYPES[self._kv_cache]
        if self._kv_cache != "f16":
            params.flash_attn_type = _FLASH
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
        for start in range(reused, len(tokens), self._batch):
            self.append(tokens[start : start + self._batch])
        return reused

    @property
    def evaluated(self) -> Sequence[int]:
        """The tokens that are evaluated: the last prompt, and what was written after it."""
        return tuple(self._evaluated)

    def begins_with(self, tokens: Sequence[int]) -> bool:
        """Whether what is evaluated begins with `tokens`."""
        return self._evaluated[: len(tokens)] == list(tokens)

    def fingerprint(self) -> str:
        """Of all that a saved state depends on: the model's content (its size, beginning and end;
        to read a large one whole takes seconds), llama.cpp and how attention is kept."""
        digest = hashlib.blake2b(digest_size=16)
        size = self._path.stat().st_size
        with self._path.open("rb") as file:
            digest.update(file.read(_SAMPLED))
            file.seek(max(0, size - _SAMPLED))
            digest.update(file.read(_SAMPLED))
        parts = (size, self._kv_cache, self.context, VERSION)
        digest.update(repr(parts).encode())
        return digest.hexdigest()

    def state(self) -> bytes:
        """What is evaluated, as bytes that `restore` takes."""
        size = c.llama_state_seq_get_size(self._context, 0)
        buffer = (ctypes.c_uint8 * size)()
        return bytes(buffer[: c.llama_state_seq_get_data(self._context, buffer, size, 0)])

    def restore(self, tokens: Sequence[int], state: bytes) -> bool:
        """Make `tokens` the evaluated text without evaluating it, from a `state` of theirs; false,
        with nothing evaluated, when llama.cpp does not take it."""
        self._forget_after(0)
        buffer = (ctypes.c_uint8 * len(state)).from_buffer_copy(state)
        if c.llama_state_seq_set_data(self._context, buffer, len(state), 0) != len(state):
            self._forget_after(0)
            return False
        self._evaluated = list(tokens)
        return True

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

    def logits(self) -> npt.NDArray[np.float64]:
        """Of each token of the vocabulary, to follow what is evaluated. Shape (vocabulary,)."""
        size = c.llama_vocab_n_tokens(self._vocab)
        found = np.ctypeslib.as_array(c.llama_get_logits_ith(self._context, -1), shape=(size,))
        return found.astype(np.float64)

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


def _say_nothing(_level: int, _text: bytes, _data: ctypes.c_void_p) -> None:
    """llama.cpp's own messages: what matters of them becomes an error of ours."""


_QUIET = c.llama_log_callback(_say_nothing)  # kept for as long as llama.cpp may call it


@functools.cache
def start_backend() -> None:
    """Start llama.cpp, once, and keep it from printing."""
    c.llama_log_set(_QUIET, ctypes.c_void_p(0))
    c.llama_backend_init()


def _load(path: Path, gpu_layers: int, mmap: bool) -> c.llama_model_p:
    if not path.is_file():
        raise ModelError(
            f"The model file {path} is missing. `assistant models list` shows what to pull."
        )
    params = c.llama_model_default_params()
    params.n_gpu_layers = gpu_layers
    if any(name == "load_mode" for name, *_ in params._fields_):
        params.load_mode = c.LLAMA_LOAD_MODE_MMAP if mmap else c.LLAMA_LOAD_MODE_NONE
    else:  # an older library; a field that there is not would be set without a word
        params.use_mmap = mmap
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
