"""Settings: the layers, where each value came from, and what is refused."""

import re
import stat
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from assistant import config, paths
from assistant.config import load, profiles, user_file, value_of, write
from assistant.errors import ConfigError, StorageError
from assistant.settings import Step

PROFILES = paths.shipped("device_profiles")
BASE = (PROFILES / "base.toml").read_text("utf-8")
CODE = [path for path in Path(config.__file__).parent.rglob("*.py") if path.name != "config.py"]
KEYS = sorted(load().origin)


@pytest.fixture
def user(home):
    """Writes the user's file."""

    def write_it(text):
        path = user_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    return write_it


# -- layers ---------------------------------------------------------------------------------------


def test_without_a_file_everything_is_the_base():
    settings = load()
    assert set(settings.origin.values()) == {"base"}
    assert settings.config.stt.model_en == "whisper-tiny.en"


def test_each_layer_lies_on_the_one_before(user):
    path = user('profile = "minimal"\n[stt]\nbeam = 2\n[speak]\nvoice_es = "mine"\n')
    settings = load(["stt.beam=3", "timers.rings=2"])
    assert settings.config.route.open_questions == "refuse"
    assert settings.config.speak.voice_en == "espeak"
    assert settings.config.speak.voice_es == "mine"
    assert settings.config.stt.beam == 3
    assert {
        key: settings.origin[key]
        for key in ("stt.beam", "speak.voice_es", "speak.voice_en", "think.model", "stt.threads")
    } == {
        "stt.beam": "--set",
        "speak.voice_es": str(path),
        "speak.voice_en": "profile minimal",
        "think.model": "profile minimal",
        "stt.threads": "base",
    }


def test_the_profile_may_be_chosen_in_any_layer(user):
    user('profile = "minimal"')
    assert load().config.think.model == "none"
    assert load(["profile=none"]).config.think.model != "none"


def test_a_file_of_the_command_line_replaces_the_users(user, tmp_path):
    user("[stt]\nbeam = 2\n")
    other = tmp_path / "other.toml"
    other.write_text("[stt]\nthreads = 1\n")
    settings = load(file=other)
    assert (settings.config.stt.beam, settings.config.stt.threads) == (1, 1)
    assert settings.origin["stt.threads"] == str(other)


THERE_ARE = ", ".join(profiles())


@pytest.mark.parametrize(
    ("override", "key", "value"),
    [
        ("stt.beam=2", "stt.beam", 2),
        ("speak.pace=1", "speak.pace", 1.0),
        ("wake.chime=false", "wake.chime", False),
        ("wake.word=alexa", "wake.word", "alexa"),
        ('wake.word="alexa"', "wake.word", "alexa"),
        ("wake.word = alexa ", "wake.word", "alexa"),
        ("wake.word=/a=b", "wake.word", "/a=b"),
        ("audio.input=3", "audio.input", 3),
        ("audio.input=USB Mic", "audio.input", "USB Mic"),
        ('stt.words=["Ana", "Zoe"]', "stt.words", ["Ana", "Zoe"]),
        ("functions.folder=", "functions.folder", ""),
    ],
)
def test_overrides(override, key, value):
    assert value_of(load([override]).config, key) == value


def test_settings_of_a_language():
    both = load(["language=auto"]).config
    assert both.languages == ("en", "es")
    assert both.stt.model("auto") == "whisper-base"
    assert load(["language=es"]).config.languages == ("es",)
    assert both.speak.voice("es") == "espeak"


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("override", "sentence"),
    [
        ("stt.bean=2", "--set: there is no setting stt.bean. Did you mean stt.beam?"),
        ("beam=2", "--set: there is no setting beam. Did you mean stt.beam?"),
        ("stt=2", "--set: there is no setting stt."),
        ("stt.beam.x=2", "--set: there is no table [stt.beam]."),
        ("sst.beam=2", "--set: there is no table [sst]."),
        ("stt.beam=two", "--set: stt.beam: it must be a whole number, not text."),
        ("stt.beam=0", "--set: stt.beam: it must be a whole number >= 1."),
        ("speak.pace=9", "--set: speak.pace: it must be a number <= 2.0."),
        ("language=fr", "--set: language: 'fr' is not one of en, es, auto."),
        ("stt.words=[1]", "--set: stt.words: it must be text, not a whole number."),
        ("stt.beam", "--set 'stt.beam': write it as section.key=value."),
        ("=2", "--set '=2': write it as section.key=value."),
        (
            "profile=spaceship",
            f"There is no device profile 'spaceship'. Choose one of: {THERE_ARE}.",
        ),
        ("profile=../base", f"There is no device profile '../base'. Choose one of: {THERE_ARE}."),
        ("profile=base", f"There is no device profile 'base'. Choose one of: {THERE_ARE}."),
    ],
)
def test_a_wrong_override(override, sentence):
    with pytest.raises(ConfigError) as raised:
        load([override])
    assert str(raised.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[stt]\nbean = 2", ": there is no setting stt.bean. Did you mean stt.beam?"),
        ("[sstt]\n", ": there is no table [sstt]."),
        ("stt = 2", ": there is no setting stt."),
        ("[stt]\nbeam = true", ": stt.beam: it must be a whole number, not true or false."),
        ("[stt]\nbeam = 2.5", ": stt.beam: it must be a whole number, not a number."),
        ("[stt\nbeam = 2", " is not valid TOML: Expected ']'"),
        ("[stt]\nbeam = 1\nbeam = 2", " is not valid TOML: Cannot overwrite a value"),
    ],
)
def test_a_wrong_file(user, text, sentence):
    path = user(text)
    with pytest.raises(ConfigError) as raised:
        load()
    assert str(raised.value).startswith(f"{path}{sentence}")


def test_a_file_that_is_not_text(user):
    path = user("")
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="is not valid TOML"):
        load()


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ConfigError, match=r"There is no configuration file .*nowhere\.toml"):
        load(file=tmp_path / "nowhere.toml")


def test_a_file_that_is_a_folder(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load(file=tmp_path)


# -- writing --------------------------------------------------------------------------------------


def test_writing_keeps_what_is_there(user):
    path = user('profile = "minimal"\n[stt]\nthreads = 2\n[wake]\nword = "alexa"\n')
    assert write({"stt.beam": 3, "language": "es", "stt.words": ["año"]}) == path
    assert tomllib.loads(path.read_text("utf-8")) == {
        "profile": "minimal",
        "language": "es",
        "stt": {"threads": 2, "beam": 3, "words": ["año"]},
        "wake": {"word": "alexa"},
    }
    assert stat.S_IMODE(path.stat().st_mode) == paths.OWNER_ONLY
    assert [p.name for p in path.parent.iterdir()] == ["config.toml"]


def test_writing_to_a_new_file(tmp_path):
    path = write({"stt.beam": 3}, tmp_path / "new" / "mine.toml")
    assert load(file=path).config.stt.beam == 3


@pytest.mark.parametrize("change", [{"stt.beam": 99}, {"stt.bean": 1}, {"stt": 1}, {"nothing": 1}])
def test_a_bad_value_never_reaches_the_file(user, change):
    path = user("[stt]\nbeam = 2\n")
    with pytest.raises(ConfigError):
        write({"wake.word": "alexa", **change})
    assert path.read_text() == "[stt]\nbeam = 2\n"


def test_a_bad_value_in_the_file_can_be_mended(user):
    path = user("[stt]\nbeam = 99\n")
    write({"stt.beam": 2})
    assert load().config.stt.beam == 2
    assert path.is_file()


def test_a_disk_that_takes_nothing(home):
    (home / "config").write_text("a file where the folder should be")
    with pytest.raises(StorageError, match=r"config\.toml cannot be written: "):
        write({"stt.beam": 2})


# -- the files that ship --------------------------------------------------------------------------


@pytest.mark.parametrize("profile", profiles())
def test_every_profile_is_valid_and_says_what_it_is_for(profile):
    settings = load([f"profile={profile}"])
    assert f"profile {profile}" in settings.origin.values()
    assert (PROFILES / f"{profile}.toml").read_text("utf-8").startswith("# ")


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_explained(key):
    """In base.toml: beside it, or above it or its neighbours (a group shares a comment)."""
    section, _, name = key.rpartition(".")
    table = BASE.split(f"[{section}]\n")[1] if section else BASE
    lines = re.split(r"\n\[", table)[0].splitlines()
    at = next(n for n, line in enumerate(lines) if re.match(rf"{name} +=", line))
    if "  #" in lines[at]:
        return
    above = lines[max(0, at - 4) : at]
    plain = name in {"compute_type", "context", "temperature", "gpu_layers", "max_mb", "files"}
    assert plain or any(line.startswith("# ") for line in above), f"{key} has no comment near it"


@pytest.mark.parametrize("key", KEYS)
def test_every_key_is_read(key):
    """No dead setting: outside of the schema, the code reads it, as `config.<section>.<name>` or
    as `settings.<name>` where a stage is given its section."""
    section, _, name = key.rpartition(".")
    if section == "governor" and name in get_args(Step):
        return  # one of those that `GovernorSettings.keys` reads by its name
    name = name.removesuffix("_en").removesuffix("_es").removesuffix("_auto")  # by language
    read = re.compile(rf"\b(config|_?settings|{section or 'config'})\.{name}\b")
    assert any(read.search(path.read_text("utf-8")) for path in CODE), f"nobody reads {key}"


def test_a_wrong_value_is_told_in_words():
    """No word of the type checker's, and the values that there are."""
    for text, said in [
        ("language=fr", "language: 'fr' is not one of en, es, auto."),
        ("wake.threshold=high", "wake.threshold: it must be a number, not text."),
        ("wake.chime=perhaps", "wake.chime: it must be true or false, not text."),
        ("think.unsure=maybe", "think.unsure: 'maybe' is not one of marked, plain, off."),
    ]:
        with pytest.raises(ConfigError) as caught:
            load([text])
        assert str(caught.value) == f"--set: {said}"


def test_a_file_that_is_being_written_anew_is_waited_for(user, monkeypatch):
    """As editors do: emptied first, and then written. One that is meant to be empty stays so."""
    path = user("")
    assert load().config.speak.pace == 1.0
    user("")
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("time.sleep", lambda _: path.write_text("[speak]\npace = 1.3\n"))
        assert load().config.speak.pace == 1.3
