"""What the profile says of the engine reaches llama.cpp: threads, batch, cache, mapping, memory."""

import gc
import time
from contextlib import closing
from pathlib import Path

import msgspec
import psutil
import pytest
from llama_cpp import llama_cpp as c

from assistant import config, models
from assistant.errors import ModelError
from assistant.stages import Exchange
from assistant.think.llama import Llama
from assistant.think.slm import LlamaThinker
from assistant.worker import Cancel, Worker

SETTINGS = config.load(["think.temperature=0", "think.keep_prefix=false"]).config.think
pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def path():
    try:
        return models.locate(SETTINGS.model)
    except ModelError as error:
        pytest.skip(f"{error} (scripts/test installs it)")


@pytest.fixture
def load(path):
    """load(threads=2, ...): a thinker with these settings, closed in the end."""
    made = []

    def load(**changes):
        made.append(LlamaThinker(path, msgspec.structs.replace(SETTINGS, **changes)))
        return made[-1]

    yield load
    for thinker in made:
        thinker.close()


def ask(thinker, question="What is the capital of France?", history=()):
    return thinker.answer(
        question, language="en", history=history, facts=[], on_text=lambda _: None, cancel=Cancel()
    )  # fmt: skip


def mapped(path):
    """Whether the file of the model is mapped into this process."""
    return str(Path(path).resolve()) in Path("/proc/self/maps").read_text()


def test_threads_batch_and_context(load):
    thinker = load(threads=3, batch=32, context=512)
    context = thinker.llama._context
    assert c.llama_n_threads(context) == c.llama_n_threads_batch(context) == 3
    assert c.llama_n_batch(context) == c.llama_n_ubatch(context) == 32
    assert thinker.llama.context == 512


@pytest.mark.parametrize("mmap", [True, False])
def test_the_file_is_mapped_or_copied(path, load, mmap):
    gc.collect()
    assert not mapped(path)
    load(mmap=mmap, context=256)
    assert mapped(path) == mmap


def test_what_is_evaluated_takes_a_half_and_a_quarter(load):
    """And the answer is still right: quantized values go through another attention kernel."""
    size = {}
    for kind in ("f16", "q8_0", "q4_0"):
        thinker = load(kv_cache=kind, context=512)
        assert "Paris" in ask(thinker).text
        thinker.llama.evaluate(thinker.llama.tokenize("so and so " * 40, control=False))
        size[kind] = len(thinker.llama.state())
    assert 1.7 < size["f16"] / size["q8_0"] < 2.1
    assert 1.7 < size["q8_0"] / size["q4_0"] < 2.1


def test_a_bad_chat_template_leaves_nothing_in_memory(path, tmp_path, monkeypatch):
    """Each question would load it again."""
    content = path.read_bytes()
    assert content.count(b"{% for message") == 1
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(content.replace(b"{% for message", b"{% fox message"))
    closed = []
    close = Llama.close
    monkeypatch.setattr(Llama, "close", lambda llama: closed.append(llama) or close(llama))
    with pytest.raises(ModelError, match=r"chat template of bad.gguf cannot be used"):
        LlamaThinker(bad, msgspec.structs.replace(SETTINGS, context=256))
    assert len(closed) == 1 and closed[0]._context is None


def test_layers_for_a_card_that_is_not_there_are_no_matter(load):
    assert "Paris" in ask(load(gpu_layers=-1, context=256)).text


def test_unloaded_it_gives_its_memory_back_and_answers_again(path):
    """In the worker that owns it, as `rest.Rest` does when nobody speaks or memory is short."""
    settings = msgspec.structs.replace(SETTINGS, mmap=False)  # else the weights count as files
    with closing(Worker("think", lambda: LlamaThinker(path, settings))) as worker:
        cancel, process = Cancel(), psutil.Process()
        first = worker.run(ask, cancel)
        before = process.memory_info().rss
        worker.unload().result()
        assert not worker.loaded
        assert before - process.memory_info().rss > 60e6  # of 98 MB of weights, and the context
        assert worker.run(ask, cancel).text == first.text


def test_old_turns_are_told_in_short_when_the_context_is_full(load):
    """The oldest are not just dropped: what was asked stands in the prompt still."""
    thinker = load(context=512, max_tokens=20, history=4)
    history = [
        Exchange(f"What about the {name}?", f"The {name} is fine. " + "It goes on and on. " * 24)
        for name in ("apple", "boat", "cat", "door")
    ]
    prompt = thinker._prompt("And now?", "en", history, [])
    text = b"".join(map(thinker.llama.piece, prompt)).decode()
    assert len(prompt) <= thinker.llama.context - 20
    assert "apple is fine" in text  # told in short
    assert text.count("goes on and on") < 4 * 24  # and not in full
    assert text.rindex("door") > text.rindex("apple")
    assert ask(thinker, "And now?", history).prompt_tokens == len(prompt)


def test_a_cancelled_prompt_keeps_what_it_has_read(load):
    """So the same question, asked again after an interruption, begins further on."""
    thinker, cancel = load(), Cancel()
    question = "a b c d e f g h " * 200
    began = time.monotonic()
    worker = Worker("think", lambda: thinker)
    future = worker.start(
        lambda t: t.answer(
            question, language="en", history=[], facts=[], on_text=lambda _: None, cancel=cancel
        )
    )
    while len(thinker.llama.evaluated) < 128 and time.monotonic() - began < 240:
        time.sleep(0.01)
    cancel.set()
    assert future.result().ended_by == "cancelled"
    assert len(thinker.llama.evaluated) >= 128
    assert ask(thinker, question).cached_tokens >= 128
    worker.close()
