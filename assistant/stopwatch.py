"""How long something took."""

from __future__ import annotations

import time


class Stopwatch:
    """Wall and processor seconds of a `with` statement, all threads together."""

    seconds = processor = 0.0

    def __enter__(self) -> Stopwatch:
        self._began = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._began[0]
        self.processor = time.process_time() - self._began[1]
