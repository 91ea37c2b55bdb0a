"""The evaluated beginning of the prompt on disk: read back whole, or not at all."""

import os
import stat

import msgspec
import pytest

from assistant import config, models
from assistant.errors import ModelError
from assistant.think.kept_prefix import KeptPrefixes
from assistant.think.llama import Llama
from assistant.think.slm import LlamaThinker
from assistant.worker import Cancel

TOKENS = [1, 2, 3]
STATE = bytes(range(256)) * 20


@pytest.fixture
def kept(tmp_path):
    return KeptPrefixes("model", tmp_path / "prefixes")


def only_file(kept):
    [file] = kept._folder.iterdir()
    return file


def test_what_was_kept_is_read_by_its_owner_alone(kept):
    kept.write(TOKENS, STATE)
    assert kept.read(TOKENS) == STATE
    assert stat.S_IMODE(only_file(kept).stat().st_mode) == 0o600
    assert stat.S_IMODE(kept._folder.stat().st_mode) == 0o700


def test_another_prefix_or_model_finds_nothing(kept):
    kept.write(TOKENS, STATE)
    assert kept.read([1, 2]) is None
    assert KeptPrefixes("other model", kept._folder).read(TOKENS) is None


def test_a_file_of_another_key_in_its_place_is_not_read(kept):
    kept.write(TOKENS, STATE)
    only_file(kept).rename(kept._folder / kept._key([9]))
    assert kept.read([9]) is None


@pytest.mark.parametrize("damage", ["cut", "empty", "flipped", "other"])
def test_a_damaged_file_is_not_read_and_replaced(kept, damage):
    kept.write(TOKENS, STATE)
    file = only_file(kept)
    raw = bytearray(file.read_bytes())
    raw[-1] ^= 1
    file.write_bytes(
        {"cut": raw[:-9], "empty": b"", "flipped": bytes(raw), "other": b"text"}[damage]
    )
    assert kept.read(TOKENS) is None
    kept.write(TOKENS, STATE)
    assert kept.read(TOKENS) == STATE


def test_a_file_that_others_can_write_is_not_read(kept):
    kept.write(TOKENS, STATE)
    only_file(kept).chmod(0o620)
    assert kept.read(TOKENS) is None


def test_only_the_latest_are_kept(kept):
    for n in range(12):
        kept.write([n], STATE)
    assert len(list(kept._folder.iterdir())) == 8
    assert kept.read([11]) == STATE


def test_a_folder_that_cannot_be_written_is_no_matter(tmp_path):
    (tmp_path / "file").write_text("")
    kept = KeptPrefixes("model", tmp_path / "file")
    kept.write(TOKENS, STATE)
    assert kept.read(TOKENS) is None


# -- with a real model -------------------------------------------------------------------------

SETTINGS = config.load(["think.temperature=0", "think.context=512", "think.max_tokens=12"])
ABOUT = "You can set timers and alarms, take notes, and play music. " * 8


@pytest.fixture(scope="module")
def path():
    try:
        return models.locate(SETTINGS.config.think.model)
    except ModelError as error:
        pytest.skip(f"{error} (scripts/test installs it)")


def thinker(path, **changes):
    settings = msgspec.structs.replace(SETTINGS.config.think, **changes)
    return LlamaThinker(path, settings, lambda _: ABOUT)


def ask(made, question="What is the capital of France?"):
    return made.answer(
        question, language="en", history=[], facts=[], on_text=lambda _: None, cancel=Cancel()
    )


@pytest.mark.models
@pytest.mark.parametrize("kv_cache", ["f16", "q8_0"])
def test_the_next_start_evaluates_only_the_question(path, home, kv_cache):
    first = thinker(path, kv_cache=kv_cache)
    cold = ask(first)
    first.close()
    second = thinker(path, kv_cache=kv_cache)
    warm = ask(second)
    second.close()
    assert cold.cached_tokens == 0
    assert warm.prompt_tokens == cold.prompt_tokens > 80
    assert warm.prompt_tokens - warm.cached_tokens < 20
    assert warm.text == cold.text


@pytest.mark.models
def test_parameters_have_files_of_their_own(path, home):
    for kv_cache in ("f16", "q8_0"):
        made = thinker(path, kv_cache=kv_cache)
        assert ask(made).cached_tokens == 0
        made.close()
    assert len(list((home / "cache" / "prefixes").iterdir())) == 2


@pytest.mark.models
def test_a_damaged_state_is_evaluated_again(path, home):
    first = thinker(path)
    text = ask(first).text
    first.close()
    [file] = (home / "cache" / "prefixes").iterdir()
    file.write_bytes(os.urandom(file.stat().st_size))
    second = thinker(path)
    answer = ask(second)
    second.close()
    assert (answer.text, answer.cached_tokens) == (text, 0)


@pytest.mark.models
def test_a_state_of_something_else_is_refused_by_llama(path):
    llama = Llama(path, context=256, threads=1, gpu_layers=0)
    assert not llama.restore([1, 2, 3], b"no state" * 99)
    assert not llama.begins_with([1])
    llama.evaluate([1, 2, 3])
    llama.close()


@pytest.mark.models
def test_what_is_prepared_need_not_be_evaluated(path, home):
    from assistant.stages import Exchange

    made = thinker(path)
    history = [Exchange("Name a colour.", "Blue is a colour, like the sky on a clear day.")]
    made.prepare(language="en", history=history, cancel=Cancel())
    answer = made.answer(
        "Name an animal.", language="en", history=history, facts=[], on_text=lambda _: None,
        cancel=Cancel(),
    )  # fmt: skip
    made.close()
    assert answer.prompt_tokens - answer.cached_tokens < 16


@pytest.mark.models
def test_a_cancelled_preparation_stops(path, home):
    made = thinker(path)
    cancel = Cancel()
    cancel.set()
    made.prepare(language="en", history=[], cancel=cancel)
    assert ask(made).cached_tokens == 0
    made.close()
