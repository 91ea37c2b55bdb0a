import numpy as np
import pytest

from assistant.think.documents import index
from assistant.think.documents.library import Library
from assistant.think.documents.store import Store

MANUAL = """# Car manual

## Wheels

### Tire pressure

The front tires need 32 psi and the rear tires 30 psi. Check the pressure once a month.

## Engine

Change the oil every 15,000 kilometers or once a year. The engine takes 4.5 liters of oil.
"""
RECIPE = """# Tortilla de patatas

## Ingredientes

Para la tortilla hacen falta seis huevos, un kilo de patatas y una cebolla grande.

## Preparación

Las patatas se fríen a fuego lento durante veinte minutos en aceite de oliva.
"""


def embed(texts, _longest):
    """Vectors by letter triples: alike for texts that are alike."""
    made = np.zeros((len(texts), 384), np.float32)
    for row, text in enumerate(texts):
        for i in range(len(text) - 2):
            made[row, hash_of(text[i : i + 3].lower()) % 384] += 1
        made[row] /= max(1e-9, float(np.linalg.norm(made[row])))
    return made


def hash_of(text):
    return int.from_bytes(text.encode()[:8], "big")


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "documents"
    place.mkdir()
    (place / "car_manual.md").write_text(MANUAL)
    (place / "tortilla.md").write_text(RECIPE)
    return place


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path / "index" / "documents.db")
    yield made
    made.close()


@pytest.fixture
def library(store, folder):
    """By words alone."""
    store.add_place(folder)
    index.update(store)
    return Library(store)
