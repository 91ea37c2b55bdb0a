"""What the user told the assistant to remember, and how it knows what it says."""

EN = {
    "memory.remember": [
        ("remember that the spare key is at the neighbour's",
         {"text": "the spare key is at the neighbour's"}),
        ("Please remember that my sister lives in Bilbao", {"text": "my sister lives in bilbao"}),
        ("keep in mind that Anna is allergic to nuts", {"text": "anna is allergic to nuts"}),
        ("don't forget that the bins are collected by the town", None),
        ("remember my locker number is 42", None), ("remember where I parked the car", None),
        ("remember I parked on level three", None), ("remember this", None),
    ],
    "memory.listing": [
        "what do you remember", "What do you remember about me?", "what do you know about me",
        "what have I told you to remember", "list what you remember",
    ],
    "memory.recall": [
        ("what do you remember about the spare key", {"about": "the spare key"}),
        ("what did I tell you about my sister", {"about": "my sister"}),
        ("do you remember where the spare key is", None),
    ],
    "memory.forget": [
        ("forget what I told you about the spare key", {"about": "the spare key"}),
        ("forget that the spare key is at the neighbour's", None),
        ("delete the memory about my sister", {"about": "my sister"}),
    ],
    "memory.forget_all": [
        "forget everything I told you", "Forget everything about me.", "wipe your memory",
    ],
    "conversation.source": [
        "how do you know that", "How do you know?", "where did you get that from",
        "who told you that", "are you sure about that", "is that true", "what's your source",
    ],
    "reminders.add": [("remember to buy milk", {"what": "buy milk"})],
}  # fmt: skip

ES = {
    "memory.remember": [
        ("recuerda que la llave de repuesto está en casa del vecino",
         {"text": "la llave de repuesto está en casa del vecino"}),
        ("ten en cuenta que Ana es alérgica a las nueces", None),
        ("no olvides que mi hermana vive en Bilbao", None),
        ("acuérdate de que el coche está en la planta tres", None),
    ],
    "memory.listing": [
        "qué recuerdas", "¿Qué recuerdas de mí?", "qué sabes de mí",
        "qué te he pedido que recuerdes",
    ],
    "memory.recall": [
        ("qué recuerdas de la llave de repuesto", {"about": "la llave de repuesto"}),
        ("qué te dije sobre mi hermana", {"about": "mi hermana"}),
    ],
    "memory.forget": [
        ("olvida lo que te dije de la llave", {"about": "la llave"}),
        ("olvida que mi hermana vive en Bilbao", None),
    ],
    "memory.forget_all": [
        "olvida todo lo que te dije", "borra tu memoria", "olvida todo lo que sabes de mí",
    ],
    "conversation.source": [
        "cómo lo sabes", "¿Cómo sabes eso?", "quién te lo ha dicho", "estás seguro",
        "¿eso es verdad?", "de dónde sacas eso",
    ],
}  # fmt: skip

EN_NOTHING = [
    "I remember that summer", "how does human memory work", "who invented the memory card",
    "I forgot my keys", "how do you know when a steak is done", "is that true love",
    "where is the spare key",
]  # fmt: skip

ES_NOTHING = [
    "recuerdo que era verano", "cómo sabes cuándo está hecha la carne",
    "dónde está la llave de repuesto",
]  # fmt: skip
