"""What is started for the user runs outside of our own sandbox.

As a service we have no network and a read-only home; a browser that the user asked for, or a backup
of their own list, must not inherit that. So the user's service manager starts it, as it would have
been started from a menu.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence

IN_SERVICE = "ASSISTANT_SERVICE"
"""Set by our unit (`assistant service install`)."""


def outside(
    command: Sequence[str],
    *,
    seconds: float | None = None,
    environment: Mapping[str, str] | None = None,
    keep: Iterable[str] = (),
) -> list[str]:
    """`command` as the service manager is told to run it; as it is where we are no service.

    seconds: waited for, with our output, and ended after that long; its exit code becomes that of
        the whole. None: started, and left to itself.
    keep: names of variables that it gets from the environment in which the command is run; their
        values are in no argument, which everybody on this machine can read.
    """
    given = os.environ if environment is None else environment
    manager = shutil.which("systemd-run")
    if given.get(IN_SERVICE) != "1" or manager is None:
        return list(command)
    limit = f"--property=RuntimeMaxSec={seconds:.1f}" if seconds is not None else ""
    how = ["--pipe", "--wait", limit] if limit else []
    how += [f"--setenv={name}" for name in keep]
    return [manager, "--user", "--quiet", "--collect", *how, "--", *command]
