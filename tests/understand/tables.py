"""All sentence tables: the shared ones, and those of each file `sentences_FAMILY.py`.

Such a file has EN and ES (function -> sentences, or pairs of a sentence and its slots), EN_NOTHING
and ES_NOTHING (sentences that call no function).
"""

import importlib
from pathlib import Path

from tests.understand import sentences_en, sentences_es

TABLES = {"en": sentences_en, "es": sentences_es}

for file in sorted(Path(__file__).parent.glob("sentences_*.py")):
    family = importlib.import_module(f"tests.understand.{file.stem}")
    if family in TABLES.values():
        continue
    for language, table in TABLES.items():
        for function, sentences in getattr(family, language.upper()).items():
            table.MATCH[function] = [*table.MATCH.get(function, ()), *sentences]
        table.NO_MATCH.extend(getattr(family, f"{language.upper()}_NOTHING"))
