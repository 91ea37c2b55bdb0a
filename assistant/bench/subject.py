"""What is measured: our engines on the user's settings, in a home that is not the user's.

Commands are carried out while they are measured, so timers go into a folder that is thrown away,
and no sound server can be reached, whose volume a recording might turn up.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant import models
from assistant.assemble import Engines
from assistant.bench.plan import Plan
from assistant.bench.sound import LEAD, TAIL, speech_bounds, trimmed
from assistant.errors import ConfigError
from assistant.hear.vad import SileroVad
from assistant.settings import Config
from assistant.types import Samples

QUIET = ["think.model=none", "route.open_questions=refuse", "trace.enabled=false"]
"""Open questions are another matter: nothing waits for a language model here."""


@contextmanager
def at_home() -> Iterator[Path]:
    """A home for the time of measuring: a temporary folder. The models stay where they are."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        places = {"ASSISTANT_MODELS": str(models.models_dir()), "ASSISTANT_HOME": folder}
        with _environment(places):
            yield Path(folder)


@contextmanager
def subject(plan: Plan, changes: Sequence[str], *, grammar: bool = False) -> Iterator[Engines]:
    """Our engines. grammar: with the user's sentences. Raises ConfigError when those are bad."""
    folder = plan.home / "config" / "sentences"
    shutil.rmtree(folder, ignore_errors=True)
    if grammar and plan.grammar is not None:
        folder.mkdir(parents=True)
        shutil.copy(plan.grammar, folder / plan.grammar.name)
    nowhere = {"PULSE_SERVER": f"unix:{plan.home / 'none'}"}
    with _environment(nowhere), Engines(plan.configure([*QUIET, *changes])) as engines:
        if grammar and engines.functions.problems:
            raise ConfigError(" ".join(engines.functions.problems))
        yield engines


@contextmanager
def _environment(changes: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class Trimmer:
    """Cuts a recording as the ears would, but at its ends only: a long pause does not end it."""

    def __init__(self, config: Config) -> None:
        self._vad = SileroVad()
        self._threshold = config.vad.threshold
        self._shortest = config.endpoint.min_speech

    def bounds(self, samples: Samples) -> tuple[int, int] | None:
        return speech_bounds(samples, self._vad, self._threshold, self._shortest)

    def cut(self, samples: Samples) -> Samples:
        return trimmed(samples, self.bounds(samples), LEAD, TAIL)
