"""All sentence tables: the shared ones, and those of each file `sentences_FAMILY.py`.

Such a file has EN and ES (function -> sentences, or pairs of a sentence and its slots), EN_NOTHING
and ES_NOTHING (sentences that call no function), and may have VALUES (per language, slot -> words
for it in sentences drawn from the templates).
"""

import importlib
from pathlib import Path

from tests.understand import sentences_en, sentences_es

TABLES = {"en": sentences_en, "es": sentences_es}
VALUES = {
    "en": {
        "length": ["ten minutes", "an hour and a half", "45 seconds"],
        "lasting": ["five minute", "two hours"],
        "name": ["pasta", "blue car"],
        "time": ["seven thirty", "6:30 pm"],
        "day": ["christmas", "the fifth of may", "next friday"],
        "level": ["fifty", "30 percent"],
        "by": ["ten percent", "5"],
        "app": ["firefox", "browser"],
        "program": ["odd machine"],
        "output": ["headphones", "hdmi"],
        "amount": ["a bit", "much"],
        "part": ["processor", "graphics card"],
        "kind": ["headphones", "speaker"],
        "phrase": ["movie time", "good night"],
        "meaning": ["dim the lamps", "wake everybody"],
        "player": ["vlc"],
        "what": ["blue train"],
        "artist": ["kenny rogers"],
        "sort": ["album"],
    },
    "es": {
        "length": ["diez minutos", "hora y media", "45 segundos"],
        "lasting": ["cinco minutos", "dos horas"],
        "name": ["pasta", "coche azul"],
        "time": ["siete y media", "6:30 de la tarde"],
        "day": ["navidad", "cinco de mayo"],
        "level": ["cincuenta", "30 por ciento"],
        "by": ["diez por ciento", "5"],
        "app": ["firefox", "navegador"],
        "program": ["otra cosa"],
        "output": ["auriculares", "hdmi"],
        "amount": ["un poco", "mucho"],
        "part": ["procesador", "disco"],
        "kind": ["auriculares", "altavoz"],
        "phrase": ["hora del cine", "a dormir"],
        "meaning": ["atenúa las lámparas", "despierta a todos"],
        "player": ["vlc"],
        "what": ["blue train"],
        "artist": ["kenny rogers"],
        "sort": ["disco"],
    },
}

for file in sorted(Path(__file__).parent.glob("sentences_*.py")):
    family = importlib.import_module(f"tests.understand.{file.stem}")
    if family in TABLES.values():
        continue
    for language, table in TABLES.items():
        for function, sentences in getattr(family, language.upper()).items():
            table.MATCH[function] = [*table.MATCH.get(function, ()), *sentences]
        table.NO_MATCH.extend(getattr(family, f"{language.upper()}_NOTHING"))
        VALUES[language] |= getattr(family, "VALUES", {}).get(language, {})
