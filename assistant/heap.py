"""Memory given back to the system: what the C library keeps, program code that nobody runs, and
model files that nobody reads."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import mmap
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_M_ARENA_MAX = -8  # of glibc's malloc.h
_MADV_DONTNEED = 4
_PT_LOAD, _PT_DYNAMIC = 1, 2  # of elf.h, as what follows
_PF_W = 2
_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ \S+ +(/.*)")
_DT_NULL, _DT_TEXTREL, _DT_FLAGS, _DF_TEXTREL = 0, 22, 30, 4


class _Header(ctypes.Structure):
    """Elf64_Phdr."""

    _fields_ = (
        ("type", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("offset", ctypes.c_uint64),
        ("address", ctypes.c_uint64),
        ("physical", ctypes.c_uint64),
        ("file_size", ctypes.c_uint64),
        ("size", ctypes.c_uint64),
        ("align", ctypes.c_uint64),
    )


class _Library(ctypes.Structure):
    """The beginning of dl_phdr_info."""

    _fields_ = (
        ("base", ctypes.c_uint64),
        ("name", ctypes.c_char_p),
        ("headers", ctypes.POINTER(_Header)),
        ("count", ctypes.c_uint16),
    )


_EACH = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Library), ctypes.c_size_t, ctypes.c_void_p)


def one_heap() -> None:
    """Let all threads share one heap of glibc: each would keep one of its own, and in it what an
    engine leaves between its blocks (17 MB after all were unloaded). And let Intel's library for
    matrices keep none of its own (10 MB for Whisper, after it was unloaded too). To be called
    before the first thread is started. The engines' numbers live in memory of their own: they get
    no slower (a transcription 112 ms of processor time either way)."""
    os.environ.setdefault("MKL_DISABLE_FAST_MM", "1")  # read when that library is loaded
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Return freed memory to the system: glibc keeps it otherwise (here 140 of 300 MB)."""
    gc.collect()  # what only its own circle still holds
    trim()


def trim() -> None:
    """The same, of what is freed already. Takes 1 ms."""
    with contextlib.suppress(AttributeError, OSError):  # another C library: its own affair
        ctypes.CDLL(None).malloc_trim(0)


def let_go_of_code() -> None:
    """Unmap the pages of libraries that hold code and constants: 60 of 65 MB are not used while we
    wait. What is used comes back by itself, mostly from the page cache, a microsecond a page.

    The linker lists the libraries, and holds them while it does. Only what they map without leave
    to write is touched: a page that was written, as by relocation, would come back as in the file.
    Takes 10 ms. Does nothing on 32-bit systems and without glibc.
    """
    if sys.maxsize < 2**32:
        return
    with contextlib.suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        advise = library.madvise
        advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)

        def each(info: ctypes._Pointer[_Library], _size: int, _data: int | None) -> int:
            loaded = info.contents
            headers = loaded.headers[: loaded.count]
            if not _relocates_code(loaded.base, headers):
                for start, length in _read_only(loaded.base, headers):
                    advise(start, length, _MADV_DONTNEED)
            return 0

        library.dl_iterate_phdr(_EACH(each), None)


def let_go_of_files(folders: Iterable[Path]) -> None:
    """Unmap the pages of files below some folders: models and tables, which are mapped and only
    read. What is used comes back by itself, from the page cache, as code does. Takes 10 ms."""
    with contextlib.suppress(AttributeError, OSError):
        advise = ctypes.CDLL(None).madvise
        advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
        smaps = Path("/proc/self/smaps").read_text("utf-8", "replace")
        within = tuple(f"{folder.resolve()}/" for folder in folders)
        for start, length, file in _unchanged(smaps):
            if file.startswith(within):
                advise(start, length, _MADV_DONTNEED)


def _unchanged(smaps: str) -> Iterator[tuple[int, int, str]]:
    """Address, length and file of each mapping of which no page was written, and none may be that
    others see. One that may be written, and was not, is a copy that nobody has made yet."""
    mapping: re.Match[str] | None = None
    for line in smaps.splitlines():
        if line[:1] in "0123456789abcdef":
            mapping = _MAPPING.fullmatch(line)
        elif mapping and line.startswith("Anonymous:"):
            if line.split()[1] == "0" and mapping[3] != "rw-s":
                start, end = int(mapping[1], 16), int(mapping[2], 16)
                yield start, end - start, mapping[4]
            mapping = None


def _read_only(base: int, headers: list[_Header]) -> list[tuple[int, int]]:
    """The whole pages of segments that may not be written: address and length in bytes."""
    page = mmap.PAGESIZE
    found = []
    for header in headers:
        if header.type == _PT_LOAD and not header.flags & _PF_W:
            start = -(-(base + header.address) // page) * page
            end = (base + header.address + header.size) // page * page
            if end > start:
                found.append((start, end - start))
    return found


def _relocates_code(base: int, headers: list[_Header]) -> bool:
    """Whether the linker has written addresses into its code, as very old libraries want it."""
    for header in headers:
        if header.type == _PT_DYNAMIC:
            entries = (ctypes.c_uint64 * (header.size // 8)).from_address(base + header.address)
            for tag, value in zip(entries[::2], entries[1::2], strict=False):
                if tag == _DT_NULL:
                    break
                if tag == _DT_TEXTREL or (tag == _DT_FLAGS and value & _DF_TEXTREL):
                    return True
    return False
