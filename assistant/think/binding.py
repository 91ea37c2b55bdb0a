"""llama.cpp's C interface as llama-cpp-python declares it, and nothing else of that package.

The package itself imports a way to chat for every model there ever was, the types of its server and
a cache on disk. We use none of it, and it would stay in memory after the model is unloaded.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import sys
from types import ModuleType
from typing import TYPE_CHECKING

__all__ = ["VERSION", "c"]

_PACKAGE = "llama_cpp"


def _declared() -> ModuleType:
    """The module of declarations; it names its package in its own imports, so for as long as they
    take an empty one stands there. Whoever imports the package later gets it whole."""
    name = f"{_PACKAGE}.{_PACKAGE}"
    if _PACKAGE in sys.modules:
        return importlib.import_module(name)
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"No module named {_PACKAGE!r}", name=_PACKAGE)
    package = ModuleType(_PACKAGE)
    package.__path__ = [*spec.submodule_search_locations]
    sys.modules[_PACKAGE] = package
    try:
        return importlib.import_module(name)
    finally:
        del sys.modules[_PACKAGE]


if TYPE_CHECKING:
    from llama_cpp import llama_cpp as c
else:
    c = _declared()

VERSION = importlib.metadata.version("llama_cpp_python")
