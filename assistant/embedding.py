"""Sentence embeddings: sentences that mean nearly the same have vectors that point nearly alike."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime

from assistant import onnx, paths
from assistant.compact import compact
from assistant.errors import ModelError

Vectors = npt.NDArray[np.float32]
"""Shape (n, size); each row has the length 1, so that a product of two rows is their cosine."""

LONGEST_SENTENCE = 64
"""Tokens; a spoken one has some ten."""
LONGEST_PASSAGE = 256
"""Tokens: what the default model was trained on."""
_BATCH = 32


class Embedder(Protocol):
    name: str
    """The model and its version: vectors of two models cannot be compared."""

    def embed(self, sentences: Sequence[str], longest: int = LONGEST_SENTENCE) -> Vectors:
        """The vectors of some sentences, or passages: of their first `longest` tokens."""


class OnnxEmbedder:
    """A sentence-transformers model, mean of its tokens, as ONNX. Used by one thread.

    folder: holds model.onnx and tokenizer.json. model: another form of it, that is opened instead
    (default: the one with small weights). About 0.1 s to load, 35 MB of the 23 MB file, 6 ms a
    sentence of ten words.
    Raises ModelError when a file is missing or damaged.
    """

    def __init__(self, folder: Path, model: Path | None = None) -> None:
        from tokenizers import Tokenizer

        self.name = f"{folder.parent.name}-{folder.name}"
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # the library's errors derive from nothing narrower
            raise ModelError(
                f"{folder / 'tokenizer.json'} is missing or damaged. `assistant models verify` "
                "tells; `assistant models pull` fetches it again."
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._session = _open(folder / "model.onnx", model)
        self._inputs = {given.name for given in self._session.get_inputs()}

    def embed(self, sentences: Sequence[str], longest: int = LONGEST_SENTENCE) -> Vectors:
        encoded = [_cut(self._tokenizer.encode(text).ids, longest) for text in sentences]
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]))
        made: list[tuple[int, npt.NDArray[np.float32]]] = []
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            made += zip(batch, self._run([encoded[i] for i in batch]), strict=True)
        made.sort(key=lambda pair: pair[0])
        return np.stack([vector for _, vector in made]) if made else np.zeros((0, 1), np.float32)

    def _run(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros_like(ids)
        for row, line in enumerate(tokens):
            ids[row, : len(line)] = line
            mask[row, : len(line)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, {k: v for k, v in given.items() if k in self._inputs})[0]
        weights = mask[..., None].astype(np.float32)
        mean = (states * weights).sum(axis=1) / weights.sum(axis=1)
        unit: Vectors = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
        return unit


def _open(own: Path, given: Path | None) -> onnxruntime.InferenceSession:
    """The stored graph would be 90 MB on disk to save 0.1 s."""
    if given is None and own.is_file():
        with contextlib.suppress(ModelError):  # a copy that is damaged
            return onnx.session(compact(own), optimized_cache=False)
    return onnx.session(given or own, optimized_cache=False)


def _cut(tokens: Sequence[int], longest: int) -> Sequence[int]:
    """The last one ends every sentence, also one that was cut."""
    return tokens if len(tokens) <= longest else [*tokens[: longest - 1], tokens[-1]]


def embedded(
    embedder: Embedder,
    sentences: Sequence[str],
    use: str,
    stop: Callable[[], bool] = lambda: False,
) -> Vectors | None:
    """The vectors of sentences, in their order: those kept on disk, and the others made now.

    What is kept are vectors and digests of sentences, never the sentences: they may be a user's.
    use: names the file of those that are kept; the ones of another set of the same use are dropped.
    stop: asked now and then; None when it says so.
    """
    file = paths.cache_dir() / "embeddings" / f"{embedder.name}-{use}.npz"
    known = _read(file)
    keys = [hashlib.blake2b(s.encode(), digest_size=16).digest() for s in sentences]
    missing = {k: s for k, s in zip(keys, sentences, strict=True) if k not in known}
    for start in range(0, len(missing), _BATCH):
        if stop():
            break
        some = list(missing.items())[start : start + _BATCH]
        vectors = embedder.embed([sentence for _, sentence in some])
        known.update((k, v) for (k, _), v in zip(some, vectors, strict=True))
    if (
        missing and known
    ):  # also those of an attempt that was broken off: the next one goes on from there
        with contextlib.suppress(OSError):  # a full disk: it is made again the next time
            _write(file, {key: known[key] for key in keys if key in known})
    if any(key not in known for key in keys):
        return None
    return np.stack([known[key] for key in keys]) if keys else np.zeros((0, 1), np.float32)


def _read(file: Path) -> dict[bytes, npt.NDArray[np.float32]]:
    try:
        with np.load(file, allow_pickle=False) as stored:
            keys, vectors = stored["keys"], stored["vectors"].astype(np.float32)
    except Exception:  # noqa: BLE001  missing, cut off, of another time: made again
        return {}
    return dict(zip((key.tobytes() for key in keys), vectors, strict=False))


def _write(file: Path, known: dict[bytes, npt.NDArray[np.float32]]) -> None:
    paths.private_dir(file.parent)
    keys = np.frombuffer(b"".join(known), np.uint8).reshape(-1, 16)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".npz")
    try:
        with os.fdopen(handle, "wb") as target:
            np.savez(target, keys=keys, vectors=np.stack(list(known.values())).astype(np.float16))
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
