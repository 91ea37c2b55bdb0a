"""An engine that does what its calls say, in a module of its own: its process imports no other."""

import ctypes
import os
import time
from pathlib import Path

from assistant.errors import ModelError


class Echo:
    """once: a file that is there when it was done before."""

    def __init__(self, asked=str):
        self.asked = asked

    def twice(self, number):
        return 2 * number

    def heard(self, utterance):
        return utterance.samples[::-1]

    def answered(self, text):
        return self.asked(text)

    def count(self, on_text, cancel):
        for number in range(10_000):
            if cancel.is_set():
                return "cancelled"
            on_text(str(number))
            time.sleep(0.001)
        return "counted"

    def crash(self, once):
        if not Path(once).exists():
            Path(once).touch()
            ctypes.string_at(0)
        return "survived"

    def hang(self, once):
        if not Path(once).exists():
            Path(once).touch()
            time.sleep(60)
        return "awake"

    def fail(self, error):
        raise error

    def process(self):
        return os.getpid()


def broken():
    raise ModelError("the file is damaged", code="damaged", spoken={"en": "It is broken."})
