"""What a run measures, and with what: the plan that every measure is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.bench.clips import SEED, Clip, Purpose, Recordings, sample
from assistant.bench.scoring import Figure
from assistant.settings import Config


@dataclass(frozen=True, slots=True)
class Plan:
    """configure: the user's settings with changes ("language=es") on top.
    home: a folder that stands for the user's own folders while measuring (`subject.at_home`).
    grammar: sentences of the domain that clips with an intent are about.
    clips: at most that many of each folder. stock: also measure what ours is compared with.
    runs, idle_seconds: how often a process is started, and how long it is watched while it waits.
    gguf: files of language models to measure beside the installed ones. quantize: kinds in which
    the smallest one is measured, too.
    data: the folder in which files of sentences are looked for.
    beside: an index of other text, that is put beside the data's documents (`beside.prepare`).
    options: what a process of the program is given before its command, to have these settings.
    """

    recordings: Recordings
    configure: Callable[[Sequence[str]], Config]
    home: Path
    grammar: Path | None = None
    clips: int | None = None
    seed: int = SEED
    stock: bool = True
    runs: int = 5
    idle_seconds: float = 20.0
    options: tuple[str, ...] = ()
    data: Path | None = None
    gguf: tuple[Path, ...] = ()
    quantize: tuple[str, ...] = ()
    beside: Path | None = None

    def take(self, *purposes: Purpose) -> list[Clip]:
        """The sample of the clips that serve a purpose."""
        return sample(self.recordings.of(*purposes), self.clips, self.seed)


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that can be measured.

    lacks: what is missing for it, as a sentence; empty when nothing is.
    count: how many rows there will be, for a progress bar.
    rows: measures, and yields a frozen dataclass each time something is known.
    figures: what those rows, or as many as there are, amount to.
    """

    name: str
    title: str
    lacks: Callable[[Plan], str]
    count: Callable[[Plan], int]
    rows: Callable[[Plan], Iterator[Any]]
    figures: Callable[[Sequence[Any]], list[Figure]]


def by_language(clips: Sequence[Clip]) -> Iterator[tuple[str, list[Clip]]]:
    """Clips of one language at a time: each has a model of its own."""
    for language in sorted({clip.language for clip in clips}):
        yield language, [clip for clip in clips if clip.language == language]
