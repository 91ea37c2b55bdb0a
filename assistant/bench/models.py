"""The language models of this machine: how good, how fast, how large; and what quantization costs.

Each answers the same hundred questions as it would answer them in a turn, and twenty in each
language to a text that lies before it. What is found out here is what the director decides from
(`think.table`).
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil

from assistant import models
from assistant.bench.energy import Energy
from assistant.bench.plan import Measure, Plan
from assistant.bench.quantize import requantized
from assistant.bench.questions import Asked, questions, readings
from assistant.bench.scoring import Figure, percent, percentile
from assistant.bench.surprise import bits_a_letter, prose
from assistant.errors import ConfigError, ModelError
from assistant.heap import give_back
from assistant.settings import Think
from assistant.stages import Answer
from assistant.think.choosing import kind
from assistant.think.phrased import reading
from assistant.think.slm import LlamaThinker
from assistant.think.table import Measured
from assistant.worker import Cancel

READ = "read"
"""The kind of a question to a text."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A model to be measured."""

    name: str
    path: Path
    version: str = ""  # of an installed one; others are not kept in the table
    languages: tuple[str, ...] = ("multi",)


@dataclass(frozen=True, slots=True)
class Row:
    """A question, and what a model answered. Times in seconds."""

    model: str
    version: str
    megabytes: float
    load: float
    ram_mb: float  # resident, more than before the model was loaded
    language: str
    kind: str
    question: str
    answer: str
    right: bool
    first_token: float
    seconds: float
    tokens: int
    prompt_tokens: int
    cached_tokens: int
    joules: float | None = None  # above the idle machine, our share
    estimated: bool = False  # joules: without a meter, from processor time
    surprise: float | None = None  # bits a letter of a text in this language, see `surprise`


def subjects(plan: Plan) -> list[Subject]:
    """The installed models of the catalog, the files that were named, and other quantizations of
    the smallest of them."""
    found: list[Subject] = []
    for have in models.installed():
        try:
            entry = models.find(have.id)
        except ModelError:
            continue
        if entry.task == "llm":
            found.append(Subject(have.id, models.locate(have.id), have.version, entry.languages))
    for file in plan.gguf:
        if not file.is_file():
            raise ConfigError(f"--gguf: there is no file {file}.")
        found.append(Subject(file.stem, file))
    if plan.quantize and found:
        first = min(found, key=lambda subject: subject.path.stat().st_size)
        folder = plan.home / "quantized"
        for name in plan.quantize:
            made = requantized(first.path, name, folder)
            found.append(Subject(f"{first.name} re-{name}", made, languages=first.languages))
    return found


def lacks(plan: Plan) -> str:
    there = plan.gguf or any(_is_llm(have.id) for have in models.installed())
    return "" if there else "no language model is installed"


def _is_llm(model: str) -> bool:
    return model in models.load() and models.find(model).task == "llm"


def _asked(plan: Plan) -> list[Asked]:
    """All of them; with --clips the first so many of each language."""
    return [*_first(questions(), plan.clips), *_first(readings(), plan.clips)]


def _first(asked: Sequence[Asked], clips: int | None) -> Sequence[Asked]:
    most = clips or len(asked)
    languages = [q.language for q in asked]
    return [q for i, q in enumerate(asked) if languages[:i].count(q.language) < most]


def count(plan: Plan) -> int:
    installed = sum(_is_llm(have.id) for have in models.installed())
    return (installed + len(plan.gguf) + len(plan.quantize)) * len(_asked(plan))


def rows(plan: Plan) -> Iterator[Row]:
    config = plan.configure([])
    settings = msgspec.structs.replace(config.think, temperature=0.0)
    energy = Energy(config.power)
    for subject in subjects(plan):
        yield from _measured(subject, settings, _asked(plan), energy)


def _measured(
    subject: Subject, settings: Think, asked: Sequence[Asked], energy: Energy
) -> Iterator[Row]:
    give_back()
    before, start = psutil.Process().memory_info().rss, time.monotonic()
    thinker = LlamaThinker(subject.path, settings)
    load = time.monotonic() - start
    try:
        for language in dict.fromkeys(q.language for q in asked):
            surprise = bits_a_letter(thinker.llama, prose(language))
            thinker.prepare(language=language, history=[], cancel=Cancel())
            for question in (q for q in asked if q.language == language):
                energy.begin()
                answer = _answer(thinker, question)
                joules = energy.end()
                ram = (psutil.Process().memory_info().rss - before) / 1e6
                yield Row(
                    model=subject.name,
                    version=subject.version,
                    megabytes=subject.path.stat().st_size / 1e6,
                    load=load,
                    ram_mb=ram,
                    language=language,
                    kind=READ if question.passage else kind(question.text, language),
                    question=question.text,
                    answer=answer.text,
                    right=question.is_right(answer.text),
                    first_token=answer.first_token_seconds,
                    seconds=answer.seconds,
                    tokens=answer.tokens,
                    prompt_tokens=answer.prompt_tokens,
                    cached_tokens=answer.cached_tokens,
                    joules=joules,
                    estimated=energy.estimated,
                    surprise=surprise,
                )
    finally:
        thinker.close()


def _answer(thinker: LlamaThinker, question: Asked) -> Answer:
    language, text = question.language, question.text
    return thinker.answer(
        reading(question.passage, text, language) if question.passage else text,
        language=question.language,
        history=[],
        facts=[],
        on_text=lambda _: None,
        cancel=Cancel(),
    )


def figures(rows: Sequence[Row]) -> list[Figure]:
    """A line for each thing measured, a column for each model."""
    by_model: dict[str, list[Row]] = {}
    for row in rows:
        by_model.setdefault(row.model, []).append(row)

    def line(name: str, unit: str, of: dict[str, float | None], detail: str = "") -> Figure:
        return Figure(name, unit, of, detail)

    made = []
    for language in dict.fromkeys(row.language for row in rows):
        for name, reads in (("right", False), ("right about a text", True)):
            mine = {
                m: [r for r in some if r.language == language and (r.kind == READ) == reads]
                for m, some in by_model.items()
            }
            if asked := max(map(len, mine.values())):
                shares = {m: _share(some, asked) for m, some in mine.items()}
                made.append(line(f"{name}, {language}", "%", shares, f"{asked} questions"))
        judged = {m: [r for r in some if r.language == language] for m, some in by_model.items()}
        bits = {m: some[0].surprise if some else None for m, some in judged.items()}
        made.append(line(f"bits a letter, {language}", "", bits, "of a text; less is better"))
    middle = {m: _middle(some) for m, some in by_model.items()}
    made += [
        line("first token, p50", "s", {m: v.first_token_seconds for m, v in middle.items()}),
        line("answer, p50", "s", {m: v.answer_seconds for m, v in middle.items()}),
        line("tokens a second", "", {m: v.tokens_per_second for m, v in middle.items()}),
        line("loading", "s", {m: v.load_seconds for m, v in middle.items()}),
        line("memory", "MB", {m: v.ram_mb for m, v in middle.items()}),
        line("file", "MB", {m: some[0].megabytes for m, some in by_model.items()}),
        line("energy an answer", "J", {m: v.joules for m, v in middle.items()}, _meter(rows)),
    ]
    return made


def _share(rows: Sequence[Row], asked: int) -> float | None:
    """One that was asked only the first of them, as the run was ended, is not compared."""
    return percent(sum(row.right for row in rows), asked) if len(rows) == asked else None


def _meter(rows: Sequence[Row]) -> str:
    if not any(row.joules is not None for row in rows):
        return "n/a: no meter"
    return "an estimate, from processor time" if any(row.estimated for row in rows) else ""


def _middle(rows: Sequence[Row]) -> Measured:
    """What a model's rows amount to. The times are of questions that are answered by heart."""
    quality: dict[str, tuple[int, int]] = {}
    for row in rows:
        by_heart = [row.language] if row.kind != READ else []
        for key in (*by_heart, f"{row.language} {row.kind}"):
            right, asked = quality.get(key, (0, 0))
            quality[key] = (right + row.right, asked + 1)
    rows = [row for row in rows if row.kind != READ] or rows
    writing = [(r.tokens - 1, r.seconds - r.first_token) for r in rows if r.tokens > 1]
    joules = [row.joules for row in rows if row.joules is not None]
    return Measured(
        id=rows[0].model,
        version=rows[0].version,
        first_token_seconds=percentile([r.first_token for r in rows], 0.5) or 0.0,
        answer_seconds=percentile([r.seconds for r in rows], 0.5) or 0.0,
        tokens_per_second=sum(t for t, _ in writing) / max(sum(s for _, s in writing), 1e-9),
        load_seconds=rows[0].load,
        ram_mb=max(row.ram_mb for row in rows),
        joules=sum(joules) / len(joules) if joules else None,  # a meter may count in large steps
        quality=quality,
        measured=dt.datetime.now().astimezone().isoformat(timespec="seconds"),
    )


def measured(rows: Sequence[Row]) -> list[Measured]:
    """What is kept of a run: the installed models that were asked every question."""
    names = dict.fromkeys(row.model for row in rows if row.version)
    whole = len(questions()) + len(readings())
    each = [[row for row in rows if row.model == name] for name in names]
    return [_middle(some) for some in each if len(some) == whole]


MEASURE = Measure(
    "models",
    "Language models: a hundred spoken-style questions",
    lacks,
    count,
    rows,
    figures,
)
