"""Calling functions with a language model: what it is asked, and the grammar it must keep to.

The grammar (GBNF, llama.cpp's) is built from the signatures of the functions that are offered. It
allows nothing but a JSON list of calls, so whatever the model makes of the sentence or of what
functions told, it is calls of these with words for their values.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

import msgspec

from assistant.stages import Call, Called, Exchange, Tool
from assistant.think.prompt import Message

AT_ONCE = 4
"""Calls in one list."""
_LONGEST = 60  # characters of a value
_NAME = re.compile(rb'\{"function": "((?:[^"\\]|\\.)*)"')
_SYSTEM = {
    "en": "You call the functions of a device. Reply with a JSON list of the calls that do what the"
    " user wants, all of them, in order. Copy values from what the user says or from what functions"
    " told. Reply [] when no function does it, or nothing is left to be called.",
    "es": "Llamas a las funciones de un aparato. Responde con una lista JSON de las llamadas que"
    " hacen lo que quiere el usuario, todas, en orden. Copia los valores de lo que dice el"
    " usuario o de lo que han dicho las funciones. Responde [] si ninguna función lo hace, o si no"
    " queda nada por llamar.",
}
_ASK = {
    "en": "Functions:\n{tools}\nThe user says: {text}",
    "es": "Funciones:\n{tools}\nEl usuario dice: {text}",
}
_THEN = {
    "en": "They told:\n{told}\nWhat is still to be called?",
    "es": "Han dicho:\n{told}\n¿Qué falta por llamar?",
}
_SHOWN: Mapping[str, Sequence[tuple[str, str]]] = {
    "en": (
        (
            "Functions:\n- timers.start(length: duration, name: words): set a ten minute timer\n"
            "- lists.read(list: words): read my shopping list\n"
            "- lists.add(item: words, list: words): add milk to the shopping list\n"
            "The user says: the pasta needs eight minutes and we have run out of salt",
            '[{"function": "timers.start", "length": "8 minutes", "name": "pasta"},'
            ' {"function": "lists.add", "item": "salt"}]',
        ),
        ("They told:\n- timers.start: 8 minutes for pasta.\n- lists.add: I have added salt."
         "\nWhat is still to be called?", "[]"),
        (
            "Functions:\n- clock.time_in(place: words): what time is it in Tokyo\n"
            "- screen.level(): how bright is the screen\n"
            "The user says: who painted the sky in that famous picture",
            "[]",
        ),
    ),
    "es": (
        (
            "Funciones:\n- timers.start(length: duration, name: words): pon un temporizador de diez"
            " minutos\n- lists.read(list: words): lee la lista de la compra\n"
            "- lists.add(item: words, list: words): añade leche a la lista de la compra\n"
            "El usuario dice: la pasta necesita ocho minutos y se ha acabado la sal",
            '[{"function": "timers.start", "length": "8 minutos", "name": "pasta"},'
            ' {"function": "lists.add", "item": "sal"}]',
        ),
        ("Han dicho:\n- timers.start: 8 minutos para pasta.\n- lists.add: He añadido sal."
         "\n¿Qué falta por llamar?", "[]"),
        (
            "Funciones:\n- clock.time_in(place: words): qué hora es en Tokio\n"
            "- screen.level(): cuánto brilla la pantalla\n"
            "El usuario dice: quién pintó el cielo de ese cuadro tan famoso",
            "[]",
        ),
    ),
}  # fmt: skip
"""Small models do what they are shown, not what they are told. It never changes, so it is evaluated
once and kept on disk."""
_UNITS = {
    "en": "second seconds minute minutes hour hours day days",
    "es": "segundo segundos minuto minutos hora horas día días",
}


def beginning(language: str) -> list[Message]:
    """What every prompt begins with."""
    language = language if language in _SYSTEM else "en"
    made: list[Message] = [{"role": "system", "content": _SYSTEM[language]}]
    for asked, written in _SHOWN[language]:
        made += [_user(asked), _assistant(written)]
    return made


def prompt(
    text: str,
    tools: Sequence[Tool],
    called: Sequence[Called],
    language: str,
    history: Sequence[Exchange],
    facts: Sequence[str],
) -> list[Message]:
    """The question, for the model's chat template; each round begins with the one before."""
    language = language if language in _ASK else "en"
    made = beginning(language)
    for exchange in history:
        made += [_user(exchange.user), _assistant(exchange.assistant)]
    lines = "\n".join(f"- {_signature(tool)}: {tool.example}" for tool in tools)
    asked = _ASK[language].format(tools=lines, text=text)
    made.append(_user("\n".join([*facts, asked])))
    if called:
        written = json.dumps([_as_json(entry.call) for entry in called], ensure_ascii=False)
        told = "\n".join(f"- {entry.call.tool}: {entry.told}" for entry in called)
        made += [_assistant(written), _user(_THEN[language].format(told=told))]
    return made


def grammar(tools: Sequence[Tool], language: str) -> str:
    """What the model may write."""
    calls = " | ".join(f"tool{n}" for n in range(len(tools)))
    rules = [
        f'root ::= "[" (call (", " call){{0,{AT_ONCE - 1}}})? "]"',
        f"call ::= {calls}",
    ]
    for number, tool in enumerate(tools):
        values = []
        for name, kind in tool.values.items():
            rule = _rule(kind, tool.choices.get(name, ()))
            values.append(f"({_literal(f', {json.dumps(name)}: ')} {rule})?")
        opening_ = f'{{"function": {json.dumps(tool.name)}'
        parts = [_literal(opening_), *values, _literal("}")]
        rules.append(f"tool{number} ::= {' '.join(parts)}")
    units = " | ".join(_literal(unit) for unit in _UNITS.get(language, _UNITS["en"]).split())
    rules += [
        f'text ::= "\\"" [^"\\\\\\n\\r]{{1,{_LONGEST}}} "\\""',
        'number ::= "\\"" "-"? digits ([.,] digits)? "\\""',
        'duration ::= "\\"" amount (" " amount){0,2} "\\""',
        'amount ::= digits " " unit',
        "digits ::= [0-9]{1,9}",
        f"unit ::= {units}",
    ]
    return "\n".join(rules)


def calls(written: bytes, likely: Sequence[tuple[int, float]]) -> list[Call]:
    """What was written; empty when it is not whole. likely: of each token, the number of bytes
    written with it, and its probability; a call is as likely as the least of its name."""
    try:
        made = msgspec.json.decode(written, type=list[dict[str, str]])
    except (ValueError, RecursionError):
        return []
    found = []
    for values, name in zip(made, _NAME.finditer(written), strict=False):
        start, end, score, at = name.start(), name.end(1), 1.0, 0
        for reached, probability in likely:
            if at < end and reached > start:
                score = min(score, probability)
            at = reached
        if (tool := values.pop("function", None)) is None:
            return []
        found.append(Call(tool, tuple(values.items()), score))
    return found


def _rule(kind: str, choices: Sequence[str]) -> str:
    if choices:
        return f"({' | '.join(_literal(json.dumps(c, ensure_ascii=False)) for c in choices)})"
    return kind if kind in ("number", "duration") else "text"


def _signature(tool: Tool) -> str:
    parts = []
    for name, kind in tool.values.items():
        parts.append(f"{name}: {' or '.join(tool.choices.get(name, ())) or kind}")
    return f"{tool.name}({', '.join(parts)})"


def _as_json(call: Call) -> dict[str, str]:
    return {"function": call.tool, **dict(call.values)}


def _user(text: str) -> Message:
    return {"role": "user", "content": text}


def _assistant(text: str) -> Message:
    return {"role": "assistant", "content": text}


def _literal(text: str) -> str:
    """Text as a literal of the grammar."""
    return json.dumps(text, ensure_ascii=False)
