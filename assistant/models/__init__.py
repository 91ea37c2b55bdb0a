"""Models: from an id to a checked file on this machine.

    locate("whisper-tiny.en")   the path an engine opens; never touches the network
    pull("whisper-tiny.en")     gets it; with `update`, the only call that does

`catalog` says which models there are, `store` keeps them, `fetch` alone opens connections.
"""

from assistant.models.catalog import Entry, embedded, find, load
from assistant.models.pull import install_from, pull, update
from assistant.models.store import (
    Installed,
    current,
    installed,
    locate,
    models_dir,
    remove,
    rollback,
    verify,
)

__all__ = [
    "Entry",
    "Installed",
    "current",
    "embedded",
    "find",
    "install_from",
    "installed",
    "load",
    "locate",
    "models_dir",
    "pull",
    "remove",
    "rollback",
    "update",
    "verify",
]
