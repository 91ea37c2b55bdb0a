"""On what a figure was measured: the machine, the versions, the load."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

import psutil

PACKAGES = (
    "assistant", "ctranslate2", "faster-whisper", "hassil", "jiwer", "numpy", "onnxruntime",
    "piper-tts", "pymicro-wakeword", "whisper-normalizer",
)  # fmt: skip


def describe() -> dict[str, Any]:
    return {
        "machine": platform.machine(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_mb": round(psutil.virtual_memory().total / 1e6),
        "system": platform.platform(),
        "python": platform.python_version(),
        "versions": {name: version for name in PACKAGES if (version := _version(name))},
        "load": round(os.getloadavg()[0], 2),
    }


def headline(machine: dict[str, Any]) -> str:
    return (
        f"{machine['processor'] or machine['machine']}, {machine['cores']} cores, "
        f"{machine['memory_mb'] / 1000:.1f} GB, Python {machine['python']}, load {machine['load']}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("ascii", "replace").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
