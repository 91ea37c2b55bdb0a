"""Of llama-cpp-python only the declarations are imported, and others may still have all of it."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from assistant.think.binding import VERSION, c
assert not {"llama_cpp", "llama_cpp.llama", "llama_cpp.llama_chat_format"} & set(sys.modules)
assert c.llama_context_default_params().n_batch > 0
import llama_cpp
from llama_cpp import llama_cpp as whole
assert llama_cpp.Llama and whole is c and llama_cpp.__version__ == VERSION
"""


def test_only_what_is_used_is_imported():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        check=False, capture_output=True, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
