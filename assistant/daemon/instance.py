"""One assistant at a time: the lock, the folder that it lies in, and the process that holds it.

The lock is the kernel's (flock): it ends with its process, however that ends, so a file that a
crash has left keeps nobody out.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path
from types import TracebackType

from assistant import paths
from assistant.errors import AssistantError, StorageError


class AlreadyRunningError(AssistantError):
    """Another process of this user listens already."""


def socket_path() -> Path:
    """Where the control socket is."""
    return paths.runtime_dir() / "control"


def own_folder(folder: Path) -> Path:
    """`folder`, made if need be: ours, and for nobody else.

    Raises StorageError: it cannot be made, or somebody else owns it.
    """
    try:
        paths.private_dir(folder)
        found = folder.lstat()
        if found.st_uid != os.geteuid() or not folder.is_dir() or folder.is_symlink():
            raise StorageError(f"{folder} belongs to somebody else. Remove it and start again.")
        folder.chmod(0o700)
    except OSError as error:
        raise StorageError(f"The folder {folder} cannot be made: {error.strerror}.") from error
    return folder


class Instance:
    """Use it in a `with` statement: inside, this process is the only one.

    Entering raises AlreadyRunningError, or StorageError.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or paths.runtime_dir()
        self._path = self._folder / "pid"
        self._file = -1

    def __enter__(self) -> Instance:
        own_folder(self._folder)
        while not self._locked():
            pass
        try:
            os.truncate(self._file, 0)
            os.write(self._file, f"{os.getpid()}\n".encode())
        except OSError as error:  # the disk is full
            os.close(self._file)
            raise self._failed(error) from error
        return self

    def _locked(self) -> bool:
        """Take the lock; false when its file was removed meanwhile, by one that ended just now."""
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise self._failed(error) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(self._file, 20).decode("ascii", "replace").strip() or "?"
            os.close(self._file)
            raise AlreadyRunningError(
                f"An assistant is running already (process {holder}). "
                "See `assistant status`; end that one first."
            ) from None
        except OSError as error:  # a file system that knows no locks
            os.close(self._file)
            raise self._failed(error) from error
        with contextlib.suppress(FileNotFoundError):
            if self._path.stat().st_ino == os.fstat(self._file).st_ino:
                return True
        os.close(self._file)
        return False

    def _failed(self, error: OSError) -> StorageError:
        return StorageError(f"{self._path} cannot be written: {error.strerror}.")

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._path.unlink(missing_ok=True)
        os.close(self._file)  # and with it the lock
