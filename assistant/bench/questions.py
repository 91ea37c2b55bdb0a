"""Questions as people say them, and whether an answer is right."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Asked:
    """answers: what a right answer holds; a star stands for the rest of a word, or for anything.
    passage: what it is to be answered from; "" by heart."""

    language: str
    text: str
    answers: tuple[str, ...]
    passage: str = ""

    def is_right(self, answer: str) -> bool:
        words = " ".join(re.findall(r"\w+", answer.lower()))
        return any(_pattern(wanted).search(words) for wanted in self.answers) if words else False


def questions() -> list[Asked]:
    raw = tomllib.loads((Path(__file__).parent / "questions.toml").read_text("utf-8"))
    return [Asked(q["language"], q["text"], tuple(q["answers"])) for q in raw["question"]]


def readings() -> list[Asked]:
    """Questions to a text, twenty in each language."""
    raw = tomllib.loads((Path(__file__).parent / "readings.toml").read_text("utf-8"))
    return [
        Asked(each["language"], q["text"], tuple(q["answers"]), each["text"])
        for each in raw["reading"]
        for q in each["questions"]
    ]


def _pattern(wanted: str) -> re.Pattern[str]:
    if wanted == "*":
        return re.compile(r"\w")
    stem = wanted.endswith("*")
    words = r"\s".join(re.escape(word) for word in re.findall(r"\w+", wanted.lower()))
    return re.compile(rf"\b{words}" + ("" if stem else r"\b"))
