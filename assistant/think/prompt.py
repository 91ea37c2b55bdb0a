"""What the language model is told, from what never changes to what always does.

In this order the beginning of the prompt stays the same from turn to turn, and the model's
work on it is kept: the system prompt, the conversation, then this moment's facts with the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from assistant.stages import Exchange

SYSTEM = {
    "en": (
        "You are a voice assistant that runs on this device, without the internet. Your words "
        "are read aloud, so answer in one to three short, plain sentences, without lists, "
        "headings or symbols. If you do not know something, say that you do not know."
    ),
    "es": (
        "Eres un asistente de voz que funciona en este dispositivo, sin internet. Tus palabras "
        "se leen en voz alta: responde en español, con una a tres frases cortas y sencillas, "
        "sin listas, títulos ni símbolos. Si no sabes algo, di que no lo sabes."
    ),
}
_FACTS = {"en": "True now:", "es": "Es verdad ahora:"}
_QUESTION = {"en": "Question:", "es": "Pregunta:"}


class Message(TypedDict):
    """In the form that chat templates take."""

    role: Literal["system", "user", "assistant"]
    content: str


def messages(
    question: str, language: str, history: Sequence[Exchange], facts: Sequence[str]
) -> list[Message]:
    """The conversation up to and with `question`. A language we have no words for: English."""
    language = language if language in SYSTEM else "en"
    said: list[Message] = [{"role": "system", "content": SYSTEM[language]}]
    for exchange in history:
        said.append({"role": "user", "content": exchange.user})
        said.append({"role": "assistant", "content": exchange.assistant})
    if facts:
        known = f"{_FACTS[language]} {' '.join(facts)}"
        question = f"{known}\n{_QUESTION[language]} {question}"
    said.append({"role": "user", "content": question})
    return said
