"""Memory goes back to the system, and what was let go of works as before."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import heap

SMAPS = Path("/proc/self/smaps")

# A process of its own: what this one has mapped depends on the tests before.
PROGRAM = """
import sqlite3, ssl, numpy as np, onnxruntime
from assistant.heap import give_back, let_go_of_code
from tests.test_heap import resident
matrix = np.eye(50)
before = resident()
give_back()
let_go_of_code()
after = resident()
assert np.allclose(np.linalg.inv(matrix @ matrix), matrix)
assert sqlite3.connect(":memory:").execute("select 6 * 7").fetchone() == (42,)
import decimal, xml.dom.minidom  # libraries that are loaded afterwards
print(before, after)
"""


def resident() -> int:
    """kB of code and constants in memory."""
    total, code = 0, False
    for line in SMAPS.read_text("utf-8").splitlines():
        if found := re.match(r"[0-9a-f]+-[0-9a-f]+ (\S+) .*?(/\S*)?$", line):
            code = "w" not in found[1] and bool(found[2])
        elif code and line.startswith("Rss:"):
            total += int(line.split()[1])
    return total


@pytest.mark.skipif(sys.maxsize < 2**32 or not SMAPS.exists(), reason="64-bit Linux only")
def test_code_that_nobody_runs_is_let_go_of_and_comes_back():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        check=True, capture_output=True, text=True, cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    before, after = map(int, done.stdout.split())
    assert before > 20_000
    assert after < before / 2


def test_a_library_that_relocates_its_code_is_known():
    entries = (heap.ctypes.c_uint64 * 6)(5, 4096, 22, 0, 0, 0)
    clean = (heap.ctypes.c_uint64 * 4)(5, 4096, 0, 0)
    for table, relocated in ((entries, True), (clean, False)):
        size = heap.ctypes.sizeof(table)
        header = heap._Header(type=2, address=heap.ctypes.addressof(table), size=size)
        assert heap._relocates_code(0, [header]) is relocated


def test_only_whole_pages_of_what_may_not_be_written_are_let_go_of():
    page = heap.mmap.PAGESIZE
    code = heap._Header(type=1, flags=5, address=100, size=3 * page)
    data = heap._Header(type=1, flags=6, address=page, size=3 * page)
    small = heap._Header(type=1, flags=4, address=100, size=200)
    assert heap._read_only(10 * page, [code, data, small]) == [(11 * page, 2 * page)]
