"""How much a text surprises a language model: what a quantization loses, before a hundred answers
can show it. The same letters are judged by every model, so small differences are real ones."""

from __future__ import annotations

import functools
import math
import tomllib
from pathlib import Path

import numpy as np

from assistant.think.llama import Llama


@functools.cache
def prose(language: str) -> str:
    """The text in "en" or "es"."""
    texts = tomllib.loads(Path(__file__).with_name("prose.toml").read_text(encoding="utf-8"))
    return " ".join(texts[language].split())


def bits_a_letter(llama: Llama, text: str) -> float:
    """Bits that are needed to tell the model each letter of `text`, when it has read those before:
    the logarithm of its perplexity, which does not depend on how a model cuts text into tokens.
    The text is cut off where the context ends. What was evaluated before is forgotten."""
    tokens = llama.tokenize(text, control=False)[: llama.context - 1]
    llama.evaluate(tokens[:1])
    bits = 0.0
    for token in tokens[1:]:
        logits = llama.logits()
        bits += float(np.logaddexp.reduce(logits) - logits[token]) / math.log(2)
        llama.append([token])
    letters = b"".join(llama.piece(token) for token in tokens[1:]).decode("utf-8", "replace")
    return bits / len(letters)
