"""Choosing a function with a language model: what it is asked, and the grammar it must keep to.

The grammar (GBNF, llama.cpp's) allows nothing but a JSON object that names one of the functions or
"none" and copies values, so whatever the model makes of the sentence, it is one of these.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from assistant.stages import Chosen, Tool
from assistant.think.prompt import Message

NONE = "none"
OPENING = b'{"function": "'
"""What every choice begins with; what follows is the name."""
_SYSTEM = {
    "en": 'You control a device. Which function does the user want? Answer "none" when no function'
    " does exactly that. Copy values from the user's words.",
    "es": 'Controlas un aparato. ¿Qué función quiere el usuario? Responde "none" si ninguna hace'
    " exactamente eso. Copia los valores de las palabras del usuario.",
}
_LONGEST = 60  # characters of a value


def prompt(text: str, tools: Sequence[Tool], language: str) -> list[Message]:
    """The question, for the model's chat template."""
    lines = [f"- {tool.name}({', '.join(tool.values)}): {tool.example}" for tool in tools]
    told = "\n".join([_SYSTEM.get(language, _SYSTEM["en"]), *lines])
    return [{"role": "system", "content": told}, {"role": "user", "content": text}]


def grammar(tools: Sequence[Tool]) -> str:
    """What the model may write."""
    rules = [f"root ::= {' | '.join(f'tool{n}' for n in range(len(tools)))} | none"]
    rules.append(f"none ::= {_literal(_opening(NONE))} {_literal('}')}")
    for number, tool in enumerate(tools):
        values = [f"({_literal(f', {json.dumps(name)}: ')} text)?" for name in tool.values]
        parts = [_literal(_opening(tool.name)), *values, _literal("}")]
        rules.append(f"tool{number} ::= {' '.join(parts)}")
    rules.append(f'text ::= "\\"" [^"\\\\\\n\\r]{{1,{_LONGEST}}} "\\""')
    return "\n".join(rules)


def chosen(written: str, score: float) -> Chosen | None:
    """What was written; None when it is not whole."""
    try:
        values = msgspec.json.decode(written, type=dict[str, str])
    except msgspec.DecodeError:
        return None
    name = values.pop("function", NONE)
    return Chosen(None if name == NONE else name, values, score)


def _opening(name: str) -> str:
    return f"{OPENING.decode()}{json.dumps(name)[1:]}"


def _literal(text: str) -> str:
    """Text as a literal of the grammar."""
    return json.dumps(text)
