"""The chat template inside a model's file: from messages to the tokens of a prompt."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import TemplateError

from assistant.errors import ModelError
from assistant.think.llama import Llama
from assistant.think.prompt import Message
from assistant.think.template import Template

_MARK = 0xE000  # private-use characters, which stand for the contents while a template is filled


class Chat:
    """name: of the model's file. Raises ModelError for a model without a template, or with one
    that is none."""

    def __init__(self, llama: Llama, name: str) -> None:
        template = llama.chat_template
        if template is None:
            raise ModelError(
                f"{name} has no chat template, so it cannot converse. "
                "Choose an instruction-tuned model: `assistant models list --task llm`."
            )
        self._llama = llama
        tokens = {kind: llama.token_text(kind) for kind in ("bos", "eos")}
        try:
            self._template = Template(template, **tokens)
        except Exception as error:  # of a file that may be anybody's
            raise ModelError(
                f"The chat template of {name} cannot be used ({type(error).__name__}). Choose "
                "another model: `assistant models list --task llm`."
            ) from error

    def encode(self, said: Sequence[Message], *, short: bool = False) -> list[int]:
        """Tokens of the filled template; `short`: up to the content of the last message. Only the
        template's own marks become control tokens: what people, files and models wrote is
        tokenised as the text that it is."""
        contents = [message["content"] for message in said]
        text = self._fill(
            [{"role": message["role"], "content": chr(_MARK + i)} for i, message in enumerate(said)]
        )
        tokens: list[int] = []
        start = 0
        for i, char in enumerate(text):
            index = ord(char) - _MARK
            if 0 <= index < len(contents):
                tokens += self._llama.tokenize(text[start:i], control=True)
                if short and index == len(contents) - 1:
                    return tokens
                tokens += self._llama.tokenize(contents[index].strip(), control=False)
                start = i + 1
        return tokens + self._llama.tokenize(text[start:], control=True)

    def _fill(self, said: Sequence[Message]) -> str:
        try:
            # models that think aloud first are asked not to: a voice has no time for it
            return self._template.fill(said, enable_thinking=False)
        except (TemplateError, ValueError):
            # Some templates know no system role: then the first question carries it.
            system, first, *rest = said
            joined = f"{system['content']}\n\n{first['content']}"
            joined_said = [{**first, "content": joined}, *rest]
            return self._template.fill(joined_said, enable_thinking=False)
