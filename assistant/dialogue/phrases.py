"""What the dialogue itself says."""

from __future__ import annotations

_SENTENCES = {
    "refused": ("All right, I won't.", "De acuerdo, no lo hago."),
    "never mind": ("All right.", "De acuerdo."),
    "yes or no": ("Please say yes or no. {question}", "Di sí o no, por favor. {question}"),
    "again": ("I did not understand that. {question}", "No lo he entendido. {question}"),
    "lost step": ("I did not understand this: {question}.", "Esto no lo entiendo: {question}."),
    "not asked": ("All right. I had not asked anything.", "De acuerdo. No había preguntado nada."),
    "nothing to undo": (
        "There is nothing that I can take back.",
        "No hay nada que pueda deshacer.",
    ),
    "closed": (
        "That question is closed. Please say it again.",
        "Esa pregunta ya está cerrada. Dilo otra vez, por favor.",
    ),
}


def sentence(key: str, language: str, question: str = "") -> str:
    english, spanish = _SENTENCES[key]
    chosen = spanish if language == "es" else english
    return chosen.replace("{question}", question)
