"""Talk about what was just done, what was taught, and how the assistant speaks."""

EN = {
    "conversation.undo": [
        "undo", "undo that", "Undo the last thing.", "please undo it", "take that back",
        "revert the last change", "change it back", "put it back to what it was",
        "undo what you just did",
    ],
    "conversation.cancel_that": ["cancel that", "cancel it", "scratch that"],
    "conversation.again": [
        "do that again", "do it again please", "do it once more", "the same again",
        "repeat my last command", "same thing again",
    ],
    "conversation.other": [
        "the other one", "no, the other one", "I meant the other one", "not that one, the other",
    ],
    "conversation.why": [
        "why did you do that", "Why did you say that?", "what did you just do",
        "what did you understand", "what made you do that",
    ],
}  # fmt: skip

ES = {
    "conversation.undo": [
        "deshazlo", "deshaz eso", "deshacer", "Deshaz lo último, por favor.", "vuelve atrás",
        "déjalo como estaba", "revierte el último cambio", "deshágalo",
    ],
    "conversation.cancel_that": ["cancela eso", "cancélalo", "cancelar eso"],
    "conversation.again": [
        "hazlo otra vez", "hazlo de nuevo", "vuelve a hacerlo", "lo mismo otra vez",
        "repite la última orden",
    ],
    "conversation.other": ["el otro", "no, la otra", "me refería al otro", "ese no, el otro"],
    "conversation.why": [
        "¿por qué has hecho eso?", "por qué lo hiciste", "qué has hecho", "qué has entendido",
    ],
}  # fmt: skip

EN_NOTHING = [
    "undo my shoelaces", "why did the chicken do that", "the other day I saw her",
    "do that again and I will scream at you", "cancel my subscription to the magazine",
]  # fmt: skip

ES_NOTHING = [
    "el otro día la vi", "por qué ha hecho eso mi hermano", "deshaz la maleta",
]  # fmt: skip
