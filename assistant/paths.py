"""Where things are: what ships with the program, and what belongs to the user.

The user's folders follow the XDG base directory specification; `ASSISTANT_HOME`, when set,
holds all of them (a portable installation, or a test).
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).parent
OWNER_ONLY = 0o600


def shipped(name: str) -> Path:
    """`models` or `device_profiles`: beside the package in a checkout, inside it when installed."""
    checkout = _PACKAGE.parent / name
    return checkout if (checkout.parent / "pyproject.toml").is_file() else _PACKAGE / "_data" / name


def _user(kind: str, default: str) -> Path:
    home = os.environ.get("ASSISTANT_HOME")
    return Path(home) / kind if home else Path(default)


def config_dir() -> Path:
    return _user("config", platformdirs.user_config_dir("assistant"))


def data_dir() -> Path:
    """Models, timers, what was taught: worth a backup."""
    return _user("data", platformdirs.user_data_dir("assistant"))


def state_dir() -> Path:
    """Traces: may be deleted."""
    return _user("state", platformdirs.user_state_dir("assistant"))


def cache_dir() -> Path:
    """Rebuilt when missing."""
    return _user("cache", platformdirs.user_cache_dir("assistant"))


def private_dir(path: Path) -> Path:
    """`path`, made if need be, readable by its owner only; and so is each folder that is made on
    the way (the XDG specification asks for that, too)."""
    for folder in reversed([path, *path.parents]):
        if not folder.exists():
            folder.mkdir(exist_ok=True, mode=0o700)
    return path


def runtime_dir() -> Path:
    """The control socket and the lock of the running program; gone when the user logs out."""
    if os.environ.get("ASSISTANT_HOME"):
        return _user("run", "")
    if session := os.environ.get("XDG_RUNTIME_DIR"):
        return Path(session) / "assistant"
    usual = Path(f"/run/user/{os.geteuid()}")
    return usual / "assistant" if usual.is_dir() else state_dir() / "run"
