"""What the language model is told, from what never changes to what always does.

In this order the beginning of the prompt stays the same from turn to turn, and the model's
work on it is kept: the system prompt, the conversation, then this moment's facts with the question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypedDict

from assistant.stages import Exchange

SYSTEM = {
    "en": "You are a helpful voice assistant. Answer in one or two short sentences.",
    "es": "Eres un asistente de voz servicial. Responde en español, con una o dos frases cortas.",
}
"""Short on purpose: of several tried on a 135 M model, every further rule ("say when you do not
know", "no lists") made more of its answers about the rules."""
_FACTS = {"en": "True now:", "es": "Es verdad ahora:"}
_QUESTION = {"en": "Question:", "es": "Pregunta:"}


class Message(TypedDict):
    """In the form that chat templates take."""

    role: Literal["system", "user", "assistant"]
    content: str


def messages(
    question: str,
    language: str,
    history: Sequence[Exchange],
    facts: Sequence[str],
    about: Callable[[str], str] = lambda _: "",
) -> list[Message]:
    """The conversation up to and with `question`. A language we have no words for: English.

    about: by language, what the model is told of this device; what does not change while the
    program runs, so that it belongs to the beginning that is evaluated once.
    """
    language = language if language in SYSTEM else "en"
    told = "\n".join(text for text in (SYSTEM[language], about(language)) if text)
    said: list[Message] = [{"role": "system", "content": told}]
    for exchange in history:
        said.append({"role": "user", "content": exchange.user})
        said.append({"role": "assistant", "content": exchange.assistant})
    if facts:
        known = f"{_FACTS[language]} {' '.join(facts)}"
        question = f"{known}\n{_QUESTION[language]} {question}"
    said.append({"role": "user", "content": question})
    return said
