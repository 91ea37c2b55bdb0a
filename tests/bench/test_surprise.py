"""How much a text surprises a real model: the less sense, and the fewer weights, the more."""

import random
from contextlib import closing

import pytest

from assistant import config, models
from assistant.bench.quantize import requantized
from assistant.bench.surprise import bits_a_letter, prose
from assistant.errors import ModelError
from assistant.think.llama import Llama

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def path():
    try:
        return models.locate(config.load([]).config.think.model)
    except ModelError as error:
        pytest.skip(f"{error} (scripts/test installs it)")


def bits(path, text, threads=1):
    with closing(Llama(path, context=256, threads=threads, gpu_layers=0)) as llama:
        return bits_a_letter(llama, text)


def test_sense_surprises_less_than_the_same_words_shuffled(path):
    words = prose("en").split()[:120]
    shuffled = random.Random(7).sample(words, len(words))
    told, mixed = bits(path, " ".join(words)), bits(path, " ".join(shuffled))
    assert 0.5 < told < mixed < 6


def test_a_lossy_quantization_surprises_more(path, tmp_path):
    text = " ".join(prose("en").split()[:120])
    assert bits(requantized(path, "Q2_K", tmp_path), text) > bits(path, text)


def test_both_languages_tell_the_same():
    assert 0.8 < len(prose("en")) / len(prose("es")) < 1.2
