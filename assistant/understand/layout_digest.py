"""What the layout of a function depends on, as a digest: the same digest, the same layout."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from assistant.understand.grammar import Grammar, word_limit


def digest_of(grammar: Grammar, name: str) -> str:
    """Tells the sentences of a function, with all that their layout depends on."""
    function, language = grammar.functions[name], grammar.language
    slots = {slot: _described(*told) for slot, told in grammar.told[name].items()}
    limits = [str(word_limit(kind)) for kind in function.slots.values()]
    sentences, rules = function.sentences[language], dict(function.rules.get(language, {}))
    whole = (_program(), language, [*sentences], rules, slots, limits, function.drawn_examples)
    return hashlib.blake2b(repr(whole).encode(), digest_size=16).hexdigest()


def _described(kind: Any, meta: Any) -> tuple[str, ...]:
    """What of a slot the layout depends on: not what its phrases stand for."""
    if get_origin(kind) is Literal:
        return ("phrases", *map(str, get_args(kind)))
    if isinstance(meta, Mapping):
        return ("phrases", *meta)
    return (kind_name(kind), repr(meta))


def kind_name(kind: Any) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


@cache
def _program() -> str:
    """Tells the code that lays out: this package, and the library that parses."""
    digest = hashlib.blake2b(importlib.metadata.version("hassil").encode(), digest_size=16)
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
