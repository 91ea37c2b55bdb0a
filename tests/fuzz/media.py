"""Files that come from elsewhere: sounds, documents, models, archives of models."""

# ruff: noqa: E501  the inputs are as they are

from __future__ import annotations

import io
import json
import random
import shutil
import tarfile
import wave
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import msgspec
import numpy as np

from assistant import models
from assistant.audio.files import read_audio
from assistant.embedding import OnnxEmbedder
from assistant.hear.open_wake import OpenWake
from assistant.hear.wake import MicroWake
from assistant.models import archives
from assistant.models.catalog import Entry
from assistant.speak.tts import _piper_config
from assistant.think.documents.blocks import UnreadableError
from assistant.think.documents.extract import read
from assistant.think.documents.passages import passages
from tests.fuzz.mutating import altered, as_json, cut, damaged, deep_text
from tests.fuzz.trying import Kind
from tests.think.documents.test_extract import epub_of, pdf_of

RATE = 16_000


def _hurt(raw: bytes, chance: random.Random, others: list[bytes] | None = None) -> bytes:
    return cut(raw, chance) if chance.random() < 0.25 else damaged(raw, chance, others or [raw])


# -- sounds ---------------------------------------------------------------------------------------


def _tone() -> np.ndarray:
    return (8000 * np.sin(np.arange(RATE // 2) / 8)).astype(np.int16)


def _encoded(format_: str, codec: str) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format=format_) as container:
        rate = 48_000 if codec == "libopus" else RATE
        stream = container.add_stream(codec, rate=rate, layout="mono")
        frame = av.AudioFrame.from_ndarray(_tone()[np.newaxis], format="s16", layout="mono")
        frame.rate = RATE
        resampler = av.AudioResampler(stream.format, "mono", rate, stream.frame_size or 0)
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return out.getvalue()


def _wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(_tone().tobytes())
    return out.getvalue()


class _Sounds:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.valid = {"wav": _wav()}
        for suffix, format_, codec in (
            ("flac", "flac", "flac"), ("ogg", "ogg", "libvorbis"), ("opus", "ogg", "libopus"),
            ("mp3", "mp3", "libmp3lame"), ("m4a", "ipod", "aac"), ("webm", "webm", "libopus"),
            ("aiff", "aiff", "pcm_s16be"), ("au", "au", "pcm_s16be"),
        ):  # fmt: skip
            try:
                self.valid[suffix] = _encoded(format_, codec)
            except (av.error.FFmpegError, ValueError):
                continue  # an FFmpeg without that encoder


def _sound(chance: random.Random, sounds: _Sounds) -> tuple[str, bytes]:
    suffix = chance.choice(sorted(sounds.valid))
    raw = _hurt(sounds.valid[suffix], chance, list(sounds.valid.values()))
    return chance.choice((suffix, suffix, suffix, "wav", "txt")), raw


def _heard(case: tuple[str, bytes], sounds: _Sounds) -> str | None:
    file = sounds.folder / f"x.{case[0]}"
    file.write_bytes(case[1])
    seconds = 0.0
    for piece in read_audio(file):
        if piece.dtype != np.int16 or piece.ndim != 1:
            return f"samples that are {piece.dtype} {piece.shape}"
        seconds += len(piece) / RATE
        if seconds > 3600:
            break  # an hour out of a file of kilobytes is read piece by piece, as any
    return None


# -- documents ------------------------------------------------------------------------------------

HTML = b"""<html><head><title>Car</title><style>p{}</style></head><body><nav>Home</nav><h1>Tires</h1>
<p>The front tires need <b>32</b> psi.<br>Check</p><table><tr><th>a<td>b</table><ul><li>x<li>y</ul>
<pre>code</pre><svg><text>t</text></svg><template>z</template>&amp;&#x1F600;&#99999999;</body></html>"""
MARKDOWN = b"""---
title: My car
tags: [a, b]
---
# Wheels

## Tires
The front tires need 32 psi, see [here](x.md) and ![a](b.png).

| where | psi |
|--|--|
| front | 32 |

- one
  - two
    1. three

> quoted `code`

```
block
```
"""


def _docx(folder: Path) -> bytes:
    import docx

    made = docx.Document()
    made.add_heading("Tires", 1)
    made.add_paragraph("The front tires need 32 psi.")
    cells = made.add_table(2, 2).rows[0].cells
    cells[0].text = "a"
    made.save(str(folder / "valid.docx"))
    return (folder / "valid.docx").read_bytes()


class _Documents:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.valid = {
            "md": MARKDOWN, "html": HTML, "txt": MARKDOWN,
            "pdf": pdf_of([["The front tires need", "32 psi."], ["Page two."]], [("Tires", 0)]),
            "docx": _docx(folder),
            "epub": epub_of(folder / "valid.epub", ["<h1>A</h1><p>Text.</p>", "<p>B</p>"])
            .read_bytes(),
        }  # fmt: skip


def _rezipped(raw: bytes, chance: random.Random) -> bytes:
    """The same archive with a part that is damaged, a bomb, or nested without end."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", 8) as new:
        names = old.namelist()
        hit = chance.choice([n for n in names if n.endswith(("xml", "xhtml", "opf", "rels"))])
        for name in names:
            content = old.read(name)
            if name == hit:
                match chance.randrange(6):
                    case 0:
                        content = content.replace(b">", b">" + b"A" * 40_000_000, 1)
                    case 1:
                        content = b"<a>" * 100_000 + content
                    case 2:
                        content = b'<!DOCTYPE x [<!ENTITY a "' + b"b" * 1000 + b'">' + b"".join(
                            b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (b"%d" % (n - 1) if n else b"")
                                                     * 30) for n in range(9)) + b"]>" + content  # fmt: skip
                    case 3:
                        content = (
                            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + content
                        )
                    case _:
                        content = damaged(content, chance)
            if chance.random() < 0.95:
                new.writestr(name if chance.random() < 0.98 else f"../../{name}", content)
    return out.getvalue()


def _document(*suffixes: str) -> Callable[[random.Random, _Documents], tuple[str, bytes]]:
    def make(chance: random.Random, documents: _Documents) -> tuple[str, bytes]:
        suffix = chance.choice(suffixes)
        valid, roll = documents.valid[suffix], chance.random()
        if suffix in ("docx", "epub") and roll < 0.5:
            return suffix, _rezipped(valid, chance)
        if roll < 0.56 and suffix in ("md", "html", "txt"):
            opening = chance.choice(
                (b"<div>", b"[", b"> ", b"- ", b"*", b"`", b"<!--", b"![", b"|")
            )
            return suffix, opening * chance.choice((50, 3000, 50_000)) + b"text"
        if roll < 0.6:
            return suffix, deep_text(chance)
        return suffix, _hurt(valid, chance, list(documents.valid.values()))

    return make


def _read_document(case: tuple[str, bytes], documents: _Documents) -> str | None:
    file = documents.folder / f"x.{case[0]}"
    file.write_bytes(case[1])
    content = read(file)
    for passage in passages(content.blocks):
        if "root:x:0" in passage.text:
            return "a document has read another file"
        if not isinstance(passage.text, str):
            return "a passage that is no text"
    return None


# -- models ---------------------------------------------------------------------------------------


def _model(name: str, pattern: str) -> Path:
    return next(models.locate(name).glob(pattern)) if models.locate(name).is_dir() else (
        models.locate(name))  # fmt: skip


class _Wake:
    """A wake word of each kind, in files of its own."""

    def __init__(self, folder: Path) -> None:
        import pymicro_wakeword
        import pyopen_wakeword

        micro = Path(pymicro_wakeword.__file__).parent / "models"
        opened = Path(pyopen_wakeword.__file__).parent / "models"
        self.folder = folder
        self.description = json.loads(sorted(micro.glob("*.json"))[0].read_text())
        self.micro = sorted(micro.glob("*.tflite"))[0].read_bytes()
        found = [p for p in sorted(opened.glob("*.tflite")) if "embed" not in p.name
                 and "mel" not in p.name]  # fmt: skip
        self.open = found[0].read_bytes()


def _wake(chance: random.Random, wake: _Wake) -> tuple[str, bytes, bytes]:
    kind = chance.choice(("micro", "open"))
    model = wake.micro if kind == "micro" else wake.open
    about = dict(wake.description, model="x.tflite")
    if chance.random() < 0.4:
        raw = as_json(altered(about, chance, 0.3), chance)
        return "micro", raw, model
    return kind, json.dumps(about).encode(), _hurt(model, chance, [wake.micro, wake.open])


def _use_wake(case: tuple[str, bytes, bytes], wake: _Wake) -> str | None:
    kind, about, model = case
    (wake.folder / "x.json").write_bytes(about)
    (wake.folder / "x.tflite").write_bytes(model)
    detector: Any
    if kind == "micro":
        detector = MicroWake.from_file(wake.folder / "x.json")
    else:
        detector = OpenWake(wake.folder / "x.tflite", None)
    try:
        for _n in range(3):
            detector.process(np.zeros(RATE // 2, np.int16))
    finally:
        detector.close()
    return None


def _onnx(folder: Path) -> tuple[Path, bytes]:
    """A wake word as others train it: a small network in ONNX."""
    import onnx
    from onnx import TensorProto, helper

    flat = helper.make_node("Flatten", ["x"], ["f"], axis=1)
    times = helper.make_node("MatMul", ["f", "w"], ["m"])
    gate = helper.make_node("Sigmoid", ["m"], ["y"])
    weights = helper.make_tensor("w", TensorProto.FLOAT, [16 * 96, 1], [0.01] * 16 * 96)
    given = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 16, 96])
    result = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 1])
    graph = helper.make_graph([flat, times, gate], "w", [given], [result], [weights])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(made, folder / "valid.onnx")
    return folder, (folder / "valid.onnx").read_bytes()


def _use_onnx(raw: bytes, context: tuple[Path, bytes]) -> str | None:
    file = context[0] / "x.onnx"
    file.write_bytes(raw)
    detector = OpenWake(file, None)
    try:
        for _n in range(5):
            detector.process(np.zeros(RATE // 2, np.int16))
    finally:
        detector.close()
    return None


class _Gguf:
    """The head of a language model: its header, keys, names of tensors; the numbers left out."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "x.gguf"
        whole = _model("smollm2-135m-instruct-q4_1", "*.gguf")
        with whole.open("rb") as file:
            self.head = file.read(3_000_000)


def _use_gguf(raw: bytes, gguf: _Gguf) -> None:
    from assistant.think import llama

    llama.start_backend()
    gguf.file.write_bytes(raw)
    model = llama._load(gguf.file, 0, True)
    llama.c.llama_model_free(model)


class _Copied:
    """Small files of a real model, and its large ones as they are."""

    def __init__(self, folder: Path, name: str) -> None:
        self.whole, self.folder = models.locate(name), folder / name
        self.folder.mkdir()
        source = self.whole if self.whole.is_dir() else self.whole.parent
        self.small = {f.name: f.read_bytes() for f in source.iterdir()
                      if f.is_file() and f.stat().st_size < 5_000_000}  # fmt: skip
        self.large = {f.name: f for f in source.iterdir() if f.stat().st_size >= 5_000_000}

    def restore(self) -> None:
        for name, raw in self.small.items():
            (self.folder / name).write_bytes(raw)
        for name, file in self.large.items():
            place = self.folder / name
            place.unlink(missing_ok=True)
            place.symlink_to(file)


def _hurt_file(chance: random.Random, copied: _Copied) -> tuple[str, bytes]:
    name = chance.choice(sorted([*copied.small, *copied.large]))
    if name in copied.small:
        return name, _hurt(copied.small[name], chance)
    with copied.large[name].open("rb") as file:
        return name, _hurt(file.read(chance.choice((0, 100, 100_000, 2_000_000))), chance)


def _use_whisper(case: tuple[str, bytes], copied: _Copied) -> None:
    from assistant.hear.weights import Weights

    copied.restore()
    (copied.folder / case[0]).unlink()
    (copied.folder / case[0]).write_bytes(case[1])
    Weights(copied.folder, "int8", 1)


def _use_embedder(case: tuple[str, bytes], copied: _Copied) -> None:
    copied.restore()
    (copied.folder / case[0]).unlink()
    (copied.folder / case[0]).write_bytes(case[1])
    OnnxEmbedder(copied.folder).embed(["what time is it"])


def _voice(folder: Path) -> tuple[Path, Any]:
    about = next(iter(models.locate("piper-en_us-joe-medium").parent.rglob("*.onnx.json")))
    return folder, json.loads(about.read_text())


def _use_voice(raw: bytes, context: tuple[Path, Any]) -> None:
    file = context[0] / "x.onnx.json"
    file.write_bytes(raw)
    _piper_config(context[0] / "x.onnx")


class _Archives:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.entry = msgspec.convert(
            {"id": "mine", "task": "llm", "languages": ["en"], "licence": "MIT", "bytes": 3,
             "ram_mb": 1, "note": "a model", "tools": False,
             "files": [{"name": "model.gguf"}, {"name": "config.json"}],
             "hub": "me/model"}, Entry)  # fmt: skip
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", 8) as made:
            for name in ("model.gguf", "pack/config.json", "../../escaped", "/tmp/escaped"):
                made.writestr(name, b"0123456789" * 50)
        self.zip = whole.getvalue()
        whole = io.BytesIO()
        with tarfile.open(fileobj=whole, mode="w:gz") as tar:
            for name in ("model.gguf", "pack/config.json", "../../escaped"):
                info = tarfile.TarInfo(name)
                info.size = 500
                tar.addfile(info, io.BytesIO(b"0123456789" * 50))
            link = tarfile.TarInfo("link")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tar.addfile(link)
        self.tar = whole.getvalue()


def _archive(chance: random.Random, kept: _Archives) -> tuple[str, bytes]:
    kind = chance.choice(("zip", "tar.gz", "whl"))
    raw = kept.tar if kind == "tar.gz" else kept.zip
    return kind, _hurt(raw, chance) if chance.random() < 0.95 else raw


def _unpack(case: tuple[str, bytes], kept: _Archives) -> str | None:
    source = kept.folder / f"given.{case[0]}"
    source.write_bytes(case[1])
    target = kept.folder / "target"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    with archives.opened(kept.entry, [source]) as shelves:
        archives.write(archives.plan(kept.entry, shelves), target, lambda _: None)
    odd = {p.name for p in target.rglob("*")} - {"model.gguf", "config.json"}
    return f"unpacked {odd}" if odd else None


def _same(valid: Callable[[Any], bytes]) -> Callable[[random.Random, Any], bytes]:
    return lambda chance, context: _hurt(valid(context), chance)


_READ = (UnreadableError,)
KINDS = [
    Kind("sound files", 5_000, _Sounds, _sound, _heard),
    Kind("documents: text, Markdown, HTML", 4_000, _Documents, _document("md", "html", "txt"),
         _read_document, _READ),
    Kind("documents: PDF", 3_000, _Documents, _document("pdf"), _read_document, _READ),
    Kind("documents: DOCX, EPUB", 1_500, _Documents, _document("docx", "epub"), _read_document,
         _READ),
    Kind("wake words", 1_500, _Wake, _wake, _use_wake),
    Kind("wake words (ONNX)", 500, _onnx, _same(lambda context: context[1]), _use_onnx),
    Kind("language models", 1_500, _Gguf, _same(lambda gguf: gguf.head), _use_gguf, heavy=True),
    Kind("recognizers", 200, lambda folder: _Copied(folder, "whisper-tiny.en"), _hurt_file,
         _use_whisper, heavy=True),
    Kind("embedding models", 200, lambda folder: _Copied(folder, "minilm-l6-v2-int8"), _hurt_file,
         _use_embedder, heavy=True),
    Kind("voices", 1_500, _voice,
         lambda chance, context: as_json(altered(context[1], chance, 0.02), chance)
         if chance.random() < 0.5 else _hurt(json.dumps(context[1]).encode(), chance),
         _use_voice, heavy=True),
    Kind("archives of models", 2_000, _Archives, _archive, _unpack),
]  # fmt: skip
