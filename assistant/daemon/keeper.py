"""Where no service manager starts the program anew, the `watchman` does: as our parent.

It has the number that a terminal, a container or another init started, so it hands on to us what
that is told to do, and ends as we end.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from assistant.daemon import watchman

_PR_SET_PDEATHSIG = 1  # of linux/prctl.h


def be_kept() -> None:
    """From here on this is the child of a watchman, unless a service manager keeps us. For a
    process that has no other thread yet. Where there can be none, it goes on alone."""
    possible = sys.executable and Path("/proc/self/task").is_dir()
    if possible and "NOTIFY_SOCKET" not in os.environ and pipe() is None:
        try:
            _fork()
        except OSError:
            return
    if pipe() is not None:
        _end_with_it()


def pipe(environment: Mapping[str, str] = os.environ, parent: int | None = None) -> int | None:
    """The descriptor by which our watchman is told that we go on; None where we have none."""
    keeper, _, descriptor = environment.get(watchman.KEPT_BY, "").partition(":")
    ours = str(os.getppid() if parent is None else parent)
    return int(descriptor) if keeper == ours and descriptor.isdecimal() else None


def _fork() -> None:
    """Returns in the child. Raises OSError where there can be no other process."""
    reads, writes = os.pipe()
    keeper, before = os.getpid(), signal.pthread_sigmask(signal.SIG_BLOCK, watchman.SIGNALS)
    try:
        if program := os.fork():
            _become_the_keeper(program, reads)
    except OSError:
        os.close(reads)
        os.close(writes)
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    os.close(reads)
    os.set_blocking(writes, False)
    os.set_inheritable(writes, True)  # for who begins in our place, see `guard.begin_anew`
    os.environ[watchman.KEPT_BY] = f"{keeper}:{writes}"


def _become_the_keeper(program: int, reads: int) -> None:
    os.set_inheritable(reads, True)
    outside = [sys.executable, "-I", "-S", watchman.__file__, str(program), str(reads)]
    try:
        os.execv(sys.executable, [*outside, sys.executable, *sys.orig_argv[1:]])
    except OSError:
        os.kill(program, signal.SIGKILL)
        os.waitpid(program, 0)
        raise


def _end_with_it() -> None:
    """Who ends the keeper for good means us."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if pipe() is None:  # it has just ended
        os.kill(os.getpid(), signal.SIGKILL)
