"""What a person, or somebody else, has written in TOML or YAML: read within limits.

The libraries follow nesting to the end of the stack, take a minute for a key of ten thousand
parts, unfold aliases of aliases without end, and raise whatever a value makes of them. Here all of
that is one error with a short sentence.
"""

from __future__ import annotations

import math
import tomllib
from typing import Any

MOST_CHARACTERS = 2_000_000
MOST_DOTS = 1_000
"""In a line: the time for a key grows with the square of its parts."""
MOST_VALUES = 100_000
MOST_SHOWN = 200
"""Characters of a name of somebody else's in a sentence of ours."""


def toml(text: str) -> dict[str, Any]:
    """Raises tomllib.TOMLDecodeError, whose words say what is wrong, and nothing else."""
    if len(text) > MOST_CHARACTERS:
        raise tomllib.TOMLDecodeError("it is too large")
    if any(line.count(".") > MOST_DOTS for line in text.splitlines()):
        raise tomllib.TOMLDecodeError("a line has too many dots")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("it is nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits
        raise tomllib.TOMLDecodeError("a number is too long") from error


def yaml(text: str) -> Any:
    """Raises yaml.YAMLError, whose words say what is wrong, and nothing else."""
    from yaml import SafeLoader, YAMLError

    if len(text) > MOST_CHARACTERS:
        raise YAMLError("it is too large")
    try:
        loader = SafeLoader(text)
        node = loader.get_single_node()
        if node is None:
            return None
        if _unfolded(node, {}) > MOST_VALUES:
            raise YAMLError("its aliases unfold to more than can be read")
        return loader.construct_document(node)
    except RecursionError as error:
        raise YAMLError("it is nested too deeply") from error
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError) as error:
        # a date that is none, a number that is none, a tag that does not fit
        first = str(error).partition("\n")[0]
        raise YAMLError(f"a value cannot be read: {shown(first)}") from error


def _unfolded(node: Any, known: dict[int, float]) -> float:
    """How many values there are when each alias stands for what it means: ten aliases of ten
    aliases of ten are a thousand. Of what contains itself: no end."""
    if id(node) not in known:
        known[id(node)] = math.inf
        inner = node.value if isinstance(node.value, list) else []
        parts = [part for each in inner for part in (each if isinstance(each, tuple) else (each,))]
        known[id(node)] = 1 + sum(_unfolded(part, known) for part in parts)
    return known[id(node)]


def shown(text: str) -> str:
    """Somebody else's text, in a sentence: short."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
