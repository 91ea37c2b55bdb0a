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
    "taught.learn": [
        ("when I say movie time do turn it up", {"phrase": "movie time", "meaning": "turn it up"}),
        ("that means turn on the fan", {"meaning": "turn on the fan"}),
    ],
    "taught.replace": [
        ("change what movie time means to turn it up",
         {"phrase": "movie time", "meaning": "turn it up"}),
    ],
    "taught.listing": [
        "what have I taught you", "What did I teach you?", "list my routines",
        "what routines do I have",
    ],
    "taught.explain": [
        ("what does the phrase movie time mean", {"phrase": "movie time"}),
        ("what happens when I say movie time", None),
    ],
    "taught.forget": [
        ("forget the phrase movie time", {"phrase": "movie time"}),
        ("delete the routine movie time please", {"phrase": "movie time"}),
        ("forget what movie time means", None),
    ],
    "taught.forget_all": ["forget everything I taught you", "forget all that I have taught you"],
    "speech.slower": ["speak slower", "talk more slowly please", "speak a bit slower",
                      "you talk too fast"],
    "speech.faster": ["speak faster", "talk a little faster", "you speak too slowly"],
    "speech.normally": ["speak normally", "talk at your normal speed"],
    "speech.repeat_slower": ["repeat that slower", "say that again more slowly"],
    "speech.spell": [
        ("spell elephant", {"word": "elephant"}), ("how do you spell rhythm", {"word": "rhythm"}),
        ("how is Cholmondeley written", None),
    ],
    "speech.spell_that": ["spell that", "spell it out", "how is that spelled"],
    "speech.language": [
        ("speak Spanish", {"language": "es"}), ("talk to me in English", {"language": "en"}),
        ("switch to Spanish please", {"language": "es"}),
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
    "taught.learn": [
        ("cuando diga hora del cine haz sube el volumen",
         {"phrase": "hora del cine", "meaning": "sube el volumen"}),
        ("eso significa enciende el ventilador", {"meaning": "enciende el ventilador"}),
    ],
    "taught.replace": [
        ("cambia lo que significa hora del cine por sube el volumen",
         {"phrase": "hora del cine", "meaning": "sube el volumen"}),
    ],
    "taught.listing": [
        "qué te he enseñado", "¿Qué frases te he enseñado?", "lista mis rutinas",
        "qué rutinas tengo",
    ],
    "taught.explain": [
        ("qué significa la frase hora del cine", {"phrase": "hora del cine"}),
        ("qué pasa cuando digo hora del cine", None),
    ],
    "taught.forget": [
        ("olvida la frase hora del cine", {"phrase": "hora del cine"}),
        ("borra la rutina hora del cine", None), ("olvida lo de hora del cine", None),
    ],
    "taught.forget_all": ["olvida todo lo que te he enseñado"],
    "speech.slower": ["habla más despacio", "habla un poco más lento", "hablas muy rápido"],
    "speech.faster": ["habla más rápido", "hable más deprisa", "hablas demasiado despacio"],
    "speech.normally": ["habla normal", "habla como siempre"],
    "speech.repeat_slower": ["repítelo más despacio", "dilo otra vez más lento"],
    "speech.spell": [
        ("deletrea elefante", {"word": "elefante"}), ("cómo se escribe huevo", {"word": "huevo"}),
    ],
    "speech.spell_that": ["deletréalo", "deletrea eso"],
    "speech.language": [
        ("habla inglés", {"language": "en"}), ("contesta en español", {"language": "es"}),
        ("cambia el idioma a inglés", {"language": "en"}),
    ],
}  # fmt: skip

EN_NOTHING = [
    "undo my shoelaces", "why did the chicken do that", "the other day I saw her",
    "what does love mean", "how fast does a horse run", "who speaks Spanish in Brazil",
    "when I say so he never listens", "forget about the meeting",
    "do that again and I will scream at you", "cancel my subscription to the magazine",
]  # fmt: skip

ES_NOTHING = [
    "el otro día la vi", "por qué ha hecho eso mi hermano", "deshaz la maleta",
]  # fmt: skip
