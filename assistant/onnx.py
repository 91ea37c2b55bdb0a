"""The one factory for onnxruntime sessions.

It settles, in one place, what the defaults get wrong for a program that waits most of its
life: threads that spin while idle, a memory arena that never shrinks (a Piper voice: 620 MB
with it, 280 MB without), and the optimisation of the graph at every start.
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
_PROCESSOR = ("CPUExecutionProvider", {"arena_extend_strategy": "kSameAsRequested"})
"""An arena, if there is one, grows by what is asked for, and not to the next power of two."""
_MAPPED_FROM = 1024  # bytes of a weight, from which on it is kept outside the graph


def session(
    path: Path | str, threads: int = 1, optimized_cache: bool = True, arena: bool = False
) -> onnxruntime.InferenceSession:
    """Open the model at `path`, to run on `threads` threads.

    optimized_cache: keep the optimised graph in the cache folder, so that the next start need
    not work it out again. A second copy of the model's weights on disk, in a file of their own,
    which is mapped: processes share them, and the system may drop them. Worth it for models that
    take long to load.
    arena: for a model that needs much memory while it runs. Each run must be given
    `given_back()`, else it keeps the most that any run needed.
    Raises ModelError when the file is missing or is not a model.
    """
    path = Path(path)
    if not path.is_file():
        raise ModelError(
            f"The model file {path} is missing. `assistant models list` shows what to pull."
        )
    if optimized_cache:
        cached = _cached(path, threads, arena)
        if cached is not None:
            return cached
    return _open(path, path, _options(threads, arena))


def given_back() -> onnxruntime.RunOptions:
    """Of a run whose arena gives its memory back at the end. A Piper voice, a sentence of 5 s: 104
    MB while it is rendered, without any arena 172 MB, and a sixth more of processor time."""
    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options


def _cached(path: Path, threads: int, arena: bool) -> onnxruntime.InferenceSession | None:
    """The session from its stored optimised graph, storing it first; None when that fails."""
    stored = _stored_graph(path)
    options = _options(threads, arena)
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    if stored.is_file():
        with contextlib.suppress(ModelError):
            return _open(path, stored, options)
    try:
        _optimize(path, stored, threads)
        return _open(path, stored, options)
    except (ModelError, OSError):  # a full disk, say: the model itself may still be opened
        return None


def _optimize(path: Path, stored: Path, threads: int) -> None:
    """Store the optimised graph of a model, whole or not at all. Its weights go first: where the
    graph is, they are."""
    folder = paths.private_dir(stored.parent)
    workplace = Path(tempfile.mkdtemp(dir=folder))
    weights = stored.with_suffix(".weights").name
    key = "session.optimized_model_external_initializers_"
    try:
        options = _options(threads)
        options.optimized_model_filepath = str(workplace / stored.name)
        options.add_session_config_entry(f"{key}file_name", weights)
        options.add_session_config_entry(f"{key}min_size_in_bytes", str(_MAPPED_FROM))
        _open(path, path, options)
        for outdated in folder.glob(f"{stored.name.rpartition('-')[0]}-*"):
            outdated.unlink(missing_ok=True)
        for file in (workplace / weights, workplace / stored.name):
            if file.is_file() and file.stat().st_size:
                file.chmod(paths.OWNER_ONLY)
                file.replace(folder / file.name)
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _options(threads: int, arena: bool = False) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = max(threads, 1)
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = arena
    options.enable_mem_pattern = False  # one is kept for each length of a sentence: 60 kB for Piper
    options.log_severity_level = ERRORS_ONLY
    return options


def _open(
    model: Path, file: Path, options: onnxruntime.SessionOptions
) -> onnxruntime.InferenceSession:
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=[_PROCESSOR])
    except Exception as error:  # onnxruntime's errors derive from nothing narrower
        raise ModelError(
            f"{model} is damaged or not an ONNX model. `assistant models verify` tells which "
            "file is wrong; `assistant models pull` fetches it again."
        ) from error


def _stored_graph(path: Path) -> Path:
    """Where the optimised graph of this very file, for this runtime and processor, is kept."""
    return paths.cache_dir() / "onnx" / f"{path.stem}-{made_of(path)}m.onnx"  # weights mapped


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
