"""What is said when a function is meant, and a value that it cannot do without was not.

Sentences of a function name all that it needs; the nearest example and the language model may
find a function without that. Then it is asked for, never guessed.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args, get_origin

from assistant.handlers.contract import Function, Request
from assistant.types import Reply

_QUESTIONS: Mapping[Any, tuple[str, str]] = {
    dt.timedelta: ("For how long?", "¿Durante cuánto tiempo?"),
    dt.time: ("For what time?", "¿Para qué hora?"),
    dt.date: ("For which day?", "¿Para qué día?"),
    int: ("How much should it be?", "¿Cuánto debe ser?"),
    float: ("How much should it be?", "¿Cuánto debe ser?"),
}
_BY_NAME = {
    "name": ("Which one?", "¿Cuál?"),
    "text": ("What should it say?", "¿Qué debe decir?"),
    "item": ("What should I put there?", "¿Qué pongo?"),
}
_OTHERWISE = ("What exactly?", "¿Qué exactamente?")


def ask_for_missing(function: Function, request: Request, slots: Mapping[str, Any]) -> Reply | None:
    """A question for the first value that is needed and not there; None when nothing is."""
    parameters = list(inspect.signature(function.call).parameters.values())[1:]
    if not set(slots) <= set(function.slots):
        return None  # another function's slots: an error, and no answer would help
    for parameter in parameters:
        needed = parameter.default is parameter.empty and parameter.kind not in (
            parameter.VAR_POSITIONAL,
            parameter.VAR_KEYWORD,
        )
        if needed and parameter.name not in slots:
            en, es = _question(parameter.name, function.slots.get(parameter.name))
            return request.ask(en, es, function.name, parameter.name, slots)
    return None


def _question(name: str, annotation: Any) -> tuple[str, str]:
    kind, meta = annotation, None
    if get_origin(annotation) is Annotated:
        kind, meta = get_args(annotation)[:2]
    if get_origin(kind) is Literal or isinstance(meta, Mapping):
        return _BY_NAME["name"]
    return _QUESTIONS.get(kind) or _BY_NAME.get(name, _OTHERWISE)
