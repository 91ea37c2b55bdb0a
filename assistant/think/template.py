"""The template inside a model's file that makes a text of messages.

Filled as Hugging Face's transformers and llama-cpp-python fill it, which the templates are written
for: https://huggingface.co/docs/transformers/chat_templating_writing
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence

from jinja2.ext import Extension, loopcontrols
from jinja2.nodes import Node
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

_NOT_GIVEN = ("functions", "function_call", "tools", "tool_choice")
"""Which some templates ask for: functions are called within a grammar instead."""


class _Generation(Extension):
    """`{% generation %}` marks what a model learns to write; filling passes over it."""

    tags = {"generation"}  # noqa: RUF012 - declared so by the class above

    def parse(self, parser: Parser) -> list[Node]:
        parser.stream.skip(1)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class Template:
    """text: Jinja, from a file that may be anybody's: it reaches nothing but what it is given.
    bos, eos: the texts of the tokens that begin and end a conversation.

    Raises jinja2's TemplateError for a text that is no template.
    """

    def __init__(self, text: str, *, bos: str, eos: str) -> None:
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=[_Generation, loopcontrols]
        )
        environment.filters["tojson"] = _to_json
        self._template = environment.from_string(text)
        self._tokens = {"bos_token": bos, "eos_token": eos}

    def fill(self, messages: Sequence[Mapping[str, object]], **given: object) -> str:
        """The text up to where the model goes on. Raises TemplateError, and ValueError where the
        template refuses these messages."""
        return self._template.render(
            {
                **dict.fromkeys(_NOT_GIVEN),
                **self._tokens,
                "messages": messages,
                "add_generation_prompt": True,
                "raise_exception": _refuse,
                "strftime_now": _now,
                **given,
            }
        )


def _refuse(message: str) -> None:
    raise ValueError(message)


def _now(form: str) -> str:
    return dt.datetime.now().astimezone().strftime(form)


def _to_json(
    value: object,
    ensure_ascii: bool = False,
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    """As a template expects it: jinja2's own escapes what means something in HTML."""
    return json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )
