"""Documents: which there are, and what they say."""

EN = {
    "documents.which": [
        "what documents do you have",
        "Which documents have you read?",
        "list my documents",
        "how many documents do you have",
    ],
    "documents.search": [
        ("search my documents for the warranty", {"about": "the warranty"}),
        ("what do my documents say about tire pressure", {"about": "tire pressure"}),
        ("check the manuals for error 42", {"about": "error 42"}),
    ],
    "documents.ask": [
        (
            "what does the car manual say about tire pressure",
            {"document": "Car manual", "about": "tire pressure"},
        ),
        ("look in the car manual for the fuse", {"document": "Car manual", "about": "the fuse"}),
    ],
}
ES = {
    "documents.which": [
        "qué documentos tienes",
        "¿Qué documentos hay?",
        "enumera mis documentos",
        "cuántos documentos tienes",
    ],
    "documents.search": [
        ("busca en mis documentos la garantía", {"about": "la garantía"}),
        ("qué dicen mis documentos sobre la itv", {"about": "la itv"}),
        ("mirá en los manuales el error 42", {"about": "el error 42"}),
    ],
    "documents.ask": [
        (
            "qué dice el manual de la caldera sobre la presión",
            {"document": "Manual de la caldera", "about": "la presión"},
        ),
        (
            "busca en el manual de la caldera el error 5",
            {"document": "Manual de la caldera", "about": "el error 5"},
        ),
    ],
}
EN_NOTHING = ["what do documents mean in law", "who wrote the manual of style"]
ES_NOTHING = ["qué es un documento notarial", "quién escribió el manual"]
