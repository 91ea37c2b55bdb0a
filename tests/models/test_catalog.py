"""The catalog that ships, and what is refused in one."""

from __future__ import annotations

import pytest

from assistant import paths
from assistant.errors import ConfigError, ModelError
from assistant.models import catalog as module
from tests.models.conftest import entry, sha256

DEFAULTS = {
    "whisper-tiny.en",
    "whisper-base",
    "smollm2-135m-instruct-q4_1",
    "piper-en_us-joe-medium",
    "minilm-l6-v2-int8",
}
SHIPPED = list(module.load().values())


def test_the_defaults_are_embedded_and_of_exact_size():
    assert {e.id for e in module.embedded()} == DEFAULTS
    for model in module.embedded():
        assert model.bytes == sum(file.bytes or 0 for file in model.files)


@pytest.mark.parametrize("model", SHIPPED, ids=lambda m: m.id)
def test_each_shipped_entry_makes_sense(model):
    assert model.wheels or model.hub
    # a hash stands only beside a file that was seen, and those come in wheels
    assert all(bool(file.sha256) == bool(model.wheels) for file in model.files)
    match model.task:
        case "llm":
            assert model.main.endswith(".gguf") and model.parameters and model.quantization
            assert model.ram_mb * 1e6 > model.bytes  # the weights, and a context
        case "tts":
            assert model.main.endswith(".onnx")
            assert [f.name for f in model.files] == [model.main, f"{model.main}.json"]
        case "stt":
            assert model.main is None
            assert {"model.bin", "config.json", "tokenizer.json"} <= {f.name for f in model.files}
        case "embedding":
            assert [f.name for f in model.files] == ["model.onnx", "tokenizer.json"]


@pytest.mark.parametrize(
    ("task", "language"),
    [("stt", "es"), ("stt", "en"), ("llm", "es"), ("tts", "es"), ("tts", "en")],
)
def test_every_language_has_a_choice(task, language):
    assert sum(m.task == task and m.speaks(language) for m in SHIPPED) >= 5


def test_several_quantizations_and_models_that_call_tools():
    models = [m for m in SHIPPED if m.task == "llm"]
    assert {"Q4_1", "Q4_K_M", "Q6_K", "Q8_0"} <= {m.quantization for m in models}
    assert any(m.tools for m in models) and not all(m.tools for m in models)
    assert min(m.bytes for m in models) < 100e6 and max(m.bytes for m in models) > 4.5e9


def test_the_user_adds_models(catalog):
    catalog(entry("mine"))
    assert module.find("mine").note == "a model"
    assert "whisper-base" in module.load()
    path = catalog(entry("mine", note="changed"))
    path.touch()
    assert module.find("mine").note == "changed"


def test_the_user_cannot_replace_a_model(catalog):
    catalog(entry("whisper-base"))
    with pytest.raises(ConfigError, match="'whisper-base' is taken"):
        module.load()


WHEEL = [{"package": "p", "version": "1.0", "bytes": 1}]
FILE = {"name": "m", "bytes": 1, "sha256": sha256(b""), "members": ["m"]}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (entry(task="dance"), "task: Invalid enum value 'dance'"),
        (entry(note=None), "missing required field `note`"),
        (entry(colour="red"), "unknown field `colour`"),
        (entry(bytes=0), "bytes: Expected `int` >= 1"),
        (entry(languages=["english"]), "languages"),
        (entry(languages=[]), "languages"),
        (entry(files=[]), "files"),
        (entry(files=[{"name": "a"}, {"name": "a"}]), "two files have the same name"),
        (entry(files=[{"name": "a", "sha256": "abc"}]), "sha256"),
        (entry(main="other.onnx"), "'other.onnx' is not one of its files"),
        (entry(task="llm"), "tools: needed for a language model"),
        (entry(tools=True), "tools: needed for a language model, and only there"),
        (entry(hub="me/model", wheels=WHEEL), "keep one source"),
        (entry(wheels=WHEEL), "members and wheels go together"),
        (entry(files=[FILE]), "members and wheels go together"),
        (entry(wheels=WHEEL, files=[FILE | {"bytes": 1, "sha256": ""}]), "sha256"),
        (entry(hub="https://elsewhere.example/me"), "hub"),
    ],
)
def test_a_broken_entry_is_named(catalog, table, message):
    path = catalog(table)
    with pytest.raises(ConfigError) as caught:
        module.load()
    assert message in str(caught.value)
    assert str(path) in str(caught.value) and "'mine'" in str(caught.value)


@pytest.mark.parametrize(
    "bad", ["../up", "/root", "a/b", ".hidden", "a\n", "a b", "", "x" * 130, "con\0"]
)
@pytest.mark.parametrize("key", ["id", "file"])
def test_nothing_that_could_leave_the_store_is_an_id_or_a_file_name(catalog, key, bad):
    catalog(entry(bad) if key == "id" else entry(files=[{"name": bad}]))
    with pytest.raises(ConfigError):
        module.load()


@pytest.mark.parametrize("bad", ["../up", "a/../../b", "/etc/passwd", "a\\b", "a?b", "a#b"])
def test_a_repository_path_goes_downwards(catalog, bad):
    catalog(entry(hub="me/model", files=[{"name": "m", "path": bad}]))
    with pytest.raises(ConfigError, match="path"):
        module.load()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[model]\n", "not valid TOML"),
        ("x = 1\n", "unknown key 'x'"),
        ("model = 3\n", "unknown key 'model'"),
        ("model = [3]\n", "model number 1"),
        ("[[model]]\n", "model number 1: entry: Object missing required field"),
    ],
)
def test_a_broken_file_is_named(catalog, text, message):
    path = catalog()
    path.write_text(text)
    with pytest.raises(ConfigError, match=message):
        module.load()


def test_bytes_that_are_no_text(catalog):
    catalog().write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not valid TOML"):
        module.load()


def test_one_id_twice(catalog):
    catalog(entry("mine"), entry("mine"))
    with pytest.raises(ConfigError, match="'mine' is there twice"):
        module.load()


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("whisper-smal", "Did you mean whisper-small?"),
        ("zzz", "See `assistant models list`"),
        ("../../etc/passwd", "There is no model"),
    ],
)
def test_an_unknown_id(wrong, hint):
    with pytest.raises(ModelError) as caught:
        module.find(wrong)
    assert hint in str(caught.value) and caught.value.exit_code == 4


def test_the_catalog_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "shipped", lambda name: tmp_path / name)
    with pytest.raises(ConfigError, match="Install the program again"):
        module.load()
