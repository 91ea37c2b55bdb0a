"""A look into a TensorFlow Lite model before it is run.

The wake-word packages hand any file to the native runtime, which ends the whole program when
the file is damaged or holds another kind of model. So it is opened here first, and its input
and output are compared with what a wake word has.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import ModelError

# From TensorFlow Lite's c_api.h and c_api_types.h.
_OK = 0
_TYPES = {1: "float32", 3: "uint8", 9: "int8"}
_REPORT = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)
_SILENT = _REPORT(lambda _data, _format, _values: None)
"""The runtime's own messages are not for users; ours say what to do."""


def check_wake_model(path: Path, features: int, types: Collection[str]) -> None:
    """Raise ModelError unless the model takes (1, any, features) and gives one number.

    types: the types of number that it may take: "float32", "int8", "uint8".
    """
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise ModelError(f"The wake-word model {path} cannot be read: {error.strerror}.") from error
    lib = _library()
    with _interpreter(lib, path) as interpreter:
        taken, kind = _tensor(lib, lib.TfLiteInterpreterGetInputTensor(interpreter, 0))
        given, _ = _tensor(lib, lib.TfLiteInterpreterGetOutputTensor(interpreter, 0))
    fits = len(taken) == 3 and (taken[0], taken[2]) == (1, features) and set(given) == {1}
    if not fits or kind not in types:
        wanted = f"{' or '.join(sorted(types))} (1, any, {features})"
        raise ModelError(
            f"{path.name} is a model, but not a wake word of this kind: it takes {kind} {taken} "
            f"and gives {given}, instead of {wanted} and (1, 1)."
        )


@contextmanager
def _interpreter(lib: ctypes.CDLL, path: Path) -> Iterator[int]:
    """An interpreter of the model, ready to be asked for its tensors."""
    options = lib.TfLiteInterpreterOptionsCreate()
    lib.TfLiteInterpreterOptionsSetErrorReporter(options, _SILENT, None)
    model = lib.TfLiteModelCreateFromFileWithErrorReporter(str(path).encode(), _SILENT, None)
    interpreter = lib.TfLiteInterpreterCreate(model, options) if model else None
    try:
        if not interpreter or lib.TfLiteInterpreterAllocateTensors(interpreter) != _OK:
            raise ModelError(
                f"{path.name} is not a TensorFlow Lite model, or is damaged. Download it again."
            )
        yield interpreter
    finally:
        lib.TfLiteInterpreterDelete(interpreter)
        lib.TfLiteModelDelete(model)
        lib.TfLiteInterpreterOptionsDelete(options)


def _tensor(lib: ctypes.CDLL, tensor: int | None) -> tuple[tuple[int, ...], str]:
    """The shape of a tensor, and the type of its numbers."""
    if not tensor:
        return (), "nothing"
    dimensions = range(lib.TfLiteTensorNumDims(tensor))
    shape = tuple(lib.TfLiteTensorDim(tensor, index) for index in dimensions)
    return shape, _TYPES.get(lib.TfLiteTensorType(tensor), "another type")


@functools.cache
def _library() -> ctypes.CDLL:
    """The runtime that pymicro-wakeword carries, told which of its results are addresses."""
    spec = importlib.util.find_spec("pymicro_wakeword")
    folders = (spec.submodule_search_locations or []) if spec else []
    files = [file for folder in folders for file in Path(folder).glob("lib/*tensorflowlite_c.*")]
    if not files:
        raise ModelError(
            "The runtime of the wake words is missing. Reinstall the package that carries it: "
            "pip install --force-reinstall pymicro-wakeword."
        )
    lib = ctypes.CDLL(str(files[0]))
    address, number = ctypes.c_void_p, ctypes.c_int
    for name, result, *arguments in (
        ("InterpreterOptionsCreate", address),
        ("InterpreterOptionsSetErrorReporter", None, address, _REPORT, address),
        ("InterpreterOptionsDelete", None, address),
        ("ModelCreateFromFileWithErrorReporter", address, ctypes.c_char_p, _REPORT, address),
        ("ModelDelete", None, address),
        ("InterpreterCreate", address, address, address),
        ("InterpreterAllocateTensors", number, address),
        ("InterpreterGetInputTensor", address, address, number),
        ("InterpreterGetOutputTensor", address, address, number),
        ("InterpreterDelete", None, address),
        ("TensorNumDims", number, address),
        ("TensorDim", number, address, number),
        ("TensorType", number, address),
    ):
        call = getattr(lib, f"TfLite{name}")
        call.restype, call.argtypes = result, arguments
    return lib
