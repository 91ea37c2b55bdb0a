"""The one factory for onnxruntime sessions.

It settles, in one place, what the defaults get wrong for a program that waits most of its
life: threads that spin while idle, a memory arena that never shrinks (a Piper voice: 620 MB
with it, 280 MB without, at the same speed), and the optimisation of the graph at every start.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import platform
import shutil
import tempfile
from pathlib import Path

import onnxruntime

from assistant import paths
from assistant.errors import ModelError

ERRORS_ONLY = 3  # severity: 0 verbose, 1 info, 2 warning, 3 error, 4 fatal


def session(
    path: Path | str, threads: int = 1, optimized_cache: bool = True
) -> onnxruntime.InferenceSession:
    """Open the model at `path`, to run on `threads` threads.

    optimized_cache: keep the optimised graph in the cache folder, so that the next start need
    not work it out again. A second copy of the model's weights on disk: worth it for models
    that take long to load.
    Raises ModelError when the file is missing or is not a model.
    """
    path = Path(path)
    if not path.is_file():
        raise ModelError(
            f"The model file {path} is missing. `assistant models list` shows what to pull."
        )
    if optimized_cache:
        cached = _cached(path, threads)
        if cached is not None:
            return cached
    return _open(path, path, _options(threads))


def _cached(path: Path, threads: int) -> onnxruntime.InferenceSession | None:
    """The session from its stored optimised graph, storing it first; None when that fails."""
    stored = _stored_graph(path)
    if stored.is_file():
        options = _options(threads)
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        with contextlib.suppress(ModelError):
            return _open(path, stored, options)
    try:
        return _optimize(path, stored, threads)
    except (ModelError, OSError):  # a full disk, say: the model itself may still be opened
        return None


def _optimize(path: Path, stored: Path, threads: int) -> onnxruntime.InferenceSession:
    """Open the model and store its optimised graph, whole or not at all."""
    folder = paths.private_dir(stored.parent)
    workplace = Path(tempfile.mkdtemp(dir=folder))
    try:
        options = _options(threads)
        options.optimized_model_filepath = str(workplace / stored.name)
        opened = _open(path, path, options)
        (workplace / stored.name).chmod(paths.OWNER_ONLY)
        for outdated in folder.glob(f"{stored.name.rpartition('-')[0]}-*.onnx"):
            outdated.unlink(missing_ok=True)
        (workplace / stored.name).replace(stored)
        return opened
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _options(threads: int) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = max(threads, 1)
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False  # one is kept for each length of a sentence: 60 kB for Piper
    options.log_severity_level = ERRORS_ONLY
    return options


def _open(
    model: Path, file: Path, options: onnxruntime.SessionOptions
) -> onnxruntime.InferenceSession:
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors derive from nothing narrower
        raise ModelError(
            f"{model} is damaged or not an ONNX model. `assistant models verify` tells which "
            "file is wrong; `assistant models pull` fetches it again."
        ) from error


def _stored_graph(path: Path) -> Path:
    """Where the optimised graph of this very file, for this runtime and processor, is kept."""
    return paths.cache_dir() / "onnx" / f"{path.stem}-{made_of(path)}.onnx"


def made_of(path: Path) -> str:
    """What tells a file made of this very model, for this runtime and processor, from others: the
    place of the model, a dash, and the rest."""
    status = path.stat()
    place = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]
    parts = (status.st_size, status.st_mtime_ns, onnxruntime.__version__, _processor())
    return f"{place}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:16]}"


@functools.cache
def _processor() -> str:
    """The processor's instruction sets: the optimised graph has a memory layout made for them."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    features = (line for line in lines if line.lower().startswith(("flags", "features")))
    return f"{platform.machine()} {next(features, '')}"
