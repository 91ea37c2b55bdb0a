"""The same model in other quantizations, made here by llama.cpp.

What is made of weights that were quantized already has lost twice: it shows size and speed, and how
much accuracy another format costs at least. A model that was quantized from its full weights is
better than its namesake here.
"""

from __future__ import annotations

import os
from pathlib import Path

from llama_cpp import llama_cpp as c

from assistant.errors import ConfigError, ModelError
from assistant.think.llama import start_backend

TYPES = {
    "Q8_0": c.LLAMA_FTYPE_MOSTLY_Q8_0,
    "Q6_K": c.LLAMA_FTYPE_MOSTLY_Q6_K,
    "Q5_0": c.LLAMA_FTYPE_MOSTLY_Q5_0,
    "Q5_K_M": c.LLAMA_FTYPE_MOSTLY_Q5_K_M,
    "Q4_0": c.LLAMA_FTYPE_MOSTLY_Q4_0,
    "Q4_K_M": c.LLAMA_FTYPE_MOSTLY_Q4_K_M,
    "Q3_K_M": c.LLAMA_FTYPE_MOSTLY_Q3_K_M,
    "Q2_K": c.LLAMA_FTYPE_MOSTLY_Q2_K,
}


def requantized(source: Path, kind: str, folder: Path) -> Path:
    """`source` in another quantization, a file in `folder`. Raises ConfigError for a kind that is
    not in TYPES, and ModelError when llama.cpp cannot make it."""
    if kind not in TYPES:
        raise ConfigError(f"--quantize {kind}: choose among {', '.join(TYPES)}.")
    start_backend()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{source.stem}.re-{kind}.gguf"
    params = c.llama_model_quantize_default_params()
    params.ftype = TYPES[kind]
    params.nthread = max(1, (os.cpu_count() or 1) - 1)
    params.allow_requantize = True
    if c.llama_model_quantize(str(source).encode(), str(target).encode(), params) != 0:
        raise ModelError(f"llama.cpp cannot make {kind} of {source.name}.")
    return target
